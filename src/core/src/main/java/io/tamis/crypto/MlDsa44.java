package io.tamis.crypto;

import io.tamis.data.RandomSource;
import java.util.Arrays;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.MLDSASigner;

/**
 * ML-DSA-44 signatures (FIPS 204, pure variant, empty context), by BouncyCastle's low-level code. The private key is its
 * 32-byte seed (algorithm 6); signing is hedged (algorithm 2 with fresh randomness), which blunts fault attacks.
 *
 * <p>Assumes module-LWE and SelfTargetMSIS to be hard, for quantum computers too, and SHAKE-256. NOT promised: resistance
 * to side channels of whoever runs on the same processor.
 */
public final class MlDsa44 {
    /** Length of a public key. */
    public static final int PUBLIC_KEY_BYTES = 1312;

    /** Length of a signature. */
    public static final int SIGNATURE_BYTES = 2420;

    private MlDsa44() {}

    /** True when the signature of the message is valid under the key; malformed input is simply not valid. */
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != PUBLIC_KEY_BYTES || signature.length != SIGNATURE_BYTES) {
            return false;
        }
        var verifier = new MLDSASigner();
        verifier.init(false, new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_44, publicKey));
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }

    static byte[] publicKey(SecretBytes seed) {
        return privateKey(seed).getPublicKeyParameters().getEncoded();
    }

    static byte[] sign(SecretBytes seed, byte[] message, RandomSource random) {
        var key = privateKey(seed);
        var signer = new MLDSASigner();
        signer.init(true, new ParametersWithRandom(key, SourcedRandom.of(random)));
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (org.bouncycastle.crypto.CryptoException impossible) {
            throw new IllegalStateException("ML-DSA signs any message", impossible);
        } finally {
            key.destroy();
        }
    }

    private static MLDSAPrivateKeyParameters privateKey(SecretBytes seed) {
        byte[] bytes = seed.reveal();
        try {
            return new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
