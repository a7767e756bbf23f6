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

    long[] checked(long[] opened) {
        for (long value : opened) {
            HeException.accept(value <= magnitude && value >= -magnitude);
        }
        return opened;
    }
}
