package io.tamis.ledger;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.EventId;
import java.util.Objects;

/** Where a durable event stands in the log: its place is final, its proof follows with the next checkpoint. */
public record Appended(EventId id, long index) {
    public Appended {
        Objects.requireNonNull(id);
        if (index < 0) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }
}
