package io.tamis.sandbox.audiences;

import io.tamis.catalog.scan.ScanException;
import io.tamis.data.Code;
import io.tamis.privacy.KernelSpec;
import io.tamis.privacy.PartialSums;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Counts the persons of each set of audiences and segment. Each is counted in one cell, by one: L1 = L2 = 1 however many
 * rows, datasets and audiences. Persons in no audience are counted like others, and that count is dropped.
 */
final class OverlapScan {
    private static final int NO_SIDE = -1;

    private final OverlapQuery query;
    private final AudienceScan scan;
    private final List<Audience> audiences;

    /** Per side: the audiences that everybody there is in, for want of conditions. */
    private final int[] everybody;

    private final int segmentSide;

    /** Of the persons of the segment's side: 1 + position of their label, 0 for none. */
    private final byte[] segments;

    OverlapScan(OverlapQuery query, AudienceScan scan) {
        this.query = query;
        this.scan = scan;
        this.audiences = query.audiences().canonical();
        this.everybody = new int[query.audiences().datasets().size()];
        this.segmentSide =
                query.segment().map(rows -> scan.side(rows.dataset())).orElse(NO_SIDE);
        this.segments = segmentSide == NO_SIDE ? new byte[0] : new byte[scan.marks(segmentSide).length];
    }

    PartialSums sums(KernelSpec kernel) {
        for (int bit = 0; bit < audiences.size(); bit++) {
            choose(audiences.get(bit), 1 << bit);
        }
        query.segment().ifPresent(rows -> scan.rows(rows, (unit, label) -> segments[unit] = (byte) (label + 1)));
        var cells = new long[1][kernel.groups()];
        for (Cells counted : scan.join(Cells::new)) {
            counted.addTo(cells[0]);
        }
        return PartialSums.of(kernel, cells);
    }

    private void choose(Audience audience, int bit) {
        int side = scan.side(audience.rows().dataset());
        byte[] marks = scan.marks(side);
        long chosen;
        if (audience.rows().where().isEmpty()) {
            everybody[side] |= bit;
            chosen = marks.length;
        } else {
            scan.rows(audience.rows(), (unit, _) -> marks[unit] |= (byte) bit);
            chosen = count(marks, bit);
        }
        if (audience.own() && chosen < Sources.OWN_UNITS_MIN) {
            throw new ScanException(Code.LIST_TOO_SMALL);
        }
    }

    private static long count(byte[] marks, int bit) {
        long count = 0;
        for (byte mark : marks) {
            count += (mark & bit) == 0 ? 0 : 1;
        }
        return count;
    }

    /** One shard's counts, by set and segment. */
    private final class Cells implements PersonJoin.Tally {
        private static final int SETS = 1 << OverlapParams.AUDIENCES_MAX;
        private static final int CODES = 1 << Byte.SIZE;

        private final long[] counts = new long[SETS * CODES];
        private final byte[][] marks =
                IntStream.range(0, everybody.length).mapToObj(scan::marks).toArray(byte[][]::new);
        private int set;
        private int code;

        @Override
        public void present(int side, int unit) {
            set |= (marks[side][unit] & (SETS - 1)) | everybody[side];
            if (side == segmentSide) {
                code = segments[unit] & (CODES - 1);
            }
        }

        @Override
        public void person() {
            counts[set * CODES + code]++;
            set = 0;
            code = 0;
        }

        /** Cells of the answer: sets from mask 1 on, in each the labels and then those without one. */
        void addTo(long[] cells) {
            int width = query.segments().size();
            for (int mask = 1; mask <= query.audiences().cells(); mask++) {
                for (int label = 0; label < width; label++) {
                    int own = label == width - 1 ? 0 : label + 1;
                    cells[(mask - 1) * width + label] += counts[mask * CODES + own];
                }
            }
        }
    }
}
