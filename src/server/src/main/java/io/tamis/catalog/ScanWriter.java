package io.tamis.catalog;

import io.tamis.data.Column;
import io.tamis.data.ColumnType;
import io.tamis.data.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * Writes the Parquet file of one bucket through a DuckDB of its own: rows are appended in their final order and copied
 * out as they came. DuckDB's memory is bounded; what exceeds it goes to the import's own temporary folder. Nothing but
 * our SQL reaches it, its file access ends at that folder and the scan folder, extensions are off.
 */
final class ScanWriter implements AutoCloseable {
    private static final String MEMORY_MAX = "128MB";

    private final List<Column> columns;
    private final Path file;
    private final DuckDBConnection connection;
    private final DuckDBAppender appender;
    private long rows;
    private long firstUnit;
    private long lastUnit;

    /** A writer of this file, whose folder exists. */
    ScanWriter(List<Column> columns, Path file, Path temporary) {
        this.columns = columns;
        this.file = file;
        try {
            connection = open(file.toAbsolutePath().getParent(), temporary.toAbsolutePath());
            try (var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE scan(" + RowLayout.UNIT_NO + " BIGINT NOT NULL" + declared() + ")");
            }
            appender = connection.createAppender("scan");
        } catch (SQLException unexpected) {
            throw CatalogException.ofDuckDb(unexpected);
        }
    }

    /** Appends a row: its values lie at {@code at}; {@code codes} gives the final code of a dictionary's number. */
    void row(long unit, ByteBuffer row, int at, int[][] codes) {
        try {
            appender.beginRow().append(unit);
            for (int i = 0; i < columns.size(); i++) {
                value(columns.get(i), row.getLong(at + i * Long.BYTES), codes[i]);
            }
            appender.endRow();
        } catch (SQLException unexpected) {
            throw CatalogException.ofDuckDb(unexpected);
        }
        firstUnit = rows == 0 ? unit : firstUnit;
        lastUnit = unit;
        rows++;
    }

    /** Writes the file durably and says what it is. */
    ScanFile finish(int bucket) throws IOException {
        try (var statement = connection.createStatement()) {
            appender.close();
            statement.execute("COPY scan TO " + quoted(file) + " (FORMAT parquet, COMPRESSION zstd)");
        } catch (SQLException unexpected) {
            throw CatalogException.ofDuckDb(unexpected);
        }
        VersionFolder.force(file);
        return new ScanFile(bucket, file.getFileName().toString(), sha256(file), rows, firstUnit, lastUnit);
    }

    @Override
    public void close() {
        try (connection) {
            appender.close();
        } catch (SQLException unexpected) {
            throw CatalogException.ofDuckDb(unexpected);
        }
    }

    /** SHA-256 of a file. */
    static Hash sha256(Path file) throws IOException {
        var digest = Hash.newSha256();
        try (InputStream in = Files.newInputStream(file)) {
            var buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return Hash.of(digest.digest());
    }

    private void value(Column column, long value, int[] codes) throws SQLException {
        boolean none = value == FieldReader.NULL;
        if (RowLayout.isCoded(column)) {
            int number = none ? 0 : (int) value;
            appender.append(codes.length == 0 ? number : codes[number]);
        } else if (none) {
            appender.appendNull();
        } else if (column.type() == ColumnType.DATE) {
            appender.append((int) value);
        } else {
            appender.append(value);
        }
    }

    private String declared() {
        return columns.stream()
                .map(column -> ", \"" + column.name() + "\" "
                        + (RowLayout.isCoded(column) || column.type() == ColumnType.DATE ? "INTEGER" : "BIGINT"))
                .collect(Collectors.joining());
    }

    private static DuckDBConnection open(Path scan, Path temporary) throws SQLException {
        // No instance cache: an in-memory database of one's own.
        var connection = (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
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
            return connection;
        } catch (SQLException unexpected) {
            connection.close();
            throw unexpected;
        }
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }
}
