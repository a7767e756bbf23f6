package io.tamis.catalog;

import io.tamis.data.ColumnName;
import io.tamis.data.DatasetId;
import io.tamis.policy.PolicyBundle;
import java.util.Optional;
import java.util.OptionalInt;

/** Which datasets there are, what may be done with them, and where a scan finds their rows. */
public interface Catalog {
    /** The bundle in force. It alone declares datasets. */
    PolicyBundle policy();

    /**
     * A version that can be scanned: its files are whole, and the declaration in force still reads them as they were
     * written (same columns, types, domains, unit). Empty otherwise; a caller cannot tell why.
     */
    Optional<Snapshot> snapshot(DatasetId id, int version);

    /**
     * The scan code of a value of a string or boolean column; empty when the version has no row with it, which a caller
     * must answer like a value that has no match, since a private dictionary's content is secret.
     */
    OptionalInt codeOf(Snapshot snapshot, ColumnName column, String value);
}
