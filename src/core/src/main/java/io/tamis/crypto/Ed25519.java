package io.tamis.crypto;

import io.tamis.data.RandomSource;
import java.util.Arrays;

/**
 * Ed25519 signatures (RFC 8032 section 5.1, pure variant), by BouncyCastle's low-level code, which needs no provider.
 *
 * <p>Assumes hardness of the discrete logarithm in the group and SHA-512. NOT promised: strong binding to one public key.
 * A verifier therefore pins the keys it trusts and never takes one from what it verifies.
 */
public final class Ed25519 {
    /** Length of a public key. */
    public static final int PUBLIC_KEY_BYTES = 32;

    /** Length of a signature. */
    public static final int SIGNATURE_BYTES = 64;

    static final int SEED_BYTES = 32;

    private Ed25519() {}

    /** True when the signature of the message is valid under the key; malformed input is simply not valid. */
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        return publicKey.length == PUBLIC_KEY_BYTES
                && signature.length == SIGNATURE_BYTES
                && org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
                        signature, 0, publicKey, 0, message, 0, message.length);
    }

    static SecretBytes newSeed(RandomSource random) {
        return SecretBytes.random(SEED_BYTES, random);
    }

    static byte[] publicKey(SecretBytes seed) {
        byte[] bytes = seed.reveal();
        try {
            var publicKey = new byte[PUBLIC_KEY_BYTES];
            org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(bytes, 0, publicKey, 0);
            return publicKey;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    static byte[] sign(SecretBytes seed, byte[] message) {
        byte[] bytes = seed.reveal();
        try {
            var signature = new byte[SIGNATURE_BYTES];
            org.bouncycastle.math.ec.rfc8032.Ed25519.sign(bytes, 0, message, 0, message.length, signature, 0);
            return signature;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
