package io.tamis.crypto;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import java.util.Objects;

/** Where a key stands: its newest generation (0 when there never was one) and whether it can still be used. */
public record KeyStatus(KeyName name, int generation, State state) {
    /** What may be done with a key. Older generations of an active key unwrap, and do nothing else. */
    public enum State {
        ACTIVE,
        DESTROYED,
        ABSENT
    }

    public KeyStatus {
        Objects.requireNonNull(name);
        Objects.requireNonNull(state);
        if (generation < 0) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }
}
