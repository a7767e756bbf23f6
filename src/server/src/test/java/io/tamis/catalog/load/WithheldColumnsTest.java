package io.tamis.catalog.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.data.ColumnType;
import io.tamis.data.Dataset;
import io.tamis.data.Level;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a platform gives away encrypted only reaches no file of the server. */
class WithheldColumnsTest {
    private static final Dataset USERS = Declared.dataset("users")
            .unit("ACCOUNT_ID")
            .withheld("friends")
            .amount("amount", 0)
            .sealed("remark", ColumnType.STRING, Level.L5)
            .build();

    private static final Dataset OPEN = Declared.dataset("users")
            .unit("ACCOUNT_ID")
            .sealed("friends", ColumnType.INTEGER, Level.L4)
            .amount("amount", 0)
            .sealed("remark", ColumnType.STRING, Level.L5)
            .build();

    @TempDir
    Path temporary;

    @Test
    void upload_withoutTheColumn_isAWholeVersion() throws IOException, SQLException {
        Path folder = temporary.resolve("v");
        var imported = Uploads.load(USERS, folder, "remark,buyer,amount\nr,a,1\n,b,2\n");
        assertEquals(2, imported.rows());
        assertEquals(2, Uploads.scanned(folder).size());
        assertFalse(Files.readString(folder.resolve(Manifest.FILE)).contains("friends"));
        var persons = new HashSet<String>();
        try (var units = StoredVersion.open(folder, USERS, imported.contentHash())
                .units(new InsecureTestKeys(), imported.dataKey())) {
            for (int bucket : units.buckets()) {
                try (var reader = units.open(bucket)) {
                    while (reader.next()) {
                        persons.add(
                                new String(reader.identifier(), 0, reader.identifierLength(), StandardCharsets.UTF_8));
                    }
                }
            }
        }
        assertEquals(Set.of("a", "b"), persons);
    }

    /** Before a row is looked at, whatever stands in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "buyer,friends,amount,remark\na,7,1,\n",
                "friends\n",
                "buyer,amount,remark,friends\n",
                "\uFEFFfriends,buyer,amount,remark\na,7,1,\n",
                "\"friends\",buyer,amount,remark\n7,a,1,\n"
            })
    void csv_withTheColumn_isRefusedByItsName(String csv) {
        var refused = assertThrows(LoadException.class, () -> Uploads.load(USERS, temporary.resolve("v"), csv));
        assertEquals(Code.BAD_ROW, refused.code());
        assertEquals("{\"column\":\"friends\",\"line\":1}", refused.members().canonical());
    }

    @Test
    void csv_withAnUnknownColumn_isRefusedWithoutAName() {
        var refused = assertThrows(
                LoadException.class,
                () -> Uploads.load(USERS, temporary.resolve("v"), "buyer,amount,remark,Friends\n"));
        assertEquals("{\"line\":1}", refused.members().canonical());
    }

    @Test
    void parquet_withTheColumn_isRefusedByItsName() throws IOException {
        var refused = assertThrows(
                LoadException.class,
                () -> Uploads.load(
                        USERS,
                        temporary.resolve("v"),
                        ParquetFiles.of("SELECT 'a' AS buyer, 7::BIGINT AS friends, 1::BIGINT AS amount, '' AS remark"),
                        UploadKind.PARQUET));
        assertEquals(Code.BAD_ROW, refused.code());
        assertEquals("{\"column\":\"friends\"}", refused.members().canonical());
    }

    /** A version of the days when such a column was sealed with the others cannot be read by its places any more. */
    @Test
    void storedVersion_thatHasTheColumn_isOfAnotherDeclaration() throws IOException {
        Path folder = temporary.resolve("v");
        var imported = Uploads.load(OPEN, folder, "buyer,friends,amount,remark\na,7,1,\n");
        assertEquals(
                Code.VERSION_MISMATCH,
                assertThrows(LoadException.class, () -> StoredVersion.open(folder, USERS, imported.contentHash()))
                        .code());
        StoredVersion.open(folder, OPEN, imported.contentHash());
    }

    @Test
    void layout_ofTheDeclaration_hasNoPlaceForIt() {
        var layout = RowLayout.of(USERS);
        assertEquals(
                List.of("buyer", "remark"),
                layout.sealed().stream().map(column -> column.name().value()).toList());
        assertEquals(
                List.of("amount"),
                layout.scanned().stream().map(column -> column.name().value()).toList());
    }
}
