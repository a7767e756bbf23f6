package io.tamis.cli.merchant;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.CryptoException;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.KeySet;
import io.tamis.crypto.KeyStatus;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Code;
import io.tamis.data.RandomSource;
import io.tamis.he.Bfv;
import io.tamis.he.HeParams;
import io.tamis.he.ring.Seed;
import io.tamis.he.threshold.MerchantSecret;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A merchant's key store for sealed results: one root key in a password-protected file of its owner's. The pair for a profile is
 * derived from it, by HMAC-SHA256 over a domain and the profile's name, so the file alone is what has to be kept.
 *
 * <p>NOT promised: anything to who loses the file or its password; what was released to the key is then lost too.
 */
public final class ResultKeys {
    private static final byte[] DOMAIN = "tamis-merchant-key-v1".getBytes(UTF_8);

    private final KeyProvider keys;

    private ResultKeys(KeyProvider keys) {
        this.keys = keys;
    }

    /** Makes a key store in a file that is not there yet. */
    public static ResultKeys create(Path file, SecretBytes password, RandomSource random) {
        if (Files.exists(file)) {
            throw ClientException.usage(file + " is there already: results may be sealed to it");
        }
        try {
            return new ResultKeys(BcfksKeyProvider.create(file, password, false, random, KeySet.MERCHANT));
        } catch (CryptoException unwritable) {
            throw new ClientException(
                    Code.INVALID_REQUEST, ExitCode.USAGE, "the key store cannot be written: " + file, unwritable);
        }
    }

    /** Opens the key store. */
    public static ResultKeys open(Path file, SecretBytes password) {
        try {
            KeyProvider keys = BcfksKeyProvider.open(file, password);
            if (keys.status(KeyName.MERCHANT_SEED).state() != KeyStatus.State.ACTIVE) {
                throw ClientException.usage(file + " is not a merchant's key store (make one with keys merchant-key)");
            }
            return new ResultKeys(keys);
        } catch (CryptoException closed) {
            throw new ClientException(
                    Code.KEYS_MISSING,
                    ExitCode.USAGE,
                    "the key store does not open: " + file
                            + " (make it with keys merchant-key; the password is its own)",
                    closed);
        }
    }

    /** The profile of this name. */
    public static HeParams profile(String name) {
        return HeParams.named(name)
                .orElseThrow(() -> ClientException.usage("--profile is a roster's profile, for example AGG-8192"));
    }

    /** The pair under this scheme, whose polynomials mix with no other scheme's; the caller closes it. */
    public MerchantSecret pair(Bfv scheme) {
        try (var seed = Seed.of(keys.mac(
                        KeyName.MERCHANT_SEED, DOMAIN, scheme.params().profile().getBytes(UTF_8))
                .bytes())) {
            return new MerchantSecret(scheme, seed);
        }
    }
}
