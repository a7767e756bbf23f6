package io.tamis.ledger;

import java.util.List;

/** The logs of this installation: one a year, of which the newest takes entries. */
public interface Logs {
    /** The log that takes entries. */
    PublishedLog open();

    /** All logs, oldest first; the last one is {@link #open}. */
    List<PublishedLog> all();

    /** True on the replica that holds the lease: it alone sequences, signs and anchors. */
    boolean leading();
}
