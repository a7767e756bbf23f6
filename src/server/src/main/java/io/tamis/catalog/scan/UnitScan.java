package io.tamis.catalog.scan;

import io.tamis.catalog.Catalog;
import io.tamis.catalog.ScanFile;
import io.tamis.catalog.Snapshot;
import io.tamis.data.Code;
import io.tamis.privacy.DpPlan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Which persons of a version have rows that a plan's conditions choose, with the label of each row when the plan has a key.
 * For job types that put persons of several versions together; who sees the rows must bound them.
 */
public final class UnitScan {
    /** The position of a row whose value is none of the key's labels. */
    public static final int NO_LABEL = KeyIndex.NONE;

    /** The clock is read once in so many rows. */
    private static final int ROWS_PER_CHECK = 4096;

    private UnitScan() {}

    /** Takes rows; from several threads, but all rows of one bucket come from one. */
    public interface Sink {
        /**
         * One row.
         *
         * @param unit the person's number, within the bucket of the file it was read from
         * @param label the position of the row's value among the key's labels; 0 for a plan without key
         */
        void row(long unit, int label);
    }

    /** Hands over every row chosen by this plan, which has at most one key. Ends by the deadline, with JOB_FAILED or TIMED_OUT. */
    public static void run(DpPlan plan, Snapshot snapshot, Catalog catalog, Deadline deadline, Sink sink) {
        var query = new ScanQuery(plan, snapshot.dataset(), (column, values) -> {
            deadline.check();
            return catalog.codesOf(snapshot, column, values);
        });
        FileScans.run(snapshot, query, () -> new Units(plan, snapshot, query, deadline, sink), deadline);
    }

    private static final class Units implements FileScans.Reading<Long> {
        private final Deadline deadline;
        private final Sink sink;
        private final KeyIndex index;

        /** Position of the key's column; 0 for a plan without key, of which every row has label 0. */
        private final int at;

        private long rowsRead;

        Units(DpPlan plan, Snapshot snapshot, ScanQuery query, Deadline deadline, Sink sink) {
            this.deadline = deadline;
            this.sink = sink;
            List<DpPlan.Key> keys = plan.groupBy();
            if (keys.isEmpty()) {
                this.index = new KeyIndex.Single();
                this.at = 0;
            } else {
                DpPlan.Key key = keys.getFirst();
                this.index =
                        KeyIndex.of(key, snapshot.dataset().column(key.column()).orElseThrow());
                this.at = query.position(key.column());
            }
        }

        @Override
        public void file(ScanFile file, ResultSet rows) throws SQLException {
            while (rows.next()) {
                if (++rowsRead % ROWS_PER_CHECK == 0) {
                    deadline.check();
                }
                long unit = rows.getLong(1);
                if (unit < file.firstUnit() || unit > file.lastUnit()) {
                    // Another file's person would be counted by two threads.
                    throw new ScanException(Code.JOB_FAILED);
                }
                sink.row(unit, at == 0 ? 0 : index.of(rows.getLong(at)));
            }
        }

        @Override
        public Long result() {
            return rowsRead;
        }
    }
}
