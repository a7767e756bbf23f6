package io.tamis.catalog.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Code;
import io.tamis.data.ColumnType;
import io.tamis.data.Dataset;
import io.tamis.data.Level;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of other writers than DuckDB ({@code parquet/fixtures.py}): pages of version 2, required columns, all DELTAs. */
final class ForeignParquetTest {
    private static final Dataset DECLARED = Declared.dataset("d")
            .rowsMax(1_000)
            .rowCapacity(1_000)
            .unit("ACCOUNT_ID")
            .amount("amount", 2)
            .amount("pieces", 0)
            .secret("brand", 1_000)
            .date("day", "1997-01-01", "1998-12-31")
            .plain("at", ColumnType.TIMESTAMP)
            .plain("paid", ColumnType.BOOLEAN)
            .sealed("friends", ColumnType.INTEGER, Level.L4)
            .build();

    @TempDir
    Path temporary;

    static List<String> taken() throws IOException {
        try (Stream<Path> files = Files.list(fixtures())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".parquet") && !name.startsWith("refused-"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("taken")
    void contentHash_ofAFixture_isThatOfItsCsv(String name) throws IOException {
        byte[] csv = Files.readAllBytes(fixtures().resolve(name.substring(0, name.indexOf('-')) + ".csv"));
        byte[] parquet = Files.readAllBytes(fixtures().resolve(name));
        var expected = Uploads.load(DECLARED, temporary.resolve("csv"), csv, UploadKind.CSV);
        var read = Uploads.load(DECLARED, temporary.resolve("parquet"), parquet, UploadKind.PARQUET);
        assertEquals(300, read.rows());
        assertEquals(expected.contentHash(), read.contentHash());
    }

    @Test
    void bytesSplitIntoStreams_areNotRead() throws IOException {
        assertEquals(Code.INVALID_REQUEST, refused("refused-split.parquet").code());
    }

    @Test
    void timestampsOf96Bits_areRefusedByName() throws IOException {
        var refused = refused("refused-int96.parquet");
        assertEquals(Code.BAD_ROW, refused.code());
        assertEquals("at", refused.column().orElseThrow().value());
    }

    @ParameterizedTest
    @MethodSource("taken")
    void fixture_fiveHundredBitFlips_isTakenOrRefused(String name) throws IOException {
        byte[] good = Files.readAllBytes(fixtures().resolve(name));
        long seed = 20_261_128;
        var random = new SplittableRandom(seed);
        var system = new SystemRandom();
        int refused = 0;
        try (var spill = Spill.create(temporary, SecretBytes.random(32, system), system)) {
            var trial = new ParquetTrial(DECLARED, spill);
            assertEquals(Optional.empty(), trial.refused(good, 1 << 20));
            for (int i = 0; i < 500; i++) {
                byte[] mutant = good.clone();
                for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
                    mutant[random.nextInt(mutant.length)] ^= (byte) (1 << random.nextInt(8));
                }
                refused += trial.refused(mutant, 1 << 20).isPresent() ? 1 : 0;
            }
        }
        assertTrue(refused > 100, "seed " + seed + ", refused " + refused);
    }

    private LoadException refused(String name) throws IOException {
        byte[] file = Files.readAllBytes(fixtures().resolve(name));
        return assertThrows(
                LoadException.class,
                () -> Uploads.load(DECLARED, temporary.resolve("refused"), file, UploadKind.PARQUET));
    }

    private static Path fixtures() {
        try {
            return Path.of(Objects.requireNonNull(ForeignParquetTest.class.getResource("/parquet"))
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
