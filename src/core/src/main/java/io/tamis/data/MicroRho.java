package io.tamis.data;

/** A zCDP budget or charge in millionths of rho (Bun and Steinke 2016). An integer, so that sums are exact. */
public record MicroRho(long value) implements Comparable<MicroRho> {
    /** Nothing. */
    public static final MicroRho ZERO = new MicroRho(0);

    /** Greatest amount: what JSON integers hold exactly. */
    public static final long VALUE_MAX = (1L << 53) - 1;

    public MicroRho {
        if (value < 0 || value > VALUE_MAX) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** The sum; {@code INVALID_REQUEST} beyond {@link #VALUE_MAX}. */
    public MicroRho plus(MicroRho other) {
        return new MicroRho(value + other.value);
    }

    @Override
    public int compareTo(MicroRho other) {
        return Long.compare(value, other.value);
    }
}
