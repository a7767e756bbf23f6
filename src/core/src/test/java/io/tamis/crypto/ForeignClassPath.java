package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.Security;
import java.util.function.Function;

/** Loaded by {@code BcfksKeyProviderTest} through a class loader that sees an unsigned BouncyCastle only. */
public final class ForeignClassPath implements Function<Path, String> {
    /** For the reflective call. */
    public ForeignClassPath() {}

    @Override
    public String apply(Path path) {
        var password = SecretBytes.copyOf("p".getBytes(UTF_8));
        BcfksKeyProvider.create(path, password, true, new SystemRandom());
        var keys = BcfksKeyProvider.open(path, password);
        byte[] signature = keys.sign(KeyName.LEDGER_SIGNING, new byte[] {1});
        boolean valid = Ed25519.verify(keys.publicKey(KeyName.LEDGER_SIGNING), new byte[] {1}, signature);
        return valid + " " + (Security.getProvider("BC") == null);
    }
}
