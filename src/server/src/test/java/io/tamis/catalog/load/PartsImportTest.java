package io.tamis.catalog.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.crypto.SystemRandom;
import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.ColumnType;
import io.tamis.data.Dataset;
import io.tamis.data.Level;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Part files together are one version, as if they were one file. */
final class PartsImportTest {
    private static final Dataset ORDERS = Declared.dataset("orders")
            .rowsMax(3)
            .rowCapacity(500)
            .unit("CN_MOBILE")
            .amount("amount", 2)
            .secret("brand", 4)
            .sealed("friends", ColumnType.INTEGER, Level.L4)
            .build();

    private static final String HEADER = "buyer,amount,brand,friends\n";

    @TempDir
    Path temporary;

    private int folders;

    @Test
    void contentHash_rowsCutIntoPartsAnywhere_isThatOfOneFile() throws IOException {
        var random = new SplittableRandom(20_261_126);
        var all = new StringBuilder();
        var rows = new ArrayList<String>();
        for (int i = 0; i < 300; i++) {
            rows.add("138%08d,%d.5,brand-%d,%d\n".formatted(i % 120, i, i % 4, i));
            all.append(rows.getLast());
        }
        var whole = Uploads.load(ORDERS, temporary.resolve("whole"), HEADER + all);
        for (int run = 0; run < 5; run++) {
            var zip = new Zips();
            int part = 0;
            for (int from = 0, to; from < rows.size(); from = to) {
                to = Math.min(rows.size(), from + random.nextInt(0, 90));
                String text = HEADER + String.join("", rows.subList(from, to));
                zip.part("part-%05d.csv".formatted(part++), text.getBytes(StandardCharsets.UTF_8));
            }
            var cut = load("cut" + run, zip.bytes());
            assertEquals(whole.contentHash(), cut.contentHash());
            assertEquals(300, cut.rows());
        }
    }

    @Test
    void contentHash_partsInAnotherOrder_isAnotherWhenAPersonsRowsChangePlaces() throws IOException {
        String one = HEADER + "13800000001,1,,\n";
        String two = HEADER + "13800000001,2,,\n";
        assertNotEquals(
                load("a", Zips.of("a.csv", one, "b.csv", two)).contentHash(),
                load("b", Zips.of("b.csv", two, "a.csv", one)).contentHash());
    }

    @Test
    void columns_inAnotherOrderPerPart_areTheSameRows() throws IOException {
        String other = "friends,brand,amount,buyer\n7,acme,2,13800000001\n";
        assertEquals(
                Uploads.load(ORDERS, temporary.resolve("a"), HEADER + "13800000001,1,acme,\n13800000001,2,acme,7\n")
                        .contentHash(),
                load("b", Zips.of("a.csv", HEADER + "13800000001,1,acme,\n", "b.csv", other))
                        .contentHash());
    }

    @Test
    void badRow_ofAPart_isNamedByPartLineAndColumn() throws IOException {
        String good = HEADER + "13800000001,1,,\n";
        var refused = refused(Zips.of("a.csv", good, "b.csv", HEADER + "13800000002,1,,\n13800000003,4x7,,\n"));
        assertEquals(Code.BAD_ROW, refused.code());
        assertEquals(OptionalInt.of(2), refused.part());
        assertEquals(OptionalLong.of(3), refused.line());
        assertEquals(Optional.of(new ColumnName("amount")), refused.column());
        assertEquals(
                "{\"column\":\"amount\",\"line\":3,\"part\":2}",
                refused.members().canonical());
    }

    @Test
    void part_withoutHeader_isABadRowOfThatPart() throws IOException {
        String good = HEADER + "13800000001,1,,\n";
        for (String bad : new String[] {"", "13800000002,1,,\n"}) {
            var refused = refused(Zips.of("a.csv", good, "b.csv", bad));
            assertEquals(Code.BAD_ROW, refused.code());
            assertEquals(OptionalInt.of(2), refused.part());
            assertEquals(OptionalLong.of(1), refused.line());
        }
    }

    @Test
    void person_moreRowsThanDeclaredOverAllParts_isTheFirstRowTooMany() throws IOException {
        String two = HEADER + "13800000001,1,,\n13800000001,2,,\n";
        var refused = refused(Zips.of("a.csv", two, "b.csv", two));
        assertEquals(Code.BAD_ROW, refused.code());
        assertEquals(OptionalInt.of(2), refused.part());
        assertEquals(OptionalLong.of(3), refused.line());
        assertEquals(Optional.of(new ColumnName("buyer")), refused.column());
    }

    /** What is counted is counted over the upload, not over a part. */
    @Test
    void capacities_overAllParts_areThoseOfOneFile() throws IOException {
        String threeBrands = HEADER + "13800000001,,a,\n13800000001,,b,\n13800000001,,c,\n";
        String twoBrands = HEADER + "13800000002,,d,\n13800000002,,e,\n";
        var refused = refused(Zips.of("a.csv", threeBrands, "b.csv", twoBrands));
        assertEquals(Code.BAD_ROW, refused.code());
        assertEquals(OptionalLong.of(3), refused.line());
        assertEquals(OptionalInt.of(2), refused.part());
        var zip = new Zips();
        for (int i = 0; i < 501; i++) {
            zip.part(i + ".csv", (HEADER + "138%08d,,,\n".formatted(i)).getBytes(StandardCharsets.UTF_8));
        }
        byte[] many = zip.bytes();
        assertEquals(Code.TOO_LARGE, refused(many).code());
    }

    @Test
    void spill_whileAZipIsRead_holdsNoIdentifier() throws IOException {
        var wide =
                Declared.dataset("orders").rowsMax(1_000_000).unit("CN_MOBILE").build();
        Path folder = Files.createDirectory(temporary.resolve("a"));
        byte[] part = ("buyer\n" + "13811112222\n".repeat(10_000)).getBytes(StandardCharsets.UTF_8);
        byte[] zip = new Zips().part("a.csv", part).stored("b.csv", part).bytes();
        try (var load = new CsvImport(wide, folder, new InsecureTestKeys(), new SystemRandom(), Uploads.EFFORT)) {
            load.read(new ByteArrayInputStream(zip), UploadKind.ZIP, 1 << 20);
            for (Path file : Uploads.files(folder)) {
                assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains("13811112222"));
            }
        }
    }

    private CsvImport.Imported load(String folder, byte[] zip) throws IOException {
        return Uploads.load(ORDERS, temporary.resolve(folder), zip, UploadKind.ZIP);
    }

    private LoadException refused(byte[] zip) {
        return assertThrows(LoadException.class, () -> load("refused" + folders++, zip));
    }
}
