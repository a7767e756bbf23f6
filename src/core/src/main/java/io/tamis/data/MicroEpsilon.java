package io.tamis.data;

/** A pure differential-privacy budget or charge in millionths of epsilon. */
public record MicroEpsilon(long value) implements Comparable<MicroEpsilon> {
    /** Nothing. */
    public static final MicroEpsilon ZERO = new MicroEpsilon(0);

    /** Greatest amount: what JSON integers hold exactly. */
    public static final long VALUE_MAX = (1L << 53) - 1;

    public MicroEpsilon {
        if (value < 0 || value > VALUE_MAX) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** The sum; {@code INVALID_REQUEST} beyond {@link #VALUE_MAX}. */
    public MicroEpsilon plus(MicroEpsilon other) {
        return new MicroEpsilon(value + other.value);
    }

    @Override
    public int compareTo(MicroEpsilon other) {
        return Long.compare(value, other.value);
    }
}
