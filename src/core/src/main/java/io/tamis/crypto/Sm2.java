package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tamis.data.RandomSource;
import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * SM2 signatures with SM3 (GB/T 32918.2, the curve of GB/T 32918.5, the default user id {@code 1234567812345678}): r and s,
 * 32 bytes each. The private key follows from 32 uniform bytes as in FIPS 186-5 A.2.1 (far more bits than the order has,
 * so that no value is likelier than another).
 *
 * <p>Assumes the discrete logarithm in the group to be hard, SM3, and a random source that never repeats or leaks: with
 * the randomness of one signature the private key is computed. NOT promised: anything against quantum computers.
 */
public final class Sm2 {
    /** Length of a public key: 0x04 and the two coordinates. */
    public static final int PUBLIC_KEY_BYTES = 65;

    /** Length of a signature. */
    public static final int SIGNATURE_BYTES = 64;

    private static final byte UNCOMPRESSED = 4;
    private static final ECDomainParameters CURVE = curve();

    private Sm2() {}

    /** True for the uncompressed form of a point on the curve, which is not the point at infinity. */
    public static boolean isPublicKey(byte[] point) {
        if (point.length != PUBLIC_KEY_BYTES || point[0] != UNCOMPRESSED) {
            return false;
        }
        try {
            return CURVE.getCurve().decodePoint(point).isValid();
        } catch (IllegalArgumentException notOnTheCurve) {
            return false;
        }
    }

    /** True when the signature of the message is valid under the key; malformed input is simply not valid. */
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        if (!isPublicKey(publicKey) || signature.length != SIGNATURE_BYTES) {
            return false;
        }
        var verifier = new SM2Signer(PlainDSAEncoding.INSTANCE);
        verifier.init(false, new ECPublicKeyParameters(CURVE.getCurve().decodePoint(publicKey), CURVE));
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }

    static byte[] publicKey(SecretBytes seed) {
        return new FixedPointCombMultiplier()
                .multiply(CURVE.getG(), privateKey(seed))
                .normalize()
                .getEncoded(false);
    }

    static byte[] sign(SecretBytes seed, byte[] message, RandomSource random) {
        var signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
        var key = new ECPrivateKeyParameters(privateKey(seed), CURVE);
        signer.init(true, new ParametersWithRandom(key, SourcedRandom.of(random)));
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (org.bouncycastle.crypto.CryptoException impossible) {
            throw new IllegalStateException("SM2 signs any message", impossible);
        }
    }

    /** In 1 .. n - 2, which the standard asks for. */
    private static BigInteger privateKey(SecretBytes seed) {
        var digits = new byte[2 * KeyAlgorithm.KEY_BYTES];
        for (byte half = 0; half < 2; half++) {
            byte[] mac = Hmac.keyed(seed)
                    .doFinal(LengthPrefixed.join("tamis-sm2-key-v1".getBytes(US_ASCII), new byte[] {half}));
            System.arraycopy(mac, 0, digits, half * KeyAlgorithm.KEY_BYTES, KeyAlgorithm.KEY_BYTES);
        }
        return new BigInteger(1, digits)
                .mod(CURVE.getN().subtract(BigInteger.TWO))
                .add(BigInteger.ONE);
    }

    private static ECDomainParameters curve() {
        X9ECParameters named = CustomNamedCurves.getByName("sm2p256v1");
        return new ECDomainParameters(named.getCurve(), named.getG(), named.getN(), named.getH());
    }
}
