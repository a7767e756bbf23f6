package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tamis.data.Code;
import io.tamis.data.RandomSource;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * Seals a text to a public key: HPKE (RFC 9180), base mode, single shot, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
 * AES-256-GCM. A sealed text is {@code enc[32] || ciphertext || tag[16]}.
 *
 * <p>Assumes the gap Diffie-Hellman problem on Curve25519 to be hard, HKDF-SHA256 a PRF, AES-256-GCM an AEAD; then a sealed
 * text is IND-CCA2 secure (RFC 9180 section 9.1). NOT promised: who sealed it (base mode has no sender; sign what carries it),
 * forward secrecy against a thief of the private key, that the length is hidden, safety against quantum computers.
 */
public final class Hpke {
    /** Bytes a sealed text is longer than its text. */
    public static final int OVERHEAD_BYTES = X25519.POINT_SIZE + 16;

    /** Longest text. */
    public static final int TEXT_BYTES_MAX = 64 << 20;

    private static final int KEY_BYTES = 32;
    private static final int HASH_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte MODE_BASE = 0;
    private static final short KEM_X25519_SHA256 = 0x0020;
    private static final short KDF_SHA256 = 0x0001;
    private static final short AEAD_AES_256_GCM = 0x0002;
    private static final byte[] VERSION = "HPKE-v1".getBytes(US_ASCII);
    private static final byte[] KEM_SUITE = concat(ascii("KEM"), i2osp(KEM_X25519_SHA256));
    private static final byte[] SUITE =
            concat(ascii("HPKE"), i2osp(KEM_X25519_SHA256), i2osp(KDF_SHA256), i2osp(AEAD_AES_256_GCM));
    private static final byte[] EMPTY = {};

    private Hpke() {}

    /** Where a sealed text belongs, it opens nowhere else: the use, and the one place in it. */
    public static final class Place {
        private final byte[] info;
        private final byte[] aad;

        /** The use ({@code info} of RFC 9180, which should name the format) and what else is bound ({@code aad}). */
        public Place(String use, byte[] aad) {
            this(use.getBytes(US_ASCII), aad);
        }

        Place(byte[] info, byte[] aad) {
            this.info = info.clone();
            this.aad = aad.clone();
        }
    }

    /**
     * Seals a text to an X25519 public key; {@code INVALID_REQUEST} when it is not one (wrong length, small order).
     *
     * @param random 32 bytes of it are drawn, from which the ephemeral key is derived (section 7.1.3); the same bytes for two
     *     texts would give both away
     */
    public static byte[] seal(byte[] publicKey, Place place, byte[] plain, RandomSource random) {
        if (plain.length > TEXT_BYTES_MAX) {
            throw new CryptoException(Code.TOO_LARGE);
        }
        byte[] material = random.bytes(KEY_BYTES);
        byte[] ephemeral = derivePrivateKey(material);
        byte[] shared = new byte[X25519.POINT_SIZE];
        try {
            byte[] enc = publicOf(ephemeral);
            if (publicKey.length != X25519.POINT_SIZE
                    || !X25519.calculateAgreement(ephemeral, 0, publicKey, 0, shared, 0)) {
                throw new CryptoException(Code.INVALID_REQUEST);
            }
            byte[] ciphertext = crypt(Cipher.ENCRYPT_MODE, encapsulated(shared, enc, publicKey), place, plain);
            return concat(enc, ciphertext);
        } catch (AEADBadTagException impossible) {
            throw new IllegalStateException("sealing checks no tag", impossible);
        } finally {
            Arrays.fill(material, (byte) 0);
            Arrays.fill(ephemeral, (byte) 0);
            Arrays.fill(shared, (byte) 0);
        }
    }

    /** True when one can seal to these bytes: 32, and not of the few points of small order (RFC 7748 section 6.1). */
    public static boolean isPublicKey(byte[] publicKey) {
        // Any scalar tells: it is clamped to a multiple of 8, which takes points of small order to zero.
        byte[] scalar = new byte[X25519.SCALAR_SIZE];
        return publicKey.length == X25519.POINT_SIZE
                && X25519.calculateAgreement(scalar, 0, publicKey, 0, new byte[X25519.POINT_SIZE], 0);
    }

