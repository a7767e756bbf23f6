package io.tamis.catalog.load;

import io.tamis.data.Column;
import io.tamis.data.ColumnType;
import io.tamis.data.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Writes the Parquet file of one bucket: rows are appended in their final order and copied out as they came. */
final class ScanWriter implements AutoCloseable {
    private final List<Column> columns;
    private final Path file;
    private final DuckDBConnection connection;
    private final DuckDBAppender appender;
    private long rows;
    private long firstUnit;
    private long lastUnit;

    /** A writer of this file, whose folder exists. */
    ScanWriter(List<Column> columns, Path file, ScanDatabase database) {
        this.columns = columns;
        this.file = file;
        this.connection = database.connection();
        try {
            try (var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE scan(" + RowLayout.UNIT_NO + " BIGINT NOT NULL" + declared() + ")");
            }
            appender = connection.createAppender("scan");
        } catch (SQLException unexpected) {
            throw LoadException.ofDuckDb(unexpected);
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
            throw LoadException.ofDuckDb(unexpected);
        }
        firstUnit = rows == 0 ? unit : firstUnit;
        lastUnit = unit;
        rows++;
    }

    /** Writes the file durably and says what it is. */
    BucketFile finish(int bucket) throws IOException {
        try (var statement = connection.createStatement()) {
            appender.close();
            statement.execute("COPY scan TO " + ScanDatabase.quoted(file) + " (FORMAT parquet, COMPRESSION zstd)");
        } catch (SQLException unexpected) {
            throw LoadException.ofDuckDb(unexpected);
        }
        VersionFolder.force(file);
        return new BucketFile(bucket, file.getFileName().toString(), sha256(file), rows, firstUnit, lastUnit);
    }

    /** Leaves the database as it was. */
    @Override
    public void close() {
        try (var statement = connection.createStatement()) {
            appender.close();
            statement.execute("DROP TABLE scan");
        } catch (SQLException unexpected) {
            throw LoadException.ofDuckDb(unexpected);
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
}
