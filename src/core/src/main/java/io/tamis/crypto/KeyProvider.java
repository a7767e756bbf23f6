package io.tamis.crypto;

import io.tamis.data.Hash;

/**
 * The keeper of root keys. Keys are named, never handed out: what is kept in a file today may sit in an HSM or a vault
 * tomorrow behind the same door. Every method but {@link #status} throws {@link CryptoException} when the key is absent,
 * destroyed or of another algorithm. Implementations are safe for use by several threads.
 *
 * <p>Assumes that HMAC-SHA256 is a PRF, AES-256-GCM an AEAD under random 96-bit nonces for at most 2^32 wraps a key
 * generation, Ed25519 (RFC 8032), ML-DSA-44 (FIPS 204) and SM2 (GB/T 32918.2) unforgeable. NOT promised: secrecy of what an intruder inside this process can reach.
 */
public interface KeyProvider {
    /** HMAC-SHA256 over the parts, each after its 4-byte big-endian length; the first part should name the purpose. */
    Hash mac(KeyName key, byte[]... parts);

    /**
     * The signature by the newest generation, in the key's algorithm: {@link Ed25519} and {@link Sm2} 64 bytes, {@link
     * MlDsa44} 2,420. The caller's formats keep its uses apart.
     */
    byte[] sign(KeyName key, byte[] message);

    /** The public key of the newest generation: Ed25519 and X25519 32 bytes, ML-DSA-44 1,312, SM2 65. */
    byte[] publicKey(KeyName key);

    /**
     * Opens what was sealed to an X25519 key's public part by {@link Hpke#seal}, newest generation; {@code INTERNAL} when it was
     * not, or for another place. The caller zeroes the text if it is secret.
     */
    byte[] unseal(KeyName key, Hpke.Place place, byte[] sealed);

    /**
     * 32 bytes that only the owners of this X25519 key and of the other can compute, another for each purpose; {@code
     * INVALID_REQUEST} when the other is no public key. The caller closes them.
     */
    SecretBytes agree(KeyName key, byte[] otherPublicKey, Hash purpose);

    /** Wraps a data key under the newest generation; {@code aad} is where it belongs and must be given back to unwrap. */
    WrappedKey wrap(KeyName kek, SecretBytes dataKey, byte[] aad);

    /** Opens a wrapped data key, of any generation that is left; the caller closes it. */
    SecretBytes unwrap(KeyName kek, WrappedKey wrapped, byte[] aad);

    /** Where the key stands. */
    KeyStatus status(KeyName key);

    /** Adds a generation; older ones still unwrap. */
    void rotate(KeyName key);

    /** The oldest generation that still unwraps; 0 when the key is absent or destroyed. */
    int oldestGeneration(KeyName key);

    /** Destroys the generations before this one, for ever: what they wrapped does not open again. */
    void retire(KeyName key, int before);

    /** Destroys all generations, for ever: the name is not usable again. */
    void destroy(KeyName key);

    /** True when these keys were made for a demonstration; production refuses them. */
    boolean demonstration();
}
