package io.tamis.catalog.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Stream;

/** Parquet files for tests, written by DuckDB. */
public final class ParquetFiles {
    private ParquetFiles() {}

    /** The rows of a query, written with these options of DuckDB's COPY, for example {@code COMPRESSION zstd}. */
    public static byte[] of(String query, String... options) throws IOException {
        return copied(
                query,
                String.join(
                        ", ",
                        Stream.concat(Stream.of("FORMAT parquet"), Stream.of(options))
                                .toList()));
    }

    /** The same rows as CSV. */
    public static byte[] csvOf(String query) throws IOException {
        return copied(query, "FORMAT csv, HEADER");
    }

    private static byte[] copied(String query, String options) throws IOException {
        Path file = Files.createTempFile("tamis-test", ".copy");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("SET timezone = 'UTC'");
            statement.execute("SET threads = 1");
            statement.execute("COPY (" + query + ") TO '" + file + "' (" + options + ")");
            return Files.readAllBytes(file);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
