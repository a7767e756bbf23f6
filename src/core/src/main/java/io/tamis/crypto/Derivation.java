package io.tamis.crypto;

import io.tamis.data.Hash;
import java.util.Arrays;

/**
 * Secrets from a secret: HMAC-SHA256 of the hash of what the new one is for. Assumes HMAC-SHA256 a PRF and SHA-256 collision
 * resistant; the caller separates purposes. Knowing some derived secrets says nothing about the others.
 */
public final class Derivation {
    private Derivation() {}

    /** The 32 bytes that belong to this purpose; the caller closes them. */
    public static SecretBytes derive(SecretBytes master, Hash purpose) {
        byte[] derived = Hmac.keyed(master).doFinal(purpose.bytes());
        try {
            return SecretBytes.copyOf(derived);
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }
}
