package io.tamis.audience.keys;

import io.tamis.data.Code;
import io.tamis.data.DataException;

/** How often a key was opened and may be: each opening adds to what its shares tell together. */
public record Openings(int used, int max) {
    public Openings {
        if (used < 0 || max < used) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** How many are left. */
    public int left() {
        return max - used;
    }
}
