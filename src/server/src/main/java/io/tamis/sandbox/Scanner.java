package io.tamis.sandbox;

import io.tamis.catalog.ScanFile;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.scan.Deadline;
import io.tamis.catalog.scan.FileScans;
import io.tamis.catalog.scan.ScanQuery;
import io.tamis.privacy.BoundingKernel;
import io.tamis.privacy.DpPlan;
import io.tamis.privacy.KernelSpec;
import io.tamis.privacy.PartialSums;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Scans a version through the kernel and adds up the exact sums of its shards. */
final class Scanner {
    private final DpPlan plan;
    private final Snapshot snapshot;
    private final ScanQuery query;
    private final Salt salt;
    private final Deadline deadline;

    Scanner(DpPlan plan, Snapshot snapshot, ScanQuery query, Salt salt, Deadline deadline) {
        this.plan = plan;
        this.snapshot = snapshot;
        this.query = query;
        this.salt = salt;
        this.deadline = deadline;
    }

    PartialSums scan() {
        KernelSpec spec = plan.kernel();
        return FileScans.run(snapshot, query, () -> new Bounding(spec), deadline).stream()
                .reduce(PartialSums.zero(spec), PartialSums::merge);
    }

    /**
     * One kernel a file: a file holds all rows of its bucket's units, so each kernel can refuse a unit of another bucket,
     * which would count twice. The salt is this release's, the same for all its shards.
     */
    private final class Bounding implements FileScans.Reading<PartialSums> {
        private final KernelSpec spec;
        private final RowReader reader;
        private PartialSums sums;

        Bounding(KernelSpec spec) {
            this.spec = spec;
            this.reader = new RowReader(plan, snapshot.dataset(), query, deadline);
            this.sums = PartialSums.zero(spec);
        }

        @Override
        public void file(ScanFile file, ResultSet rows) throws SQLException {
            long first = (long) file.bucket() << ScanFile.SERIAL_BITS;
            var kernel = new BoundingKernel(spec, salt.bytes(), first, first + (1L << ScanFile.SERIAL_BITS));
            reader.read(rows, kernel);
            sums = sums.merge(kernel.finish());
        }

        @Override
        public PartialSums result() {
            return sums;
        }
    }
}
