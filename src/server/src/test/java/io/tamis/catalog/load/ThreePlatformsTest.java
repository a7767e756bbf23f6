package io.tamis.catalog.load;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.load.LoadResult;
import io.tamis.policy.load.PolicyLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The synthetic sample under its declarations, through the real importer; rows and persons are those of its datasheet. */
final class ThreePlatformsTest {
    private static final Path ROOT = Path.of("../..");
    private static final PolicyBundle BUNDLE = assertInstanceOf(
                    LoadResult.Loaded.class, PolicyLoader.load(ROOT.resolve("policies")))
            .bundle();

    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({
        "brand-members, 2022, 2022",
        "messenger-exposures, 37811, 5906",
        "messenger-users, 7437, 7437",
        "orders, 8793, 2811",
        "shop-users, 6427, 6427",
        "touchpoints, 7809, 2492",
        "video-exposures, 35580, 5030",
        "video-users, 6078, 6078"
    })
    void sample_underItsDeclaration_loads(String dataset, long rows, long persons) throws IOException, SQLException {
        var declared = BUNDLE.datasets().get(new DatasetId(dataset));
        Path folder = temporary.resolve(dataset);
        Path file = ROOT.resolve("sandbox-datasets/three-platforms/" + dataset + ".csv");
        assertEquals(
                rows,
                Uploads.load(declared, folder, uploaded(file, declared), Effort.DEFAULT)
                        .rows());
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var result = statement.executeQuery(
                        "SELECT count(*), count(DISTINCT unit_no) FROM '" + folder.resolve("scan") + "/*.parquet'")) {
            result.next();
            assertEquals(rows, result.getLong(1));
            assertEquals(persons, result.getLong(2));
        }
    }

    /** A platform's own file, as its command line sends it; no field of the sample is quoted. */
    private static byte[] uploaded(Path file, Dataset declared) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> carried = declared.uploaded().columns().stream()
                .map(column -> column.name().value())
                .toList();
        List<String> header = List.of(lines.getFirst().split(","));
        return lines.stream()
                .map(line -> line.split(",", -1))
                .map(fields -> IntStream.range(0, fields.length)
                        .filter(field -> carried.contains(header.get(field)))
                        .mapToObj(field -> fields[field])
                        .collect(joining(",", "", "\n")))
                .collect(joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void sample_asThePlatformKeepsIt_isRefusedByTheNameOfTheTag() throws IOException {
        var declared = BUNDLE.datasets().get(new DatasetId("shop-users"));
        byte[] csv = Files.readAllBytes(ROOT.resolve("sandbox-datasets/three-platforms/shop-users.csv"));
        var refused = assertThrows(
                LoadException.class, () -> Uploads.load(declared, temporary.resolve("refused"), csv, Effort.DEFAULT));
        assertEquals(Code.BAD_ROW, refused.code());
        assertEquals("{\"column\":\"friends\",\"line\":1}", refused.members().canonical());
    }
}