    /** Opens a sealed text; {@code INTERNAL} when it was not sealed to this key for this place. */
    static byte[] open(SecretBytes seed, Place place, byte[] sealed) {
        if (sealed.length < OVERHEAD_BYTES || sealed.length > TEXT_BYTES_MAX + OVERHEAD_BYTES) {
            throw new CryptoException(Code.INTERNAL);
        }
        byte[] privateKey = seed.reveal();
        byte[] shared = new byte[X25519.POINT_SIZE];
        try {
            byte[] enc = Arrays.copyOf(sealed, X25519.POINT_SIZE);
            if (!X25519.calculateAgreement(privateKey, 0, enc, 0, shared, 0)) {
                throw new CryptoException(Code.INTERNAL);
            }
            byte[] secret = encapsulated(shared, enc, publicOf(privateKey));
            return crypt(
                    Cipher.DECRYPT_MODE, secret, place, Arrays.copyOfRange(sealed, X25519.POINT_SIZE, sealed.length));
        } catch (AEADBadTagException notAuthentic) {
            throw new CryptoException(Code.INTERNAL, notAuthentic);
        } finally {
            Arrays.fill(privateKey, (byte) 0);
            Arrays.fill(shared, (byte) 0);
        }
    }

    /** The public key of 32 private bytes, which X25519 clamps itself (RFC 7748 section 5). */
    static byte[] publicKey(SecretBytes seed) {
        byte[] bytes = seed.reveal();
        try {
            return publicOf(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** DeriveKeyPair of section 7.1.3. */
    static byte[] derivePrivateKey(byte[] material) {
        return labeledExpand(
                KEM_SUITE,
                labeledExtract(KEM_SUITE, EMPTY, ascii("dkp_prk"), material),
                ascii("sk"),
                EMPTY,
                X25519.SCALAR_SIZE);
    }

    private static byte[] publicOf(byte[] privateKey) {
        byte[] publicKey = new byte[X25519.POINT_SIZE];
        X25519.generatePublicKey(privateKey, 0, publicKey, 0);
        return publicKey;
    }

    /** ExtractAndExpand of section 4.1. */
    private static byte[] encapsulated(byte[] shared, byte[] enc, byte[] recipient) {
        byte[] prk = labeledExtract(KEM_SUITE, EMPTY, ascii("eae_prk"), shared);
        return labeledExpand(KEM_SUITE, prk, ascii("shared_secret"), concat(enc, recipient), HASH_BYTES);
    }

    /** KeySchedule of section 5.1 with mode base and no psk, then one seal or open with sequence number 0. */
    private static byte[] crypt(int mode, byte[] shared, Place place, byte[] text) throws AEADBadTagException {
        byte[] pskIdHash = labeledExtract(SUITE, EMPTY, ascii("psk_id_hash"), EMPTY);
        byte[] infoHash = labeledExtract(SUITE, EMPTY, ascii("info_hash"), place.info);
        byte[] context = concat(new byte[] {MODE_BASE}, pskIdHash, infoHash);
        byte[] secret = labeledExtract(SUITE, shared, ascii("secret"), EMPTY);
        byte[] key = labeledExpand(SUITE, secret, ascii("key"), context, KEY_BYTES);
        byte[] nonce = labeledExpand(SUITE, secret, ascii("base_nonce"), context, NONCE_BYTES);
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.aad);
            return cipher.doFinal(text);
        } catch (AEADBadTagException notAuthentic) {
            throw notAuthentic;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-256-GCM", impossible);
        } finally {
            Arrays.fill(shared, (byte) 0);
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] labeledExtract(byte[] suite, byte[] salt, byte[] label, byte[] material) {
        // HMAC pads its key with zeros, so no salt is the same as a salt of zeros (RFC 5869 section 2.2).
        return hmac(salt.length == 0 ? new byte[HASH_BYTES] : salt, concat(VERSION, suite, label, material));
    }

    /** RFC 5869 section 2.3 with one block, T(1): nothing here is longer than a hash. */
    private static byte[] labeledExpand(byte[] suite, byte[] prk, byte[] label, byte[] info, int length) {
        byte[] labeled = concat(i2osp((short) length), VERSION, suite, label, info);
        byte[] first = hmac(prk, concat(labeled, new byte[] {1}));
        if (length > HASH_BYTES) {
            throw new IllegalArgumentException("nothing here is longer than a hash");
        }
        return Arrays.copyOf(first, length);
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }

    private static byte[] i2osp(short value) {
        return ByteBuffer.allocate(Short.BYTES).putShort(value).array();
    }

    private static byte[] ascii(String label) {
        return label.getBytes(US_ASCII);
    }

    private static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length = Math.addExact(length, part.length);
        }
        var all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
