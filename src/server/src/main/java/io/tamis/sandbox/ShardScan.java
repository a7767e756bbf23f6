package io.tamis.sandbox;

import io.tamis.catalog.ScanFile;
import io.tamis.data.Code;
import io.tamis.privacy.BoundingKernel;
import io.tamis.privacy.KernelSpec;
import io.tamis.privacy.PartialSums;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Scans some of a version's files, one kernel a file: a file holds all rows of its bucket's units, so each kernel can
 * refuse a unit of another bucket, which would count twice.
 */
final class ShardScan implements Callable<PartialSums> {
    private final Path folder;
    private final List<ScanFile> files;
    private final ScanQuery query;
    private final RowReader reader;
    private final Kernels kernels;
    private final Deadline deadline;
    private final AtomicReference<Optional<Statement>> running = new AtomicReference<>(Optional.empty());

    /** What a shard's kernels are made of; the salt is this release's, the same for all its shards. */
    record Kernels(KernelSpec spec, Salt salt) {
        BoundingKernel of(ScanFile file) {
            long first = (long) file.bucket() << ScanFile.SERIAL_BITS;
            return new BoundingKernel(spec, salt.bytes(), first, first + (1L << ScanFile.SERIAL_BITS));
        }
    }

    ShardScan(
            Path folder, List<ScanFile> files, ScanQuery query, RowReader reader, Kernels kernels, Deadline deadline) {
        this.folder = folder;
        this.files = List.copyOf(files);
        this.query = query;
        this.reader = reader;
        this.kernels = kernels;
        this.deadline = deadline;
    }

    @Override
    public PartialSums call() {
        PartialSums sums = PartialSums.zero(kernels.spec());
        try (Connection connection = HardenedDuckDb.open(folder)) {
            for (ScanFile file : files) {
                deadline.check();
                sums = sums.merge(scan(connection, file));
            }
            return sums;
        } catch (SQLException unspeakable) {
            throw new SandboxException(deadline.passed() ? Code.TIMED_OUT : Code.JOB_FAILED);
        }
    }

    private PartialSums scan(Connection connection, ScanFile file) throws SQLException {
        BoundingKernel kernel = kernels.of(file);
        try (PreparedStatement statement = connection.prepareStatement(query.text(folder, file))) {
            query.bind(statement);
            statement.setQueryTimeout(deadline.remainingSeconds());
            running.set(Optional.of(statement));
            try (ResultSet rows = statement.executeQuery()) {
                reader.read(rows, kernel);
            }
        } finally {
            running.set(Optional.empty());
        }
        return kernel.finish();
    }

    /** Stops DuckDB in the middle of a query; the scan then ends with an exception. From any thread. */
    void cancel() {
        running.get().ifPresent(statement -> {
            try {
                statement.cancel();
            } catch (SQLException alreadyClosed) {
                // The query ended by itself between the two lines; the deadline ends what follows.
            }
        });
    }
}
