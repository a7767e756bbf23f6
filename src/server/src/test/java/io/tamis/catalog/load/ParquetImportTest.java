package io.tamis.catalog.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.SystemRandom;
import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.ColumnType;
import io.tamis.data.Dataset;
import io.tamis.data.Hash;
import io.tamis.data.Level;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A Parquet upload is the version that a CSV of the same rows is; fixtures are written by DuckDB. */
final class ParquetImportTest {
    private static final Dataset ALL_TYPES = Declared.dataset("d")
            .rowsMax(1_000)
            .unit("CN_MOBILE")
            .amount("amount", 2)
            .amount("pieces", 0)
            .coded("category", "books", "food")
            .secret("brand", 3_000)
            .date("day", "1997-01-01", "1998-12-31")
            .plain("at", ColumnType.TIMESTAMP)
            .plain("paid", ColumnType.BOOLEAN)
            .sealed("friends", ColumnType.INTEGER, Level.L4)
            .sealed("salary", ColumnType.DECIMAL, Level.L5)
            .sealed("born", ColumnType.DATE, Level.L4)
            .sealed("seen", ColumnType.TIMESTAMP, Level.L4)
            .sealed("vip", ColumnType.BOOLEAN, Level.L4)
            .sealed("note", ColumnType.STRING, Level.L5)
            .build();

    /** Rows of every type, a third of each but the person null; DuckDB writes them as Parquet and as CSV. */
    private static final String ROWS = """
            SELECT '138' || lpad((i % 400)::VARCHAR, 8, '0') AS buyer,
              CASE WHEN i % 3 = 1 THEN NULL ELSE (i * 7 - 900)::DECIMAL(12, 2) / 4 END::DECIMAL(12, 2) AS amount,
              CASE WHEN i % 3 = 2 THEN NULL ELSE (i * 31 - 500)::INTEGER END AS pieces,
              CASE WHEN i % 3 = 0 THEN NULL WHEN i % 2 = 0 THEN 'books' ELSE 'food' END AS category,
              CASE WHEN i % 3 = 1 THEN NULL ELSE 'brand-' || (i % 2000) || '-é漢😀' END AS brand,
              CASE WHEN i % 3 = 2 THEN NULL ELSE DATE '1997-01-01' + (i % 700)::INTEGER END AS day,
              CASE WHEN i % 3 = 0 THEN NULL ELSE to_timestamp(i * 86399) END AS at,
              CASE WHEN i % 3 = 1 THEN NULL ELSE i % 2 = 0 END AS paid,
              CASE WHEN i % 3 = 2 THEN NULL ELSE i::BIGINT END AS friends,
              CASE WHEN i % 3 = 0 THEN NULL ELSE i::DECIMAL(5, 0) END AS salary,
              CASE WHEN i % 3 = 1 THEN NULL ELSE DATE '1970-01-01' + i::INTEGER END AS born,
              CASE WHEN i % 3 = 2 THEN NULL ELSE to_timestamp(i * 3601) END AS seen,
              CASE WHEN i % 3 = 0 THEN NULL ELSE i % 5 = 0 END AS vip,
              CASE WHEN i % 3 = 1 THEN NULL ELSE 'note, "' || i || '"' END AS note
            FROM range(6000) t(i)""";

    /** The same rows with the texts that a CSV of ours has; DuckDB's own form of instants is another one. */
    private static final String ROWS_AS_TEXT =
            "SELECT * REPLACE (strftime(\"at\" AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ')"
                    + " AS \"at\", strftime(seen AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ') AS seen) FROM (" + ROWS
                    + ")";

    private static final Dataset SMALL = Declared.dataset("d")
            .rowsMax(3)
            .rowCapacity(5)
            .unit("ACCOUNT_ID")
            .amount("n", 2)
            .build();

    @TempDir
    Path temporary;

    private int folders;

