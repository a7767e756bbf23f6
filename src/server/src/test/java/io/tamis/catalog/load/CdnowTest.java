package io.tamis.catalog.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.policy.load.LoadResult;
import io.tamis.policy.load.PolicyLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration's data under the demonstration's declaration; the numbers are those of its datasheet. */
final class CdnowTest {
    private static final Path ROOT = Path.of("../..");

    @TempDir
    Path temporary;

    @Test
    void sample_underItsDeclaration_loadsWithTheSumsOfItsDatasheet() throws IOException, SQLException {
        Path folder = temporary.resolve("cdnow");
        var imported = load(folder);
        assertEquals(6_919, imported.rows());
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var result =
                        statement.executeQuery("SELECT count(*), count(DISTINCT unit_no), sum(amount_usd), min(cds),"
                                + " max(cds), min(purchased_on), max(purchased_on) FROM '" + folder.resolve("scan")
                                + "/*.parquet'")) {
            result.next();
            assertEquals(6_919, result.getLong(1));
            assertEquals(2_357, result.getLong(2));
            assertEquals(24_409_194, result.getLong(3));
            assertEquals(1, result.getLong(4));
            assertEquals(40, result.getLong(5));
            assertEquals(9_862, result.getLong(6));
            assertEquals(10_407, result.getLong(7));
        }
    }

    @Test
    void sample_storedVersion_opensAndIsRefusedWhenOneByteChanged() throws IOException {
        Path folder = temporary.resolve("cdnow");
        Hash hash = load(folder).contentHash();
        assertEquals(64, StoredVersion.open(folder, declared(), hash).files().size());
        Path file = Uploads.files(folder.resolve("scan")).getFirst();
        byte[] bytes = Files.readAllBytes(file);
        bytes[100] ^= 1;
        Files.write(file, bytes);
        assertThrows(LoadException.class, () -> StoredVersion.open(folder, declared(), hash));
    }

    private static CsvImport.Imported load(Path folder) throws IOException {
        byte[] csv = Files.readAllBytes(ROOT.resolve("sandbox-datasets/cdnow/purchases.csv"));
        return Uploads.load(declared(), folder, csv, Effort.DEFAULT);
    }

    private static Dataset declared() {
        var loaded = assertInstanceOf(LoadResult.Loaded.class, PolicyLoader.load(ROOT.resolve("policies")));
        return loaded.bundle().datasets().get(new DatasetId("cdnow"));
    }
}
