package io.tamis.cli.tags;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.CryptoException;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.KeySet;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Code;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.RandomSource;
import io.tamis.holder.PartyKey;
import java.nio.file.Files;
import java.nio.file.Path;

/** A platform's own key store: the key it signs with, and the key its masters are sealed under. */
public final class PlatformKeys {
    private PlatformKeys() {}

    /** Makes a key store in a file that is not there yet, and gives the platform's line of a roster. */
    public static Json.Obj create(Path file, SecretBytes password, PartyId party, RandomSource random) {
        if (Files.exists(file)) {
            throw ClientException.usage(file + " is there already: its roster knows that key");
        }
        try {
            return line(BcfksKeyProvider.create(file, password, false, random, KeySet.PLATFORM), party);
        } catch (CryptoException unwritable) {
            throw new ClientException(
                    Code.INVALID_REQUEST, ExitCode.USAGE, "the key store cannot be written: " + file, unwritable);
        }
    }

    /** Opens the key store. */
    public static KeyProvider open(Path file, SecretBytes password) {
        try {
            return BcfksKeyProvider.open(file, password);
        } catch (CryptoException closed) {
            throw new ClientException(
                    Code.KEYS_MISSING,
                    ExitCode.USAGE,
                    "the key store does not open: " + file + " (make it with tags key; the password is its own)",
                    closed);
        }
    }

    /** {@code {party, key}}, as a roster lists platforms. */
    static Json.Obj line(KeyProvider keys, PartyId party) {
        return Json.object()
                .put("party", party.value())
                .put("key", key(keys).toString())
                .build();
    }

    static PartyKey key(KeyProvider keys) {
        return PartyKey.of(keys.publicKey(KeyName.PLATFORM_SIGNING));
    }
}
