package io.tamis.catalog.parquet;

import static io.tamis.catalog.parquet.ParquetException.require;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian numbers of any width in bytes; the caller has checked that they are there. */
final class Bits {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Widths up to this many bits lie within eight bytes whatever bit they begin at. */
    private static final int WIDTH_FAST = 57;

    private Bits() {}

    static int int32(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    static long int64(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** The number of {@code width} bits, 0 to 64, that begins at this bit, counted from the least one of byte 0. */
    static long number(byte[] bytes, long bitAt, int width) {
        int at = (int) (bitAt >>> 3);
        int shift = (int) (bitAt & 7);
        if (width <= WIDTH_FAST && at + Long.BYTES <= bytes.length) {
            return width == 0 ? 0 : int64(bytes, at) >>> shift & -1L >>> (Long.SIZE - width);
        }
        long value = 0;
        for (int bit = 0; bit < width; bit++) {
            long where = bitAt + bit;
            value |= (long) (bytes[(int) (where >>> 3)] >>> (where & 7) & 1) << bit;
        }
        return value;
    }

    /** How many bytes hold so many bits. */
    static long bytes(long bits) {
        return (bits + 7) >>> 3;
    }

    /** An unsigned varint; moves the cursor behind it. */
    static long varint(Slice slice) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            require(slice.at < slice.end);
            int octet = slice.bytes[slice.at++];
            value |= (long) (octet & 0x7f) << shift;
            if (octet >= 0) {
                return value;
            }
        }
        throw ParquetException.malformed();
    }

    static long zigzag(Slice slice) {
        long value = varint(slice);
        return (value >>> 1) ^ -(value & 1);
    }
}
