package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * A secret that two owners of X25519 keys have in common (RFC 7748 section 6.1): HMAC-SHA256 under a fixed salt over the shared
 * point and both public keys, the lower first, each after its length (HKDF-Extract, RFC 5869), then {@link Derivation} for
 * the purpose.
 *
 * <p>Assumes the gap Diffie-Hellman problem on Curve25519 to be hard and HMAC-SHA256 a PRF and extractor. The same key may open
 * {@link Hpke} texts: the labels differ. NOT promised: forward secrecy against a thief of either private key.
 */
final class Agreement {
    private static final byte[] SALT = "tamis-agreement-v1".getBytes(US_ASCII);

    private Agreement() {}

    /** The 32 bytes of this purpose, the same for both; {@code INVALID_REQUEST} when the other's key is none. */
    static SecretBytes derive(SecretBytes own, byte[] other, Hash purpose) {
        byte[] scalar = own.reveal();
        byte[] shared = new byte[X25519.POINT_SIZE];
        byte[] material = {};
        byte[] extracted = {};
        try (var salt = SecretBytes.copyOf(SALT)) {
            if (other.length != X25519.POINT_SIZE || !X25519.calculateAgreement(scalar, 0, other, 0, shared, 0)) {
                throw new CryptoException(Code.INVALID_REQUEST);
            }
            byte[] ownPublic = Hpke.publicKey(own);
            boolean first = Arrays.compareUnsigned(ownPublic, other) <= 0;
            material = LengthPrefixed.join(shared, first ? ownPublic : other, first ? other : ownPublic);
            extracted = Hmac.keyed(salt).doFinal(material);
            try (var master = SecretBytes.copyOf(extracted)) {
                return Derivation.derive(master, purpose);
            }
        } finally {
            Arrays.fill(scalar, (byte) 0);
            Arrays.fill(shared, (byte) 0);
            Arrays.fill(material, (byte) 0);
            Arrays.fill(extracted, (byte) 0);
        }
    }
}
