package io.tamis.he.additive;

import io.tamis.he.HeException;

/**
 * The greatest value a slot can have, as its sender declared and the service admitted. It is not in a ciphertext, where
 * nobody could check it.
 *
 * @param value at least 1
 */
public record SlotMax(long value) {
    /** Checked. */
    public SlotMax {
        HeException.require(value >= 1);
    }
}
