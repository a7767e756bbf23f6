package io.tamis.catalog.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.sandbox.ScanFixture;
import io.tamis.sandbox.ScanFixture.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a statement could do if one that is not ours ever got through. */
class HardenedDuckDbTest {
    @TempDir
    Path root;

    private Path scan;
    private Connection connection;

    @BeforeEach
    void open() throws IOException {
        scan = Files.createDirectory(root.resolve("scan")).toRealPath();
        Files.createDirectory(root.resolve("sealed"));
        Files.writeString(root.resolve("sealed").resolve("secret.csv"), "phone\n13800000000\n");
        Files.createDirectory(root.resolve("scan-of-another"));
        Files.writeString(root.resolve("scan-of-another").resolve("secret.csv"), "phone\n13800000000\n");
        ScanFixture.file(scan, 0, List.of(Row.of(1)));
        connection = HardenedDuckDb.open(scan);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void connection_readsItsOwnFolder() throws SQLException {
        assertTrue(runs("SELECT unit_no FROM read_parquet('" + scan.resolve("part-00000.parquet") + "')"));
    }

    /** The statements below are denied, not merely misspelt: without the hardening these run. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_text('/etc/hostname')",
                "SELECT * FROM glob('/etc/*')",
                "SELECT * FROM read_csv('SCAN/../sealed/secret.csv')",
                "SELECT * FROM read_text('ROOT/sealed/secret.csv')",
                "SELECT * FROM read_csv('ROOT/scan-of-another/secret.csv')",
                "ATTACH 'ROOT/other.db' AS other",
                "COPY (SELECT 1) TO 'ROOT/out.csv'",
                "SET allowed_directories = ['/']",
                "SET memory_limit = '64GB'",
                "SET enable_logging = true",
                "PRAGMA threads = 4"
            })
    void statement_withoutHardening_runs(String statement) throws SQLException {
        connection.close();
        connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        assertTrue(runs(statement.replace("SCAN", scan.toString()).replace("ROOT", root.toString())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_csv('/etc/passwd')",
                "SELECT * FROM read_text('/etc/hostname')",
                "SELECT * FROM read_blob('/etc/hostname')",
                "SELECT * FROM '/etc/passwd'",
                "SELECT * FROM glob('/etc/*')",
                "SELECT * FROM read_csv('SCAN/../sealed/secret.csv')",
                "SELECT * FROM read_text('SCAN/../sealed/secret.csv')",
                "SELECT * FROM read_csv('ROOT/sealed/secret.csv')",
                "SELECT * FROM read_csv('ROOT/scan-of-another/secret.csv')",
                "SELECT * FROM read_json('http://127.0.0.1/x.json')",
                "SELECT * FROM read_parquet('s3://bucket/x.parquet')",
                "ATTACH 'ROOT/other.db' AS other",
                "ATTACH ':memory:' AS other; ATTACH '/tmp/x.db'",
                "COPY (SELECT 1) TO 'ROOT/out.csv'",
                "COPY (SELECT 1) TO '/tmp/out.csv'",
                "EXPORT DATABASE 'ROOT/dump'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "LOAD 'ROOT/evil.duckdb_extension'",
                "CREATE SECRET (TYPE s3, KEY_ID 'a', SECRET 'b')"
            })
    void statement_beyondTheFolder_isDenied(String statement) {
        assertFalse(runs(statement.replace("SCAN", scan.toString()).replace("ROOT", root.toString())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET enable_external_access = true",
                "RESET enable_external_access",
                "SET allowed_directories = ['/']",
                "SET allowed_paths = ['/etc/passwd']",
                "SET memory_limit = '64GB'",
                "SET threads = 8",
                "SET lock_configuration = false",
                "RESET lock_configuration",
                "SET max_temp_directory_size = '10GB'",
                "SET temp_directory = '/tmp'",
                "SET autoload_known_extensions = true",
                "SET autoinstall_known_extensions = true",
                "SET allow_community_extensions = true",
                "SET enable_logging = true",
                "SET GLOBAL threads = 4",
                "PRAGMA threads = 4"
            })
    void configuration_afterTheLock_isDenied(String statement) {
        assertFalse(runs(statement));
    }

    /** A query that would run for ever, ended by the limit of whole seconds that JDBC has. */
    @Test
    void query_overItsTimeout_isEnded() throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range * b.range % 7 = 3")) {
            statement.setQueryTimeout(1);
            assertThrows(SQLException.class, () -> {
                try (var rows = statement.executeQuery()) {
                    rows.next();
                }
            });
        }
    }

    @Test
    void path_withAPattern_isRefused() {
        for (String name : List.of("a*b", "a?b", "a[b", "a{b")) {
            assertEquals(
                    Code.INTERNAL,
                    assertThrows(ScanException.class, () -> ScanQuery.path(Path.of("/data", name)))
                            .code());
        }
        assertEquals("'/data/o''brien'", ScanQuery.path(Path.of("/data/o'brien")));
    }

    private boolean runs(String text) {
        try (var statement = connection.createStatement()) {
            boolean rows = statement.execute(text);
            return !rows || statement.getResultSet().next();
        } catch (SQLException denied) {
            return false;
        }
    }
}
