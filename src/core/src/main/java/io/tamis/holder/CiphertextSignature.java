package io.tamis.holder;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tamis.crypto.Ed25519;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.he.SignedBody;
import java.util.Arrays;

/**
 * A platform's signature under an uploaded ciphertext: Ed25519 (RFC 8032) over {@code "tamis-ciphertext-v1\n"} and header and
 * body. Server and holders check it before they parse.
 */
public final class CiphertextSignature {
    private static final byte[] DOMAIN = "tamis-ciphertext-v1\n".getBytes(US_ASCII);

    private CiphertextSignature() {}

    /** Header and body with the signature of the platform's {@link KeyName#PLATFORM_SIGNING}, as uploaded. */
    public static SignedBody sign(byte[] content, KeyProvider keys) {
        return SignedBody.of(content, keys.sign(KeyName.PLATFORM_SIGNING, message(content)));
    }

    /** True when this platform's key signed it. */
    public static boolean holds(SignedBody upload, PartyKey platform) {
        return Ed25519.verify(platform.bytes(), message(upload.content()), upload.signature());
    }

    private static byte[] message(byte[] content) {
        byte[] message = Arrays.copyOf(DOMAIN, DOMAIN.length + content.length);
        System.arraycopy(content, 0, message, DOMAIN.length, content.length);
        return message;
    }
}
