package io.tamis.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104, FIPS 198-1), keyed and ready for use by one thread. */
final class Hmac {
    private Hmac() {}

    static Mac keyed(SecretBytes key) {
        byte[] bytes = key.reveal();
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
