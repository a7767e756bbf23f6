package io.tamis.he.threshold;

import io.tamis.he.HeException;

/**
 * The greatest magnitude of an opened value.
 *
 * @param magnitude at least 0
 */
public record OpenedMax(long magnitude) {
    /** A valid bound. */
    public OpenedMax {
        HeException.require(magnitude >= 0);
    }

    /** Whether all values are within the bound. */
    boolean covers(long[] opened) {
        boolean within = true;
        for (long value : opened) {
            within &= value <= magnitude && value >= -magnitude;
        }
        return within;
    }
}
