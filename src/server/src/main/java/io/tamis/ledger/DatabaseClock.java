package io.tamis.ledger;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * What the database's own clock shows: a second reading for what cannot be taken back, such as a new year's log. One clock
 * that is wrong for a second is common (a machine that wakes up, a first answer from a time server); two that are wrong in
 * the same way are not, unless service and database share a machine.
 */
interface DatabaseClock {
    /** The time now, not that of the transaction's begin. */
    Instant now(Handle handle);
}
