package io.tamis.catalog.scan;

import io.tamis.catalog.ScanFile;
import io.tamis.data.Code;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Scans some of a version's files, one query a file. */
final class ShardScan<T> implements Shards.Task<T> {
    private final Path folder;
    private final List<ScanFile> files;
    private final ScanQuery query;
    private final FileScans.Reading<T> reading;
    private final Deadline deadline;
    private final AtomicReference<Optional<Statement>> running = new AtomicReference<>(Optional.empty());

    ShardScan(Path folder, List<ScanFile> files, ScanQuery query, FileScans.Reading<T> reading, Deadline deadline) {
        this.folder = folder;
        this.files = List.copyOf(files);
        this.query = query;
        this.reading = reading;
        this.deadline = deadline;
    }

    @Override
    public T call() {
        try (Connection connection = HardenedDuckDb.open(folder)) {
            for (ScanFile file : files) {
                deadline.check();
                scan(connection, file);
            }
            return reading.result();
        } catch (SQLException unspeakable) {
            throw new ScanException(deadline.passed() ? Code.TIMED_OUT : Code.JOB_FAILED);
        }
    }

    private void scan(Connection connection, ScanFile file) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query.text(folder, file))) {
            query.bind(statement);
            statement.setQueryTimeout(deadline.remainingSeconds());
            running.set(Optional.of(statement));
            try (ResultSet rows = statement.executeQuery()) {
                reading.file(file, rows);
            }
        } finally {
            running.set(Optional.empty());
        }
    }

    /** Stops DuckDB in the middle of a query; the scan then ends with an exception. From any thread. */
    @Override
    public void cancel() {
        running.get().ifPresent(statement -> {
            try {
                statement.cancel();
            } catch (SQLException alreadyClosed) {
                // The query ended by itself between the two lines; the deadline ends what follows.
            }
        });
    }
}
