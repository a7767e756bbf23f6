package io.tamis.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** What a pseudonym is computed with ({@code policies/transforms.yaml}, algorithm). Both give 32 bytes. */
public enum PseudonymAlgorithm {
    /** RFC 2104 with SHA-256 (FIPS 180-4), the JDK's. */
    HMAC_SHA256 {
        @Override
        Mac mac() throws GeneralSecurityException {
            return Mac.getInstance("HmacSHA256");
        }
    },

    /** RFC 2104 with SM3 (GB/T 32905-2016), BouncyCastle's: the JDK has none. About a third of the speed. */
    HMAC_SM3 {
        @Override
        Mac mac() throws GeneralSecurityException {
            // The provider object is passed in and never registered: a library leaves its host's list alone.
            return Mac.getInstance("HmacSM3", new BouncyCastleProvider());
        }
    };

    abstract Mac mac() throws GeneralSecurityException;

    /** A Mac under this key, for use by one thread. */
    Mac keyed(SecretBytes key) {
        byte[] bytes = key.reveal();
        try {
            var mac = mac();
            mac.init(new SecretKeySpec(bytes, "HMAC"));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK has HmacSHA256, BouncyCastle has HmacSM3", impossible);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
