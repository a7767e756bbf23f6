package io.tamis.ledger;

import io.tamis.log.EntrySealing;
import java.util.Optional;

/** What a sealed event comes to when it is opened. */
sealed interface Content {
    /** The event and the salt of its commitment. */
    record Present(EntrySealing.Opened value) implements Content {}

    /** Its key was destroyed. */
    record Erased() implements Content {}

    /**
     * It opens under no key, or not to the commitment beside it: somebody has written the row by hand. A value and no
     * refusal, as whoever can write one row must not be able to close the log to its readers. It is listed and exported
     * like an erased entry, and an audit finds no record of its erasure, or another root.
     */
    record Damaged() implements Content {}

    /** Event and salt where there are any. */
    default Optional<EntrySealing.Opened> opened() {
        return switch (this) {
            case Present(var value) -> Optional.of(value);
            case Erased(), Damaged() -> Optional.empty();
        };
    }
}
