package io.tamis.catalog.scan;

import io.tamis.catalog.Catalog;
import io.tamis.catalog.ScanFile;
import io.tamis.catalog.Snapshot;
import io.tamis.data.Code;
import io.tamis.privacy.DpPlan;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongToIntFunction;

/**
 * Which persons of a version a plan chooses, by their places in an order of all its persons: what masks over encrypted tags are
 * made of. Only of a version with one row a person, so that a person has one label at most.
 */
public final class PositionScan {
    /** At this position is nobody whom the plan chooses. */
    public static final byte NOBODY = 0;

    /** Greatest number of labels: they are kept in a byte. */
    public static final int LABELS_MAX = Byte.MAX_VALUE;

    private PositionScan() {}

    /**
     * An order of a version's persons.
     *
     * @param persons how many: positions are 0 to this, exclusive
     * @param positions of each unit_no its position, no two alike; throws for a person that the version does not have
     */
    public record Order(int persons, LongToIntFunction positions) {
        public Order {
            Objects.requireNonNull(positions);
        }
    }

    /**
     * For each position, {@link #NOBODY} or 1 + the position of its person's label among the key's labels; without a key all
     * chosen are 1. One byte a person of memory besides the order. Ends by the deadline, with JOB_FAILED or TIMED_OUT.
     *
     * @param plan with at most one key, of at most {@link #LABELS_MAX} labels
     * @param order of all persons of this version; JOB_FAILED when it is another one's
     */
    public static byte[] labels(DpPlan plan, Snapshot snapshot, Catalog catalog, Order order, Deadline deadline) {
        boolean oneRowEach = snapshot.files().stream().allMatch(PositionScan::oneRowEach);
        int labelCount = plan.kernel().groups();
        if (!oneRowEach || UnitIndex.of(snapshot).units() != order.persons() || labelCount > LABELS_MAX) {
            throw new ScanException(Code.JOB_FAILED);
        }
        var labels = new byte[order.persons()];
        var repeated = new AtomicBoolean();
        UnitScan.run(plan, snapshot, catalog, deadline, (unit, label) -> {
            if (label != UnitScan.NO_LABEL) {
                // A person is in one file and a file is read by one thread, so nobody else writes here.
                int position = order.positions().applyAsInt(unit);
                if (labels[position] != NOBODY) {
                    repeated.set(true);
                }
                labels[position] = (byte) (label + 1);
            }
        });
        if (repeated.get()) {
            throw new ScanException(Code.JOB_FAILED);
        }
        return labels;
    }

    /** Units of a file have no gaps, so as many rows as units are one row for each. */
    private static boolean oneRowEach(ScanFile file) {
        return file.rows() == file.lastUnit() - file.firstUnit() + 1;
    }
}
