package io.tamis.sandbox.audiences;

import io.tamis.catalog.scan.ScanException;
import io.tamis.data.Code;
import io.tamis.privacy.KernelSpec;
import io.tamis.privacy.PartialSums;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the persons of each frequency and of each set of platforms. Each person reached is counted in one cell of either
 * kind, by one: two cells, however many exposures.
 */
final class ReachScan {
    /** Times are kept in the low bits; the highest bit of the marks is the join's. */
    private static final int TIMES = 0x0F;

    private final ReachQuery query;
    private final AudienceScan scan;

    /** Per side: its exposures. */
    private final List<List<Counted>> counted = new ArrayList<>();

    /** One exposure: how often each person had it, up to the greatest frequency. */
    @SuppressWarnings("ArrayRecordComponent") // not a value: filled by the scan, never compared
    private record Counted(int bit, byte[] times) {}

    ReachScan(ReachQuery query, AudienceScan scan) {
        this.query = query;
        this.scan = scan;
    }

    PartialSums sums(KernelSpec kernel) {
        query.exposures().datasets().forEach(_ -> counted.add(new ArrayList<>()));
        List<Audience> exposures = query.exposures().canonical();
        for (int bit = 0; bit < exposures.size(); bit++) {
            count(exposures.get(bit), 1 << bit);
        }
        var cells = new long[1][kernel.groups()];
        for (Cells shard : scan.join(Cells::new)) {
            shard.addTo(cells[0]);
        }
        return PartialSums.of(kernel, cells);
    }

    private void count(Audience exposure, int bit) {
        int side = scan.side(exposure.rows().dataset());
        byte[] marks = scan.marks(side);
        byte[] times = counted.get(side).isEmpty() ? marks : new byte[marks.length];
        int most = query.frequencyMax();
        scan.rows(exposure.rows(), (unit, _) -> times[unit] = (byte) Math.min(most, times[unit] + 1));
        counted.get(side).add(new Counted(bit, times));
        if (exposure.own() && reached(times) < Sources.OWN_UNITS_MIN) {
            throw new ScanException(Code.LIST_TOO_SMALL);
        }
    }

    private static long reached(byte[] times) {
        long reached = 0;
        for (byte own : times) {
            reached += (own & TIMES) == 0 ? 0 : 1;
        }
        return reached;
    }

    /** One shard's counts. */
    private final class Cells implements PersonJoin.Tally {
        private final long[] frequencies = new long[query.frequencyMax() + 1];
        private final long[] sets = new long[query.exposures().cells() + 1];
        private int times;
        private int set;

        @Override
        public void present(int side, int unit) {
            for (Counted exposure : counted.get(side)) {
                int own = exposure.times()[unit] & TIMES;
                times += own;
                set |= own == 0 ? 0 : exposure.bit();
            }
        }

        /** Who was not reached is counted at 0 and in the empty set, and those counts are dropped. */
        @Override
        public void person() {
            frequencies[Math.min(times, query.frequencyMax())]++;
            sets[set]++;
            times = 0;
            set = 0;
        }

        void addTo(long[] cells) {
            for (int frequency = 1; frequency < frequencies.length; frequency++) {
                cells[frequency - 1] += frequencies[frequency];
            }
            for (int mask = 1; mask < sets.length; mask++) {
                cells[query.frequencyMax() + mask - 1] += sets[mask];
            }
        }
    }
}
