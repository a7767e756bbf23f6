package io.tamis.data;

/** Bounds that a person's summed contribution to one group is clipped to, in minor units. */
public record Clamp(long min, long max) {
    private static final long LIMIT = (1L << 53) - 1;

    public Clamp {
        if (min > max || min < -LIMIT || max > LIMIT) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** The greatest absolute contribution, which is the sensitivity of the sum. */
    public long magnitude() {
        return Math.max(Math.abs(min), Math.abs(max));
    }

    /** {@code value} moved into the bounds. */
    public long apply(long value) {
        return Math.clamp(value, min, max);
    }
}
