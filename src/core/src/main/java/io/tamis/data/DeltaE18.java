package io.tamis.data;

/** A failure probability delta in units of 1e-18. */
public record DeltaE18(long value) implements Comparable<DeltaE18> {
    /** Nothing. */
    public static final DeltaE18 ZERO = new DeltaE18(0);

    /** Greatest amount: what JSON integers hold exactly. */
    public static final long VALUE_MAX = (1L << 53) - 1;

    public DeltaE18 {
        if (value < 0 || value > VALUE_MAX) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** The sum; {@code INVALID_REQUEST} beyond {@link #VALUE_MAX}. */
    public DeltaE18 plus(DeltaE18 other) {
        return new DeltaE18(value + other.value);
    }

    @Override
    public int compareTo(DeltaE18 other) {
        return Long.compare(value, other.value);
    }
}
