package io.tamis.he.mask;

import io.tamis.data.Hash;
import io.tamis.he.HeException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntPredicate;

/**
 * Which positions of an alignment a sum is over. File: u32 number of bits, big-endian, then the bits, the lowest of each
 * byte first; unused bits of the last byte are 0.
 */
public final class BitMask {
    /** Most positions of one mask. */
    public static final int BITS_MAX = 1 << 27;

    private final int bits;
    private final byte[] packed;
    private final int weight;
    private volatile Hash hash;

    private BitMask(int bits, byte[] packed) {
        this.bits = bits;
        this.packed = packed;
        this.weight = weigh(packed);
    }

    /** Positions 0 to bits-1, those set that the predicate names. */
    public static BitMask of(int bits, IntPredicate set) {
        HeException.require(bits >= 1 && bits <= BITS_MAX);
        Objects.requireNonNull(set);
        var packed = new byte[bytesOf(bits)];
        for (int i = 0; i < bits; i++) {
            if (set.test(i)) {
                packed[i >>> 3] |= (byte) (1 << (i & 7));
            }
        }
        return new BitMask(bits, packed);
    }

    /** Positions whose bits, lowest first, are in these bytes, copied. */
    public static BitMask ofPacked(int bits, byte[] packed) {
        HeException.require(bits >= 1 && bits <= BITS_MAX && packed.length == bytesOf(bits));
        HeException.require((bits & 7) == 0 || (packed[packed.length - 1] & 0xff) >>> (bits & 7) == 0);
        return new BitMask(bits, packed.clone());
    }

    /** Reads a mask file whose number of bits the reader knows; anything else is refused. */
    public static BitMask read(int expectedBits, byte[] file) {
        HeException.accept(expectedBits >= 1 && expectedBits <= BITS_MAX);
        HeException.accept(file.length == Integer.BYTES + bytesOf(expectedBits));
        HeException.accept(ByteBuffer.wrap(file).getInt() == expectedBits);
        int last = file[file.length - 1] & 0xff;
        HeException.accept((expectedBits & 7) == 0 || last >>> (expectedBits & 7) == 0);
        return new BitMask(expectedBits, Arrays.copyOfRange(file, Integer.BYTES, file.length));
    }

    /** The file. */
    public byte[] file() {
        return ByteBuffer.allocate(Integer.BYTES + packed.length)
                .putInt(bits)
                .put(packed)
                .array();
    }

    /** SHA-256 of the file. */
    public Hash hash() {
        Hash known = hash;
        if (known == null) {
            known = Hash.sha256(file());
            hash = known;
        }
        return known;
    }

    /** Number of positions. */
    public int bits() {
        return bits;
    }

    /** Number of positions that are set. */
    public int weight() {
        return weight;
    }

    /** Whether the position, 0 to bits-1, is set. */
    public boolean get(int position) {
        Objects.checkIndex(position, bits);
        return (packed[position >>> 3] >>> (position & 7) & 1) == 1;
    }

    /** Blocks of n positions, the last perhaps shorter. */
    public int blocks(int n) {
        return (bits + n - 1) / n;
    }

    /** Whether no position of block {@code block} is set: then its product is a ciphertext of nothing, and is refused. */
    public boolean blockIsEmpty(int n, int block) {
        Objects.checkIndex(block, blocks(n));
        int from = block * (n / Byte.SIZE);
        int to = Math.min(packed.length, from + n / Byte.SIZE);
        for (int i = from; i < to; i++) {
            if (packed[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes the coefficients of {@code M(X) = m_0 - sum_{i>=1} m_i X^(n-i)} of a block: as {@code X^n = -1}, coefficient 0 of
     * its product with the block's tags is the sum of the masked tags.
     *
     * @param coefficients n of them, overwritten with -1, 0 or 1
     */
    void coefficients(int block, long[] coefficients) {
        int n = coefficients.length;
        Objects.checkIndex(block, blocks(n));
        Arrays.fill(coefficients, 0);
        int first = block * n;
        int count = Math.min(n, bits - first);
        if (get(first)) {
            coefficients[0] = 1;
        }
        // Position i of the block goes to n - i; the first was dealt with.
        for (int i = 0; i < count; i += Byte.SIZE) {
            int eight = packed[(first + i) >>> 3];
            int end = Math.min(Byte.SIZE, count - i);
            for (int k = i == 0 ? 1 : 0; k < end; k++) {
                coefficients[n - i - k] = -((eight >>> k) & 1);
            }
        }
    }

    private static int bytesOf(int bits) {
        return (bits + Byte.SIZE - 1) / Byte.SIZE;
    }

    private static int weigh(byte[] packed) {
        int sum = 0;
        for (byte b : packed) {
            sum += Integer.bitCount(b & 0xff);
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BitMask that && bits == that.bits && Arrays.equals(packed, that.packed);
    }

    @Override
    public int hashCode() {
        return 31 * bits + Arrays.hashCode(packed);
    }

    /** The length alone: which persons are in it is personal. */
    @Override
    public String toString() {
        return "BitMask[" + bits + "]";
    }
}
