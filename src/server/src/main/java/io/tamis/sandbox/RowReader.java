package io.tamis.sandbox;

import io.tamis.catalog.scan.Deadline;
import io.tamis.catalog.scan.KeyIndex;
import io.tamis.catalog.scan.ScanException;
import io.tamis.catalog.scan.ScanQuery;
import io.tamis.data.Code;
import io.tamis.data.Dataset;
import io.tamis.privacy.BoundingKernel;
import io.tamis.privacy.DpPlan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Hands the rows of a scan to the kernel: keys become one mixed-radix group code, the first key the most significant. */
final class RowReader {
    /** The clock is read once in so many rows. */
    private static final int ROWS_PER_CHECK = 4096;

    /** A measure that reads no column counts every row. */
    private static final int NO_COLUMN = 0;

    private final KeyIndex[] keys;
    private final int[] keySize;
    private final int[] keyAt;
    private final int[] valueAt;
    private final long[] values;
    private final Deadline deadline;

    RowReader(DpPlan plan, Dataset dataset, ScanQuery query, Deadline deadline) {
        List<DpPlan.Key> groupBy = plan.groupBy();
        this.keys = new KeyIndex[groupBy.size()];
        this.keySize = new int[groupBy.size()];
        this.keyAt = new int[groupBy.size()];
        for (int i = 0; i < keys.length; i++) {
            DpPlan.Key key = groupBy.get(i);
            keys[i] = KeyIndex.of(
                    key, dataset.column(key.column()).orElseThrow(() -> new ScanException(Code.JOB_FAILED)));
            keySize[i] = key.labels().size();
            keyAt[i] = query.position(key.column());
        }
        this.valueAt = plan.measures().stream()
                .mapToInt(measured -> measured.column().map(query::position).orElse(NO_COLUMN))
                .toArray();
        this.values = new long[valueAt.length];
        this.deadline = deadline;
    }

    void read(ResultSet rows, BoundingKernel kernel) throws SQLException {
        int unchecked = 0;
        while (rows.next()) {
            if (++unchecked == ROWS_PER_CHECK) {
                deadline.check();
                unchecked = 0;
            }
            int group = group(rows);
            if (group != KeyIndex.NONE) {
                for (int i = 0; i < valueAt.length; i++) {
                    values[i] = valueAt[i] == NO_COLUMN ? 1 : rows.getLong(valueAt[i]);
                }
                kernel.row(rows.getLong(1), group, values);
            }
        }
    }

    private int group(ResultSet rows) throws SQLException {
        int group = 0;
        for (int i = 0; i < keys.length; i++) {
            int position = keys[i].of(rows.getLong(keyAt[i]));
            if (position == KeyIndex.NONE) {
                return KeyIndex.NONE;
            }
            group = group * keySize[i] + position;
        }
        return group;
    }
}