    @ParameterizedTest
    @CsvSource({
        "uncompressed, V1",
        "snappy, V1",
        "gzip, V1",
        "zstd, V1",
        "uncompressed, V2",
        "snappy, V2",
        "gzip, V2",
        "zstd, V2"
    })
    void contentHash_everyTypeByEveryCodec_isThatOfTheCsv(String codec, String version) throws IOException {
        byte[] parquet = ParquetFiles.of(ROWS, "COMPRESSION " + codec, "PARQUET_VERSION " + version);
        assertEquals(csvHash(), hash(ALL_TYPES, parquet));
    }

    @Test
    void contentHash_manyRowGroups_isThatOfTheCsv() throws IOException {
        // DuckDB rounds row groups up to its vectors of 2048 rows.
        assertEquals(csvHash(), hash(ALL_TYPES, ParquetFiles.of(ROWS, "ROW_GROUP_SIZE 2048")));
    }

    @Test
    void contentHash_columnsInAnotherOrder_isTheSame() throws IOException {
        String turned =
                "SELECT note, vip, seen, born, salary, friends, paid, \"at\", day, brand, category, pieces, amount,"
                        + " buyer FROM (" + ROWS + ")";
        assertEquals(csvHash(), hash(ALL_TYPES, ParquetFiles.of(turned)));
    }

    @Test
    void contentHash_zipOfParquetParts_isThatOfOneFile() throws IOException {
        var zip = new Zips();
        for (int from = 0; from < 6_000; from += 2_500) {
            zip.part(
                    "part-" + from + ".parquet",
                    ParquetFiles.of("SELECT * FROM (" + ROWS + ") LIMIT 2500 OFFSET " + from));
        }
        assertEquals(
                csvHash(),
                Uploads.load(ALL_TYPES, folder(), zip.bytes(), UploadKind.ZIP).contentHash());
    }

    @Test
    void contentHash_textWithoutDictionary_isTheSame() throws IOException {
        assertEquals(csvHash(), hash(ALL_TYPES, ParquetFiles.of(ROWS, "DICTIONARY_SIZE_LIMIT 1")));
    }

    @Test
    void emptyText_isNoValueAsInACsv() throws IOException {
        var dataset =
                Declared.dataset("d").unit("ACCOUNT_ID").secret("brand", 9).build();
        Hash csv = Uploads.load(dataset, folder(), "buyer,brand\na,\nb,x\n").contentHash();
        String rows = "SELECT * FROM (VALUES ('a', ''), ('b', 'x')) t(buyer, brand)";
        assertEquals(csv, hash(dataset, ParquetFiles.of(rows)));
    }

