package io.tamis.catalog.load;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * An in-memory DuckDB of one worker, used for nothing but to write Parquet. Its memory is bounded; what exceeds it goes to
 * the import's own temporary folder. Nothing but our SQL reaches it, its file access ends at that folder and the scan
 * folder, extensions are off.
 */
final class ScanDatabase implements AutoCloseable {
    private static final String MEMORY_MAX = "128MB";

    private final DuckDBConnection connection;

    /** A database that may write to these two folders. */
    ScanDatabase(Path scan, Path temporary) {
        try {
            connection = (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
            harden(scan.toAbsolutePath(), temporary.toAbsolutePath());
        } catch (SQLException unexpected) {
            throw LoadException.ofDuckDb(unexpected);
        }
    }

    DuckDBConnection connection() {
        return connection;
    }

    /** A path as an SQL literal. */
    static String quoted(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException unexpected) {
            throw LoadException.ofDuckDb(unexpected);
        }
    }

    private void harden(Path scan, Path temporary) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET allowed_directories = [" + quoted(scan) + ", " + quoted(temporary) + "]");
            statement.execute("SET temp_directory = " + quoted(temporary));
            statement.execute("SET enable_external_access = false");
            statement.execute("SET memory_limit = '" + MEMORY_MAX + "'");
            statement.execute("SET threads = 1");
            statement.execute("SET autoinstall_known_extensions = false");
            statement.execute("SET autoload_known_extensions = false");
            statement.execute("SET allow_community_extensions = false");
            statement.execute("SET lock_configuration = true");
        }
    }
}
