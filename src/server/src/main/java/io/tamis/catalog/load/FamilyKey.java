package io.tamis.catalog.load;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.DatasetId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of one dataset family for one use, as an HMAC-SHA256 that is set up once and used for every row: asking the key
 * provider per row would cost ten times the hash itself, and with an HSM a round trip.
 *
 * <p>Assumes that HMAC-SHA256 is a PRF: the derived key is independent of those of other families and uses. Its outputs
 * never leave the importer; only their order does (unit serials, dictionary codes). For use by one thread.
 */
final class FamilyKey implements AutoCloseable {
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;

    private FamilyKey(Mac mac) {
        this.mac = mac;
    }

    /** The key of this use ({@code domain}), family and scope within the family. */
    static FamilyKey derive(KeyProvider keys, KeyName root, byte[] domain, DatasetId dataset, String scope) {
        byte[] key = keys.mac(
                        root,
                        domain,
                        dataset.value().getBytes(StandardCharsets.UTF_8),
                        scope.getBytes(StandardCharsets.UTF_8))
                .bytes();
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return new FamilyKey(mac);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        } finally {
            java.util.Arrays.fill(key, (byte) 0);
        }
    }

    /** HMAC of the message. */
    byte[] mac(byte[] message) {
        return mac.doFinal(message);
    }

    /** HMAC of the first {@code length} bytes, written into {@code out}. */
    void mac(byte[] message, int length, byte[] out) {
        mac.update(message, 0, length);
        try {
            mac.doFinal(out, 0);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("32 bytes hold an HmacSHA256", impossible);
        }
    }

    /** Forgets the key as far as the JDK lets us. */
    @Override
    public void close() {
        mac.reset();
    }
}
