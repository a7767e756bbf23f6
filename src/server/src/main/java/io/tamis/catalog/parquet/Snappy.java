package io.tamis.catalog.parquet;

import static io.tamis.catalog.parquet.ParquetException.require;

/**
 * Unpacks Snappy's raw format (google/snappy, format_description.txt) in plain Java: every copy is checked against what
 * there is. The native library writes as much as the packed bytes announce, whatever the room (ADR 0027).
 */
final class Snappy {
    private Snappy() {}

    /** Unpacks all bytes from {@code at} on, which must fill the room exactly. */
    static void unpack(byte[] from, int at, byte[] into) {
        var in = new Slice(from, at, from.length);
        require(Bits.varint(in) == into.length);
        int out = 0;
        while (in.left() > 0) {
            int tag = from[in.pass(1)] & 0xff;
            out += (tag & 3) == 0 ? literal(in, tag >>> 2, into, out) : copy(in, tag, into, out);
        }
        require(out == into.length);
    }

    private static int literal(Slice in, int size, byte[] into, int out) {
        // 60 to 63: the length is in the next 1 to 4 bytes.
        long length = 1L + (size < 60 ? size : number(in, size - 59));
        require(length <= into.length - out);
        System.arraycopy(in.bytes, in.pass(length), into, out, (int) length);
        return (int) length;
    }

    private static int copy(Slice in, int tag, byte[] into, int out) {
        int length;
        long offset;
        switch (tag & 3) {
            case 1 -> {
                length = 4 + (tag >>> 2 & 7);
                offset = (long) (tag >>> 5) << 8 | number(in, 1);
            }
            case 2 -> {
                length = 1 + (tag >>> 2);
                offset = number(in, 2);
            }
            default -> {
                length = 1 + (tag >>> 2);
                offset = number(in, 4);
            }
        }
        require(offset > 0 && offset <= out && length <= into.length - out);
        int source = out - (int) offset;
        if (offset >= length) {
            System.arraycopy(into, source, into, out, length);
        } else {
            // The copy reads what it has just written: that is how runs are packed.
            for (int i = 0; i < length; i++) {
                into[out + i] = into[source + i];
            }
        }
        return length;
    }

    private static long number(Slice in, int bytes) {
        int from = in.pass(bytes);
        return Bits.number(in.bytes, 8L * from, 8 * bytes);
    }
}
