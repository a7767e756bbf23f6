package io.tamis.catalog.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Code;
import io.tamis.data.ColumnType;
import io.tamis.data.Dataset;
import io.tamis.data.Hash;
import io.tamis.data.Level;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvImportTest {
    private static final Dataset ORDERS = Declared.dataset("orders")
            .unit("CN_MOBILE")
            .amount("amount", 2)
            .coded("category", "books", "food")
            .secret("brand", 1_000)
            .date("day", "1997-01-01", "1998-06-30")
            .sealed("friends", ColumnType.INTEGER, Level.L4)
            .build();

    private static final String HEADER = "buyer,amount,category,brand,day,friends\n";

    @TempDir
    Path temporary;

    @Test
    void rows_ofAllTypes_areCodedAsTheContractSays() throws IOException, SQLException {
        Path folder = temporary.resolve("a");
        load(folder, HEADER + "13800000001,29.33,food,acme,1997-01-01,3\n13800000001,-1,,,,\n");
        assertEquals(
                List.of("2933,2,1,9862", "-100,0,0,null"),
                Uploads.scanned(folder).stream()
                        .map(row -> row.substring(row.indexOf(',') + 1))
                        .toList());
    }

    @Test
    void person_allRows_haveOneUnitInTheirBucketsFile() throws IOException {
        var csv = new StringBuilder(HEADER);
        for (int i = 0; i < 2_000; i++) {
            csv.append("138%08d,1,,,,\n".formatted(i % 700));
        }
        var files = files(temporary.resolve("a"), csv.toString());
        assertEquals(64, files.size());
        assertEquals(2_000, files.stream().mapToLong(BucketFile::rows).sum());
        long persons = files.stream()
                .mapToLong(file -> file.lastUnit() - file.firstUnit() + 1)
                .sum();
        assertEquals(700, persons);
        for (var file : files) {
            assertEquals(1, file.firstUnit() & ((1L << BucketFile.SERIAL_BITS) - 1));
            assertEquals(
                    file.sha256(), ScanWriter.sha256(temporary.resolve("a/scan").resolve(file.name())));
        }
    }

    @Test
    void upload_randomRows_equalsTheNaiveGrouping() throws IOException, SQLException {
        long seed = 42;
        var random = new SplittableRandom(seed);
        var csv = new StringBuilder(HEADER);
        Map<String, List<String>> expected = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            String buyer = "139%08d".formatted(random.nextInt(400));
            String amount = random.nextInt(10) == 0 ? "" : String.valueOf(random.nextInt(-500, 500));
            String category = List.of("", "books", "food").get(random.nextInt(3));
            csv.append(String.join(",", buyer, amount, category, "", "", "")).append('\n');
            String minor = amount.isEmpty() ? "null" : String.valueOf(Integer.parseInt(amount) * 100);
            int code = List.of("", "books", "food").indexOf(category);
            expected.computeIfAbsent(buyer, key -> new ArrayList<>()).add(minor + "," + code + ",0,null");
        }
        Path folder = temporary.resolve("a");
        load(folder, csv.toString());
        var persons = new TreeMap<Long, List<String>>();
        long last = 0;
        for (String row : Uploads.scanned(folder)) {
            long unit = Long.parseLong(row.substring(0, row.indexOf(',')));
            assertTrue(unit >= last, "seed " + seed);
            last = unit;
            persons.computeIfAbsent(unit, key -> new ArrayList<>()).add(row.substring(row.indexOf(',') + 1));
        }
        assertEquals(sorted(expected.values().stream()), sorted(persons.values().stream()), "seed " + seed);
    }

    @Test
    void contentHash_sameUpload_isTheSame() throws IOException {
        String csv = HEADER + "13800000001,1,food,acme,,7\n13800000002,2,books,zeta,,\n";
        var first = load(temporary.resolve("a"), csv);
        assertEquals(first.contentHash(), load(temporary.resolve("b"), csv).contentHash());
        String otherSpelling = "friends,day,brand,category,amount,buyer\r\n"
                + "7,,\"acme\",food,1.00,+86 138-0000-0001\r\n,,zeta,books,2.0,13800000002";
        assertEquals(
                first.contentHash(), load(temporary.resolve("c"), otherSpelling).contentHash());
    }

    @Test
    void contentHash_anyOtherValue_isAnother() throws IOException {
        String row = "13800000001,1,food,acme,1997-01-01,7";
        var hashes = new ArrayList<Hash>();
        hashes.add(load(temporary.resolve("0"), HEADER + row).contentHash());
        String[] others = {
            "13800000002,1,food,acme,1997-01-01,7",
            "13800000001,2,food,acme,1997-01-01,7",
            "13800000001,1,books,acme,1997-01-01,7",
            "13800000001,1,food,beta,1997-01-01,7",
            "13800000001,1,food,acme,1997-01-02,7",
            "13800000001,1,food,acme,1997-01-01,8",
            "13800000001,1,food,acme,1997-01-01,"
        };
        for (String other : others) {
            hashes.add(load(temporary.resolve(String.valueOf(hashes.size())), HEADER + other)
                    .contentHash());
        }
        assertEquals(hashes.size(), hashes.stream().distinct().count());
    }

    @Test
    void dictionaryCodes_otherOrderOfRows_areTheSame() throws IOException, SQLException {
        var rows = new ArrayList<String>();
        for (int i = 0; i < 50; i++) {
            rows.add("138%08d,%d,,brand-%d,,".formatted(i, i, i));
        }
        load(temporary.resolve("a"), HEADER + String.join("\n", rows));
        load(temporary.resolve("b"), HEADER + String.join("\n", rows.reversed()));
        assertEquals(Uploads.scanned(temporary.resolve("a")), Uploads.scanned(temporary.resolve("b")));
    }

    @Test
    void bucket_dealtAgainInSmallLeaves_isWrittenTheSame() throws IOException {
        var csv = new StringBuilder("buyer,n\n");
        for (int i = 0; i < 3_000; i++) {
            csv.append("u%d,%d\n".formatted(i % 1_100, i));
        }
        var dataset = Declared.dataset("d")
                .rowsMax(4)
                .unit("ACCOUNT_ID")
                .amount("n", 0)
                .build();
        byte[] bytes = csv.toString().getBytes(StandardCharsets.UTF_8);
        var whole = Uploads.load(dataset, temporary.resolve("a"), bytes, Uploads.EFFORT);
        var small = new Effort(1, 4, 400);
        assertEquals(
                whole.contentHash(),
                Uploads.load(dataset, temporary.resolve("b"), bytes, small).contentHash());
    }

    @Test
    void person_moreRowsThanDeclared_isTheFirstRowTooMany() throws IOException {
        var dataset = Declared.dataset("d")
                .rowsMax(2)
                .unit("ACCOUNT_ID")
                .amount("n", 0)
                .build();
        String csv = "buyer,n\na,1\nb,1\na,2\nb,2\nb,3\na,3\n";
        for (var effort : List.of(Effort.DEFAULT, new Effort(2, 2, 1 << 20))) {
            Path folder = temporary.resolve("rows" + effort.leafRowsMax());
            var bad = assertThrows(
                    LoadException.class,
                    () -> Uploads.load(dataset, folder, csv.getBytes(StandardCharsets.UTF_8), effort));
            assertEquals(Code.BAD_ROW, bad.code());
            assertEquals("buyer", bad.column().orElseThrow().value());
            assertTrue(bad.line().orElseThrow() == 6 || effort.leafRowsMax() == 2);
        }
    }

    @Test
    void upload_moreRowsThanCapacity_isTooLarge() throws IOException {
        var dataset = Declared.dataset("d").rowCapacity(2).unit("ACCOUNT_ID").build();
        assertEquals(
                2,
                Uploads.load(dataset, temporary.resolve("a"), "buyer\na\nb\n").rows());
        var refused = assertThrows(
                LoadException.class, () -> Uploads.load(dataset, temporary.resolve("b"), "buyer\na\nb\nc\n"));
        assertEquals(Code.TOO_LARGE, refused.code());
    }

    @Test
    void upload_headerOnly_isAVersionWithoutRows() throws IOException, SQLException {
        assertEquals(0, load(temporary.resolve("a"), HEADER).rows());
        assertEquals(List.of(), Uploads.scanned(temporary.resolve("a")));
    }

    @Test
    void upload_withoutUnit_isRefused() {
        var declared = Declared.dataset("d").unit("ACCOUNT_ID").build();
        var without = new Dataset(
                declared.id(),
                declared.owner(),
                declared.steward(),
                declared.nationalGrade(),
                declared.sharing(),
                declared.consent(),
                declared.pia(),
                50,
                10,
                java.util.Optional.empty(),
                declared.columns());
        var refused =
                assertThrows(LoadException.class, () -> Uploads.load(without, temporary.resolve("a"), "buyer\na\n"));
        assertEquals(Code.NO_PRIVACY_UNIT, refused.code());
    }

    @Test
    void columns_thatDifferByCaseOnly_areRefused() {
        var dataset = Declared.dataset("d")
                .unit("ACCOUNT_ID")
                .amount("n", 0)
                .amount("N", 0)
                .build();
        assertThrows(LoadException.class, () -> Uploads.load(dataset, temporary.resolve("a"), "buyer,n,N\n"));
        var unitNo =
                Declared.dataset("d").unit("ACCOUNT_ID").amount("Unit_No", 0).build();
        assertThrows(LoadException.class, () -> Uploads.load(unitNo, temporary.resolve("b"), "buyer,Unit_No\n"));
    }

    @Test
    void folder_nothingButSealedFiles_holdsL4OrL5() throws IOException, SQLException {
        var dataset = Declared.dataset("users")
                .unit("CN_MOBILE")
                .sealed("resident_id", ColumnType.STRING, Level.L5)
                .sealed("friends", ColumnType.INTEGER, Level.L4)
                .secret("brand", 100)
                .amount("amount", 0)
                .build();
        Path folder = temporary.resolve("a");
        Uploads.load(
                dataset,
                folder,
                "buyer,resident_id,friends,brand,amount\n13811112222,11010519491231002X,4711,secretbrand,5\n".repeat(1)
                        + "13811113333,11010519491231003X,4712,secretbrand,6\n");
        for (Path file : Uploads.files(folder)) {
            String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
            for (String secret : List.of("13811112222", "13811113333", "1101051949", "4711", "4712", "secretbrand")) {
                assertFalse(bytes.contains(secret), file.getFileName() + " holds an L4 or L5 value");
            }
        }
        for (String row : Uploads.scanned(folder)) {
            assertEquals(3, row.split(",", -1).length);
            assertFalse(row.contains("1381111") || row.contains("471") || row.contains("110105"));
        }
        assertFalse(Files.exists(folder.resolve("work")));
    }

    @Test
    void spill_whileTheUploadRuns_holdsNoIdentifier() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("a"));
        var csv = new StringBuilder(HEADER);
        for (int i = 0; i < 20_000; i++) {
            csv.append("13811112222,1,food,acme,1997-01-01,7\n");
        }
        var wide = Declared.dataset("orders").rowsMax(1_000_000);
        var dataset = wide.unit("CN_MOBILE")
                .amount("amount", 2)
                .coded("category", "books", "food")
                .secret("brand", 1_000)
                .date("day", "1997-01-01", "1998-06-30")
                .sealed("friends", ColumnType.INTEGER, Level.L4)
                .build();
        try (var load = new CsvImport(dataset, folder, new InsecureTestKeys(), new SystemRandom(), Uploads.EFFORT)) {
            load.read(new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)));
            var spilled = Uploads.files(folder);
            assertFalse(spilled.isEmpty());
            for (Path file : spilled) {
                assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains("13811112222"));
            }
        }
    }

    @Test
    void sidecar_underTheDataKey_givesTheIdentifiersBack() throws IOException {
        Path folder = temporary.resolve("a");
        var imported = load(folder, HEADER + "+86 138 0000 0001,1,,,,7\n13800000001,2,,,,\n");
        byte[] place = CsvImport.place(ORDERS.id(), imported.contentHash());
        try (var key = new InsecureTestKeys().unwrap(KeyName.DATASET_KEK, imported.dataKey(), place)) {
            Path file = Uploads.files(folder.resolve("sealed")).stream()
                    .filter(path -> path.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
            try (var in = new DataInputStream(SealedFile.open(file, ORDERS.id(), key))) {
                assertEquals(1, in.readByte());
                long unit = in.readLong();
                assertEquals(
                        "part-%05d.sealed".formatted(unit >>> BucketFile.SERIAL_BITS),
                        file.getFileName().toString());
                assertEquals("+8613800000001", text(in));
                assertEquals(2, in.readByte());
                assertEquals("7", text(in));
                assertEquals(2, in.readByte());
                assertEquals(-1, in.readInt());
                assertEquals(-1, in.read());
            }
        }
    }

    @Test
    void dictionary_find_agreesWithTheBucketFiles() throws IOException, SQLException {
        Path folder = temporary.resolve("a");
        var imported = load(folder, HEADER + "13800000001,1,,acme,,\n13800000001,2,,zeta,,\n13800000001,3,,,,\n");
        var codes = Uploads.scanned(folder).stream()
                .map(row -> List.of(row.split(",", -1)).get(3))
                .toList();
        byte[] place = CsvImport.place(ORDERS.id(), imported.contentHash());
        try (var key = new InsecureTestKeys().unwrap(KeyName.DATASET_KEK, imported.dataKey(), place)) {
            Path file = folder.resolve("sealed").resolve("dictionary-brand.sealed");
            try (var in = SealedFile.open(file, ORDERS.id(), key)) {
                assertEquals(
                        Map.of("acme", Integer.valueOf(codes.get(0)), "zeta", Integer.valueOf(codes.get(1))),
                        Dictionary.find(in, Set.of("acme", "other", "zeta")));
            }
            for (String wanted : List.of("acme", "zeta", "other")) {
                try (var in = SealedFile.open(file, ORDERS.id(), key)) {
                    assertEquals(
                            !wanted.equals("other"),
                            Dictionary.find(in, Set.of(wanted)).containsKey(wanted));
                    assertEquals(-1, in.read(), "a hit must not end the pass early");
                }
            }
        }
        assertEquals("0", codes.get(2));
        assertNotEquals(codes.get(0), codes.get(1));
    }

    @Test
    void manifest_readBack_namesTheSameFiles() throws IOException {
        Path folder = temporary.resolve("a");
        var imported = load(folder, HEADER + "13800000001,1,,,,\n");
        byte[] bytes = Files.readAllBytes(folder.resolve(Manifest.FILE));
        var stored = Manifest.stored(bytes, imported.contentHash(), ORDERS);
        assertEquals(1, stored.files().size());
        assertEquals(100_000_000, stored.rowsMost());
        var another = Hash.sha256(bytes);
        assertEquals(
                Code.INTERNAL,
                assertThrows(LoadException.class, () -> Manifest.stored(bytes, another, ORDERS))
                        .code());
        var moved = Declared.dataset("orders")
                .unit("CN_MOBILE")
                .amount("amount", 2)
                .coded("category", "food", "books")
                .secret("brand", 1_000)
                .date("day", "1997-01-01", "1998-06-30")
                .sealed("friends", ColumnType.INTEGER, Level.L4)
                .build();
        assertEquals(
                Code.VERSION_MISMATCH,
                assertThrows(LoadException.class, () -> Manifest.stored(bytes, imported.contentHash(), moved))
                        .code());
    }

    /** A declaration may be narrowed under a version, which then still has the rows it was allowed. */
    @Test
    void storedVersion_ofALargerDeclaration_hasItsRowsMost() throws IOException {
        Path folder = temporary.resolve("a");
        var large =
                Declared.dataset("orders").unit("CN_MOBILE").amount("amount", 2).rowCapacity(1_000_000);
        var imported = Uploads.load(large.build(), folder, "buyer,amount\n13800000001,1\n");
        var small =
                Declared.dataset("orders").unit("CN_MOBILE").amount("amount", 2).rowCapacity(10);
        assertEquals(100, small.build().rowsMost());
        for (var declared : List.of(large.build(), small.build())) {
            assertEquals(
                    1_000_000,
                    StoredVersion.open(folder, declared, imported.contentHash()).rowsMost());
        }
        var larger =
                Declared.dataset("orders").unit("CN_MOBILE").amount("amount", 2).rowCapacity(2_000_000);
        assertEquals(
                2_000_000,
                StoredVersion.open(folder, larger.build(), imported.contentHash())
                        .rowsMost());
    }

    private static CsvImport.Imported load(Path folder, String csv) throws IOException {
        return Uploads.load(ORDERS, folder, csv);
    }

    private static List<BucketFile> files(Path folder, String csv) throws IOException {
        var imported = load(folder, csv);
        return Manifest.stored(Files.readAllBytes(folder.resolve(Manifest.FILE)), imported.contentHash(), ORDERS)
                .files();
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static List<String> sorted(Stream<List<String>> persons) {
        return persons.map(rows -> String.join(";", rows)).sorted().collect(Collectors.toList());
    }
}
