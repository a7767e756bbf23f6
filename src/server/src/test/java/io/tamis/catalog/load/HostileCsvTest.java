package io.tamis.catalog.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.Dataset;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fixtures {@code hostile-csv/<attack>/<case>}: an upload, and the code, line and column it must be refused with. */
final class HostileCsvTest {
    private static final Dataset DECLARED = Declared.dataset("d")
            .rowsMax(3)
            .unit("ACCOUNT_ID")
            .amount("amount", 2)
            .coded("category", "books", "food")
            .secret("brand", 3)
            .date("day", "1997-01-01", "1997-12-31")
            .build();

    private static final byte[] GOOD =
            "buyer,amount,category,brand,day\nu1,1.00,books,acme,1997-01-01\nu2,,,\"a,\"\"b\",\n"
                    .getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path temporary;

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.walk(fixtures())) {
            return files.filter(file -> file.endsWith("upload.csv"))
                    .map(file -> fixtures().relativize(file.getParent()).toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void upload_hostile_isRefusedByLineAndColumnOnly(String name) throws IOException {
        byte[] upload = Files.readAllBytes(fixtures().resolve(name).resolve("upload.csv"));
        String[] expected = Files.readString(fixtures().resolve(name).resolve("expected"))
                .strip()
                .split(" ", -1);
        var refused = assertThrows(LoadException.class, () -> load("a", upload));
        assertEquals(Code.valueOf(expected[0]), refused.code());
        assertEquals(Long.parseLong(expected[1]), refused.line().orElseThrow());
        assertEquals(expected[2], refused.column().map(Object::toString).orElse("-"));
        assertNoValue(refused);
    }

    @Test
    void upload_good_isTaken() throws IOException {
        assertEquals(2, load("a", GOOD).rows());
    }

    @Test
    void upload_byteOrderMarkBeforeTheHeader_isTaken() throws IOException {
        byte[] marked = new byte[GOOD.length + 3];
        marked[0] = (byte) 0xEF;
        marked[1] = (byte) 0xBB;
        marked[2] = (byte) 0xBF;
        System.arraycopy(GOOD, 0, marked, 3, GOOD.length);
        assertEquals(load("a", GOOD).contentHash(), load("b", marked).contentHash());
    }

    @Test
    void upload_formulaInAPlainString_isJustAString() throws IOException {
        byte[] upload = "buyer,amount,category,brand,day\n=1+1,,,@SUM(A1),\n".getBytes(StandardCharsets.UTF_8);
        assertEquals(1, load("a", upload).rows());
    }

    @Test
    void upload_tenThousandMutations_areTakenOrRefused() throws IOException {
        long seed = 20_261_124;
        var random = new SplittableRandom(seed);
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] mutant = GOOD.clone();
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            try {
                new ReadOnly().read(mutant);
            } catch (LoadException named) {
                refused++;
                assertEquals(Code.BAD_ROW, named.code(), "seed " + seed);
            }
        }
        assertTrue(refused > 5_000, "seed " + seed);
    }

    /** Parsing alone: the fuzzer needs no files. */
    private static final class ReadOnly {
        void read(byte[] csv) throws IOException {
            var layout = RowLayout.of(DECLARED);
            var readers = DECLARED.columns().stream()
                    .map(column -> RowLayout.isScanned(column)
                            ? FieldReader.ofScan(column, java.util.Optional.of(new Dictionary(column, 100)))
                            : FieldReader.ofSealed(column))
                    .toList();
            assertEquals(4, layout.scanned().size());
            CsvRows.read(new java.io.ByteArrayInputStream(csv), 0, DECLARED, new CsvRows.Sink() {
                @Override
                public boolean field(int position, char[] text, int from, int length) {
                    return readers.get(position).read(text, from, length) != FieldReader.BAD;
                }

                @Override
                public void endRow(long line) {
                    assertTrue(line > 1);
                }
            });
        }
    }

    private CsvImport.Imported load(String folder, byte[] csv) throws IOException {
        return Uploads.load(DECLARED, temporary.resolve(folder), csv, Uploads.EFFORT);
    }

    /** Neither what a caller sees nor what our log would print holds anything of a row. */
    private static void assertNoValue(LoadException refused) {
        var printed = new StringWriter();
        refused.printStackTrace(new PrintWriter(printed, true));
        String all = printed + refused.members().canonical();
        for (String value : List.of("acme", "1.00", "books", "1997-01", "u1", "u2", "xxxx", "HYPERLINK", "1381111")) {
            assertFalse(all.contains(value), "a value is shown");
        }
        assertEquals(null, refused.getCause());
    }

    private static Path fixtures() {
        try {
            return Path.of(Objects.requireNonNull(HostileCsvTest.class.getResource("/hostile-csv"))
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