    @Test
    void rows_none_isAVersionWithoutRows() throws IOException {
        assertEquals(
                0,
                load(SMALL, ParquetFiles.of("SELECT 'a' AS buyer, 1::DECIMAL(4, 2) AS n WHERE false"))
                        .rows());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1::TINYINT",
                "1::SMALLINT",
                "1::INTEGER",
                "1::BIGINT",
                "1::UTINYINT",
                "1::USMALLINT",
                "1::UINTEGER",
                "1::UBIGINT"
            })
    void integer_ofAnyWidth_isTheSameNumber(String value) throws IOException {
        var dataset = Declared.dataset("d").unit("ACCOUNT_ID").amount("n", 0).build();
        Hash csv = Uploads.load(dataset, folder(), "buyer,n\na,1\n").contentHash();
        assertEquals(csv, hash(dataset, ParquetFiles.of("SELECT 'a' AS buyer, " + value + " AS n")));
    }

    @ParameterizedTest
    @CsvSource({
        "4294967295::UINTEGER, 4294967295",
        "(-128)::TINYINT, -128",
        "(-2147483648)::INTEGER, -2147483648",
        "999999999999999999::BIGINT, 999999999999999999",
        "(-999999999999999999)::BIGINT, -999999999999999999"
    })
    void integer_atTheEdge_isExact(String value, String text) throws IOException {
        var dataset = Declared.dataset("d").unit("ACCOUNT_ID").amount("n", 0).build();
        Hash csv = Uploads.load(dataset, folder(), "buyer,n\na," + text + "\n").contentHash();
        assertEquals(csv, hash(dataset, ParquetFiles.of("SELECT 'a' AS buyer, " + value + " AS n")));
    }

    @ParameterizedTest
    @CsvSource({
        "'1.5::DECIMAL(4, 1)', 1.50",
        "'(-7)::DECIMAL(9, 0)', -7",
        "'9999999999999999.99::DECIMAL(18, 2)', 9999999999999999.99",
        "'(-9999999999999999.99)::DECIMAL(38, 2)', -9999999999999999.99",
        "'0.01::DECIMAL(30, 2)', 0.01"
    })
    void decimal_ofAnyWidth_isExact(String value, String text) throws IOException {
        Hash csv = Uploads.load(SMALL, folder(), "buyer,n\na," + text + "\n").contentHash();
        assertEquals(csv, hash(SMALL, ParquetFiles.of("SELECT 'a' AS buyer, " + value + " AS n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TIMESTAMP_MS", "TIMESTAMP_S", "TIMESTAMP", "TIMESTAMP_NS"})
    void timestamp_withoutZone_isRefused(String type) throws IOException {
        var dataset = Declared.dataset("d")
                .unit("ACCOUNT_ID")
                .plain("at", ColumnType.TIMESTAMP)
                .build();
        var refused = refused(dataset, "SELECT 'a' AS buyer, '2026-01-01 00:00:00'::" + type + " AS at");
        assertColumn("at", refused);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "amount | 1::DOUBLE",
                "amount | 1::FLOAT",
                "amount | 1::INTEGER",
                "amount | '1.5'",
                "amount | 1::DECIMAL(9, 3)",
                "pieces | 1::DECIMAL(9, 0)",
                "pieces | 1::DOUBLE",
                "pieces | '1'",
                "pieces | 1::HUGEINT",
                "category | 1",
                "category | 'books'::BLOB",
                "category | [1]",
                "category | map([1], [2])",
                "category | uuid()",
                "category | {'a': 1}",
                "category | true",
                "day | '1997-01-01'",
                "day | '1997-01-01'::TIMESTAMPTZ",
                "day | 9862",
                "at | '1997-01-01'::DATE",
                "at | 852076800000000::BIGINT",
                "at | '12:00'::TIME",
                "paid | 1",
                "paid | 'true'",
                "note | 1",
                "friends | '7'",
                "vip | 1",
                "buyer | 13800000001::BIGINT"
            })
    void column_ofAnotherType_isRefusedByName(String column, String value) throws IOException {
        String rows = "SELECT * REPLACE (" + value + " AS \"" + column + "\") FROM (" + ROWS + ") LIMIT 1";
        assertColumn(column, refused(ALL_TYPES, rows));
    }

    @Test
    void column_missing_isNamedAndOneTooMany_isNot() throws IOException {
        assertColumn("n", refused(SMALL, "SELECT 'a' AS buyer"));
        var otherCase = refused(SMALL, "SELECT 'a' AS buyer, 1::DECIMAL(4, 2) AS N");
        assertEquals(Code.BAD_ROW, otherCase.code());
        var extra = refused(SMALL, "SELECT 'a' AS buyer, 1::DECIMAL(4, 2) AS n, 'secret' AS secret_name");
        assertEquals(Code.BAD_ROW, extra.code());
        assertEquals("{}", extra.members().canonical());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "category | 'toys'",
                "day | DATE '2001-01-01'",
                "at | '0001-01-01 00:00:00+00'::TIMESTAMPTZ - INTERVAL 1 SECOND",
                "brand | concat('a', chr(7))",
                "note | repeat('x', 4097)",
                "pieces | 1000000000000000000::BIGINT",
                "buyer | NULL::VARCHAR",
                "buyer | '12345'"
            })
    void value_thatDoesNotFit_isNamedByRowAndColumn(String column, String value) throws IOException {
        String fits = "SELECT * FROM (" + ROWS + ") LIMIT 2";
        String bad = "SELECT * REPLACE (" + value + " AS \"" + column + "\") FROM (" + ROWS + ") LIMIT 1";
        var refused = refused(ALL_TYPES, "(" + fits + ") UNION ALL (" + bad + ")");
        assertEquals(Code.BAD_ROW, refused.code());
        assertEquals(OptionalLong.of(3), refused.line());
        assertEquals(OptionalInt.empty(), refused.part());
        assertEquals(Optional.of(new ColumnName(column)), refused.column());
        assertEquals(null, refused.getCause());
    }

    @Test
    void badRow_inALaterRowGroupOfAPart_isNamedByPartAndRow() throws IOException {
        var dataset = Declared.dataset("d")
                .rowsMax(100_000)
                .unit("ACCOUNT_ID")
                .amount("n", 0)
                .build();
        byte[] good = ParquetFiles.of("SELECT 'a' AS buyer, 1 AS n");
        byte[] bad = ParquetFiles.of(
                "SELECT 'u' || i AS buyer, CASE WHEN i = 4999 THEN 1000000000000000000 ELSE i END AS n FROM range(6000) t(i)",
                "ROW_GROUP_SIZE 2048");
        byte[] zip = new Zips().part("a.parquet", good).stored("b.parquet", bad).bytes();
        var refused = assertThrows(LoadException.class, () -> Uploads.load(dataset, folder(), zip, UploadKind.ZIP));
        assertEquals(OptionalInt.of(2), refused.part());
        assertEquals(OptionalLong.of(5_000), refused.line());
        assertEquals("n", refused.column().orElseThrow().value());
    }

    @Test
    void person_moreRowsThanDeclared_isTheFirstRowTooMany() throws IOException {
        var refused = refused(SMALL, "SELECT 'a' AS buyer, i::DECIMAL(4, 2) AS n FROM range(5) t(i)");
        assertEquals(OptionalLong.of(4), refused.line());
        assertEquals("buyer", refused.column().orElseThrow().value());
    }

    @Test
    void rows_moreThanCapacity_areTooLarge() throws IOException {
        var refused = refused(SMALL, "SELECT 'u' || i AS buyer, i::DECIMAL(4, 2) AS n FROM range(6) t(i)");
        assertEquals(Code.TOO_LARGE, refused.code());
    }

    /** One text of a dictionary, named by every row, is as much text as if it stood in each. */
    @Test
    void texts_thatADictionaryMultiplies_areTooLarge() throws IOException {
        var dataset = Declared.dataset("d")
                .rowsMax(100_000)
                .unit("ACCOUNT_ID")
                .sealed("note", ColumnType.STRING, Level.L5)
                .build();
        byte[] file = ParquetFiles.of("SELECT 'a' AS buyer, repeat('x', 4000) AS note FROM range(50000)");
        assertTrue(file.length < 100_000);
        var refused = assertThrows(LoadException.class, () -> {
            try (var load = load(dataset, folder())) {
                load.read(new ByteArrayInputStream(file), UploadKind.PARQUET, 10_000_000);
            }
        });
        assertEquals(Code.TOO_LARGE, refused.code());
    }

    /** Ten parts of 8 million bytes of text each, of a few thousand bytes in the zip: a limit for each would be none. */
    @Test
    void parts_eachBelowTheLimit_areTooLargeTogether() throws IOException {
        var dataset = Declared.dataset("d")
                .rowsMax(100_000)
                .unit("ACCOUNT_ID")
                .sealed("note", ColumnType.STRING, Level.L5)
                .build();
        byte[] part = ParquetFiles.of("SELECT 'a' AS buyer, repeat('x', 4000) AS note FROM range(2000)");
        var one = new Zips().part("0.parquet", part).bytes();
        try (var load = load(dataset, folder())) {
            load.read(new ByteArrayInputStream(one), UploadKind.ZIP, 10_000_000);
        }
        var zip = new Zips();
        for (int i = 0; i < 10; i++) {
            zip.part(i + ".parquet", part);
        }
        byte[] ten = zip.bytes();
        var refused = assertThrows(LoadException.class, () -> {
            try (var load = load(dataset, folder())) {
                load.read(new ByteArrayInputStream(ten), UploadKind.ZIP, 10_000_000);
            }
        });
        assertEquals(Code.TOO_LARGE, refused.code());
        assertEquals(OptionalInt.of(2), refused.part());
    }

    @Test
    void kinds_mixedInAZip_areRefused() throws IOException {
        byte[] parquet = ParquetFiles.of("SELECT 'a' AS buyer, 1::DECIMAL(4, 2) AS n");
        byte[] zip = new Zips()
                .part("a.csv", "buyer,n\na,1\n".getBytes(StandardCharsets.UTF_8))
                .part("b.parquet", parquet)
                .bytes();
        var refused = assertThrows(LoadException.class, () -> Uploads.load(SMALL, folder(), zip, UploadKind.ZIP));
        assertEquals(Code.INVALID_REQUEST, refused.code());
        assertEquals(OptionalInt.of(2), refused.part());
    }

    /** Looks at every file of the import at every moment it could crash: after any read of the upload, and at its end. */
    @Test
    void crash_atAnyMoment_leavesNoIdentifierInClear() throws IOException {
        var dataset = Declared.dataset("d")
                .rowsMax(100_000)
                .unit("CN_MOBILE")
                .secret("brand", 100)
                .build();
        byte[] file = ParquetFiles.of(
                "SELECT '13811112222' AS buyer, 'secretbrand' AS brand FROM range(20000)"
                        + " UNION ALL SELECT '138' || lpad((i * 7)::VARCHAR, 8, '0'), 'other' FROM range(20000) t(i)",
                "COMPRESSION uncompressed");
        assertTrue(new String(file, StandardCharsets.ISO_8859_1).contains("13811112222"));
        Path folder = folder();
        var looks = new int[1];
        var upload = new FilterInputStream(new ByteArrayInputStream(file)) {
            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                looks[0]++;
                assertNothingInClear(folder);
                return super.read(bytes, from, Math.min(length, 8_192));
            }
        };
        try (var load = load(dataset, folder)) {
            load.read(upload, UploadKind.PARQUET, 1 << 24);
            assertNothingInClear(folder);
            try (var files = Files.walk(folder)) {
                assertTrue(files.noneMatch(path -> path.getFileName().toString().startsWith("upload-")));
            }
            load.write();
            assertNothingInClear(folder);
        }
        assertTrue(looks[0] > 20);
    }

    @Test
    void spool_ofARefusedUpload_isGone() throws IOException {
        Path folder = folder();
        try (var load = load(SMALL, folder)) {
            byte[] file = "no Parquet".getBytes(StandardCharsets.UTF_8);
            assertThrows(
                    LoadException.class, () -> load.read(new ByteArrayInputStream(file), UploadKind.PARQUET, 1_000));
            assertEquals(0, Uploads.files(folder).size());
        }
    }

    private static void assertNothingInClear(Path folder) throws IOException {
        for (Path file : Uploads.files(folder)) {
            String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
            assertFalse(bytes.contains("13811112222") || bytes.contains("secretbrand"), file.toString());
        }
    }

    private Hash csvHash() throws IOException {
        return Uploads.load(ALL_TYPES, folder(), ParquetFiles.csvOf(ROWS_AS_TEXT), UploadKind.CSV)
                .contentHash();
    }

    private Hash hash(Dataset dataset, byte[] parquet) throws IOException {
        return load(dataset, parquet).contentHash();
    }

    private CsvImport.Imported load(Dataset dataset, byte[] parquet) throws IOException {
        return Uploads.load(dataset, folder(), parquet, UploadKind.PARQUET);
    }

    private LoadException refused(Dataset dataset, String query) throws IOException {
        byte[] file = ParquetFiles.of(query);
        return assertThrows(LoadException.class, () -> load(dataset, file));
    }

    private static void assertColumn(String column, LoadException refused) {
        assertEquals(Code.BAD_ROW, refused.code());
        assertEquals("{\"column\":\"" + column + "\"}", refused.members().canonical());
        assertEquals(null, refused.getCause());
    }

    private static CsvImport load(Dataset dataset, Path folder) throws IOException {
        return new CsvImport(dataset, folder, new InsecureTestKeys(), new SystemRandom(), Uploads.EFFORT);
    }

    private Path folder() throws IOException {
        return Files.createDirectory(temporary.resolve("folder-" + folders++));
    }
}
