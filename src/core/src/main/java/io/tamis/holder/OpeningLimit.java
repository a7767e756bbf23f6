package io.tamis.holder;

import io.tamis.data.Code;
import io.tamis.data.DataException;

/**
 * How much a key epoch may open. A flooded opening differs from an ideal one by at most 2^-(lambda+2) in statistical
 * distance (encrypted-aggregation, section 2), so an epoch by {@code openingsMax} times that; it must stay within 2^-32.
 *
 * @param openingsMax openings of one key epoch, subsets of the ceremony included
 * @param lambda bits by which the flood exceeds the noise
 */
public record OpeningLimit(int openingsMax, int lambda) {
    /** Most openings of any profile. */
    public static final int OPENINGS_MAX = 1 << 16;

    static final int LAMBDA_MIN = 30;
    static final int LAMBDA_MAX = 80;
    private static final int DISTANCE_BITS_MIN = 32;

    public OpeningLimit {
        int openingsBits = openingsMax <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(openingsMax - 1);
        if (openingsMax < 1
                || openingsMax > OPENINGS_MAX
                || lambda < LAMBDA_MIN
                || lambda > LAMBDA_MAX
                || lambda + 2 - openingsBits < DISTANCE_BITS_MIN) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }
}
