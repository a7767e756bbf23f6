package io.tamis.crypto;

import java.nio.ByteBuffer;

/**
 * Joins parts so that different lists of parts give different bytes: each after its length, 4 bytes big-endian. Without
 * the lengths ("ab", "c") and ("a", "bc") would be the same input to a MAC.
 */
final class LengthPrefixed {
    private LengthPrefixed() {}

    static byte[] join(byte[]... parts) {
        int size = 0;
        for (byte[] part : parts) {
            size = Math.addExact(size, Integer.BYTES + part.length);
        }
        var joined = ByteBuffer.allocate(size);
        for (byte[] part : parts) {
            joined.putInt(part.length).put(part);
        }
        return joined.array();
    }
}
