package io.tamis.cli.holder;

import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.KeySet;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Key stores of tests: real files with a password everybody knows. */
final class TestKeys {
    private TestKeys() {}

    static BcfksKeyProvider holder(Path file) {
        return BcfksKeyProvider.create(file, password(), true, new SystemRandom(), KeySet.HOLDER);
    }

    static SecretBytes password() {
        return SecretBytes.copyOf("a password everybody knows".getBytes(StandardCharsets.UTF_8));
    }
}
