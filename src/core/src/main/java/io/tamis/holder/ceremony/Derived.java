package io.tamis.holder.ceremony;

import io.tamis.crypto.Derivation;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Hash;
import io.tamis.data.RandomSource;
import io.tamis.he.Tuple;
import io.tamis.he.ring.Seed;
import java.util.Arrays;

/**
 * A secret's random bytes for one purpose, always the same: blocks HMAC-SHA256(secret, SHA-256 of Tuple("block", purpose,
 * number)). As random as the secret, while no purpose is used for two things. Everything a holder draws in a ceremony is drawn
 * here, so that its disclosed secret shows whether it kept to the rules. Not for use by several threads.
 */
final class Derived implements RandomSource {
    private final SecretBytes secret;
    private final Hash purpose;
    private long block;

    Derived(SecretBytes secret, Hash purpose) {
        this.secret = secret;
        this.purpose = purpose;
    }

    /** The first 32 bytes as a seed; the caller closes it. */
    static Seed seed(SecretBytes secret, Hash purpose) {
        return Seed.random(new Derived(secret, purpose));
    }

    /** The first 32 bytes, which will be published. */
    static Hash published(SecretBytes secret, Hash purpose) {
        return Hash.of(new Derived(secret, purpose).bytes(Hash.LENGTH));
    }

    @Override
    public void fill(byte[] bytes) {
        for (int at = 0; at < bytes.length; at += Hash.LENGTH) {
            var tuple = Tuple.of("block").hash(purpose).number(block++);
            try (var derived = Derivation.derive(secret, tuple.sha256())) {
                byte[] next = derived.reveal();
                System.arraycopy(next, 0, bytes, at, Math.min(Hash.LENGTH, bytes.length - at));
                Arrays.fill(next, (byte) 0);
            }
        }
    }
}
