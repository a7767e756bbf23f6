package io.tamis.log;

import io.tamis.data.Code;
import java.util.Base64;

/** Base64 of RFC 4648 section 4 with one spelling for each value: the JDK's decoder also takes unpadded and loose ends. */
public final class StrictBase64 {
    private StrictBase64() {}

    /** The one spelling of these bytes. */
    public static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Reads that one spelling; {@code INVALID_REQUEST} for any other. */
    public static byte[] decode(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (encode(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            throw new LogException(Code.INVALID_REQUEST, notBase64);
        }
        throw LogException.malformed();
    }
}
