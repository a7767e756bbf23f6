package io.tamis.crypto;

import io.tamis.data.Code;
import io.tamis.data.RandomSource;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Authenticated encryption: {@code nonce[12] || AES-256-GCM(key, nonce, aad, plain)} (NIST SP 800-38D, tag of 16 bytes).
 *
 * <p>Assumes AES to be a PRP. Nonces are random, so the caller changes the key before 2^32 seals; beyond that two nonces
 * may meet, and GCM then gives away both texts. The aad names the format and the place, so that a sealed value cannot be
 * moved. NOT promised: that the length of the text is hidden, that a sealed value is the newest, or that it opens under
 * one key only (GCM does not commit to its key).
 */
public final class Sealing {
    /** Bytes a sealed value is longer than its text. */
    public static final int OVERHEAD_BYTES = 12 + 16;

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private Sealing() {}

    /** Seals a text for the place named by {@code aad}. */
    public static byte[] seal(SecretBytes key, byte[] aad, byte[] plain, RandomSource random) {
        byte[] nonce = random.bytes(NONCE_BYTES);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, aad);
            byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
            int written = cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            if (NONCE_BYTES + written != plain.length + OVERHEAD_BYTES) {
                throw new IllegalStateException("AES-GCM of unexpected length");
            }
            return sealed;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-256-GCM", impossible);
        }
    }

    /** Opens a sealed value; {@code INTERNAL} when it was not sealed under this key for this place. */
    public static byte[] open(SecretBytes key, byte[] aad, byte[] sealed) {
        if (sealed.length < OVERHEAD_BYTES) {
            throw new CryptoException(Code.INTERNAL);
        }
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(sealed, NONCE_BYTES), aad);
            return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (AEADBadTagException notAuthentic) {
            throw new CryptoException(Code.INTERNAL, notAuthentic);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-256-GCM", impossible);
        }
    }

    private static Cipher cipher(int mode, SecretBytes key, byte[] nonce, byte[] aad) throws GeneralSecurityException {
        byte[] bytes = key.reveal();
        try {
            if (bytes.length != KEY_BYTES) {
                throw new IllegalArgumentException("an AES-256 key has 32 bytes");
            }
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(bytes, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(aad);
            return cipher;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
