package io.tamis.catalog;

import io.tamis.data.ColumnName;
import io.tamis.data.DatasetId;
import io.tamis.policy.PolicyBundle;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which datasets there are, what may be done with them, and where a scan finds their rows. */
public interface Catalog {
    /** The bundle in force. It alone declares datasets. */
    PolicyBundle policy();

    /**
     * A version that can be scanned: its files are whole, and the declaration in force still reads them as they were
     * written (same columns, types, domains, unit). Empty otherwise; a caller cannot tell why. A damaged version stays
     * away until the next start, and the readiness check names it.
     */
    Optional<Snapshot> snapshot(DatasetId id, int version);

    /**
     * The scan codes of values of a string or boolean column; without those that the version has no row with, which a
     * caller must answer like values that have no match, since a private dictionary's content is secret. A dictionary is
     * read once, to its end, whatever is found.
     */
    Map<String, Integer> codesOf(Snapshot snapshot, ColumnName column, Set<String> values);
}
