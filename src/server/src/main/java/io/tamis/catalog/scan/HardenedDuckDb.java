package io.tamis.catalog.scan;

import io.tamis.data.Code;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/**
 * Opens an in-memory DuckDB that can read one folder and nothing else (DuckDB's securing guide). What stays open
 * is COPY TO inside that folder and some introspection, hence: only {@link ScanQuery}'s text may reach it, and in
 * production it belongs in a process of its own with a read-only mount.
 */
final class HardenedDuckDb {
    /** One thread and this much memory a shard: spilling is off, so a scan that needs more fails instead. */
    private static final String MEMORY_MAX = "384MB";

    private HardenedDuckDb() {}

    /** A connection of its own database, streaming its results. */
    static Connection open(Path folder) {
        var properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        try {
            Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", properties);
            try (Statement statement = connection.createStatement()) {
                for (String setting : settings(folder)) {
                    statement.execute(setting);
                }
                return connection;
            } catch (SQLException refused) {
                connection.close();
                throw refused;
            }
        } catch (SQLException refused) {
            // Its message may quote a path.
            throw new ScanException(Code.JOB_FAILED);
        }
    }

    /** In this order: the folder can be named only while access is on, and nothing can be changed after the lock. */
    private static List<String> settings(Path folder) {
        return List.of(
                "SET allowed_directories = [" + ScanQuery.path(folder) + "]",
                "SET enable_external_access = false",
                "SET memory_limit = '" + MEMORY_MAX + "'",
                "SET threads = 1",
                "SET max_temp_directory_size = '0KB'",
                "SET autoinstall_known_extensions = false",
                "SET autoload_known_extensions = false",
                "SET allow_community_extensions = false",
                "SET enable_logging = false",
                "SET lock_configuration = true");
    }
}
