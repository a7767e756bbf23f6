package io.tamis.server;

import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.KeySet;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;

/**
 * The key store of a demonstration, made at first start with its password beside it: convenient, and worth nothing against
 * a thief of the folder. The store carries a mark by which production refuses it.
 */
final class DemoKeys {
    private DemoKeys() {}

    static Map<String, String> in(DataDirectory data) {
        Path store = data.keys().resolve("demo.bcfks");
        Path password = data.keys().resolve("demo-password");
        try {
            Files.createDirectories(data.keys());
            var random = new SystemRandom();
            if (!Files.exists(password)) {
                KeyFiles.write(
                        password,
                        HexFormat.of()
                                .formatHex(random.bytes(32))
                                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            }
            if (!Files.exists(store)) {
                BcfksKeyProvider.create(store, KeyFiles.password(password), true, random);
            } else {
                // Made by an earlier version: a demonstration does not ask its user to add keys.
                BcfksKeyProvider.open(store, KeyFiles.password(password)).addMissing(KeySet.SERVICE);
            }
        } catch (IOException failed) {
            throw new StartRefused(Code.KEYS_MISSING, "The demonstration key store cannot be made.");
        }
        return Map.of(
                Setting.KEYS_FILE.property(), store.toString(),
                Setting.KEYS_PASSWORD_FILE.property(), password.toString());
    }
}
