package io.tamis.privacy;

import io.tamis.data.RandomSource;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Uniform integers from a random source, exact: numbers below n by rejection, so none is likelier than another. Not for
 * use by two threads; one per release. Time is NOT constant: rejections can be counted by who can time them.
 */
public final class SecureBits {
    /** Bytes fetched from the source at once. */
    static final int BUFFER_LENGTH = 4096;

    /** Greatest bound of {@link #below(long)}. */
    static final long BELOW_MAX = 1L << 62;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final RandomSource source;
    private final byte[] buffer = new byte[BUFFER_LENGTH];
    private int next = BUFFER_LENGTH;
    private long reservoir;
    private int reservoirBits;

    /** Bits from this source. */
    public SecureBits(RandomSource source) {
        this.source = Objects.requireNonNull(source);
    }

    /** One bit. */
    boolean bit() {
        return bits(1) == 1;
    }

    /** {@code count} bits, 0 to 62, as a number. */
    long bits(int count) {
        long out = 0;
        int need = count;
        while (need > 0) {
            if (reservoirBits == 0) {
                reservoir = word();
                reservoirBits = Long.SIZE;
            }
            int take = Math.min(need, reservoirBits);
            out = (out << take) | (reservoir & ((1L << take) - 1));
            reservoir >>>= take;
            reservoirBits -= take;
            need -= take;
        }
        return out;
    }

    /** A uniform number from 0 to n - 1, n from 1 to 2^62. */
    long below(long n) {
        PrivacyException.require(n >= 1 && n <= BELOW_MAX);
        int width = Long.SIZE - Long.numberOfLeadingZeros(n - 1);
        // Each draw is kept with probability over 1/2.
        while (true) {
            long drawn = bits(width);
            if (drawn < n) {
                return drawn;
            }
        }
    }

    /** A uniform number from 0 to n - 1, n of any size. */
    BigInteger below(BigInteger n) {
        PrivacyException.require(n.signum() > 0);
        int width = n.subtract(BigInteger.ONE).bitLength();
        if (width <= 62) {
            return BigInteger.valueOf(below(n.longValueExact()));
        }
        var bytes = new byte[(width + 7) / 8];
        int unused = 8 * bytes.length - width;
        while (true) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) bits(8);
            }
            bytes[0] &= (byte) (0xff >>> unused);
            var drawn = new BigInteger(1, bytes);
            if (drawn.compareTo(n) < 0) {
                return drawn;
            }
        }
    }

    private long word() {
        if (next == BUFFER_LENGTH) {
            source.fill(buffer);
            next = 0;
        }
        long word = (long) LONGS.get(buffer, next);
        next += Long.BYTES;
        return word;
    }
}
