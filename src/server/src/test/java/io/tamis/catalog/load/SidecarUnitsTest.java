package io.tamis.catalog.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.CryptoException;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Code;
import io.tamis.data.ColumnType;
import io.tamis.data.Dataset;
import io.tamis.data.Hash;
import io.tamis.data.Level;
import io.tamis.data.TamisException;
import java.io.ByteArrayInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class SidecarUnitsTest {
    private static final long FIRST = (7L << BucketFile.SERIAL_BITS) + 1;
    private static final Dataset USERS = Declared.dataset("users")
            .sealed("remark", ColumnType.STRING, Level.L5)
            .unit("ACCOUNT_ID")
            .amount("amount", 0)
            .sealed("friends", ColumnType.INTEGER, Level.L4)
            .build();

    @TempDir
    Path temporary;

    @Test
    void units_ofAVersion_areItsPersonsWithTheirNormalisedIdentifiers() throws IOException {
        var csv = new StringBuilder("buyer,amount,friends,remark\n");
        var expected = new ArrayList<String>();
        for (int i = 0; i < 500; i++) {
            // Full-width letters, a remark longer than the reader's buffer together with others, NULLs.
            csv.append("ｕ%d,1,,%s\n u%d ,2,%d,\n".formatted(i, "r".repeat(i * 7), i, i));
            expected.add("u" + i);
        }
        var imported = Uploads.load(USERS, temporary.resolve("v"), csv.toString());
        var found = read(imported);
        assertEquals(
                expected.stream().sorted().toList(),
                found.values().stream().sorted().toList());
        // Numbers are those of the scan: one to the last in every bucket.
        for (var file : stored(imported).files()) {
            assertEquals(
                    file.lastUnit() - file.firstUnit() + 1,
                    found.subMap(file.firstUnit(), true, file.lastUnit(), true).size());
        }
    }

    @Test
    void units_withoutOtherSealedColumns_areTheSame() throws IOException {
        var dataset = Declared.dataset("d").unit("ACCOUNT_ID").build();
        var imported = Uploads.load(dataset, temporary.resolve("v"), "buyer\na\nb\na\n");
        try (var units = StoredVersion.open(temporary.resolve("v"), dataset, imported.contentHash())
                .units(new InsecureTestKeys(), imported.dataKey())) {
            assertEquals(imported.contentHash(), units.contentHash());
            assertEquals(units.buckets().stream().sorted().toList(), units.buckets());
            var found = new ArrayList<String>();
            for (int bucket : units.buckets()) {
                found.addAll(read(units, bucket).values());
            }
            assertEquals(List.of("a", "b"), found.stream().sorted().toList());
        }
    }

    @Test
    void units_ofABucketWithoutPersons_areRefused() throws IOException {
        var imported = Uploads.load(USERS, temporary.resolve("v"), "buyer,amount,friends,remark\na,1,,\n");
        try (var units = stored(imported).units(new InsecureTestKeys(), imported.dataKey())) {
            int empty = units.buckets().contains(0) ? 1 : 0;
            assertEquals(1, units.buckets().size());
            assertInternal(() -> units.open(empty));
        }
    }

    @Test
    void units_underAnotherVersionsKey_areRefused() throws IOException {
        var imported = Uploads.load(USERS, temporary.resolve("v"), "buyer,amount,friends,remark\na,1,,\n");
        var other = Uploads.load(USERS, temporary.resolve("w"), "buyer,amount,friends,remark\nb,1,,\n");
        var version = stored(imported);
        assertThrows(CryptoException.class, () -> version.units(new InsecureTestKeys(), other.dataKey()));
    }

    @Test
    void units_afterClose_openNoMore() throws IOException {
        var imported = Uploads.load(USERS, temporary.resolve("v"), "buyer,amount,friends,remark\na,1,,\n");
        var units = stored(imported).units(new InsecureTestKeys(), imported.dataKey());
        int bucket = units.buckets().getFirst();
        units.close();
        assertThrows(IllegalStateException.class, () -> read(units, bucket));
    }

    /** Sealed under the right key for the right place, but not what the manifest names: found at the end. */
    @Test
    void units_ofASidecarSealedAgain_areRefused() throws IOException {
        var imported = Uploads.load(USERS, temporary.resolve("v"), "buyer,amount,friends,remark\na,1,,\n");
        var file = stored(imported).files().getFirst();
        Path sidecar = temporary.resolve("v/sealed").resolve(CsvImport.sidecarFile(file.bucket()));
        var keys = new InsecureTestKeys();
        byte[] place = CsvImport.place(USERS.id(), imported.contentHash());
        try (SecretBytes key = keys.unwrap(KeyName.DATASET_KEK, imported.dataKey(), place)) {
            byte[] text;
            try (InputStream in = SealedFile.open(sidecar, USERS.id(), key)) {
                text = in.readAllBytes();
            }
            for (byte identifier : new byte[] {'a', 'b'}) {
                text[1 + Long.BYTES + Integer.BYTES] = identifier;
                try (var out = new SealedFile(sidecar, USERS.id(), key, new SystemRandom())) {
                    out.write(text, 0, text.length);
                }
                if (identifier == 'a') {
                    assertEquals(List.of("a"), List.copyOf(read(imported).values()));
                } else {
                    assertInternal(() -> read(imported));
                }
            }
        }
    }

    @Test
    void records_thatAreNotTheBuckets_areRefused() throws IOException {
        assertEquals(2, records(file(2), out -> {
            person(out, FIRST, "a");
            row(out, "x", "y");
            person(out, FIRST + 1, "b");
        }));
        // A person too few, too many, twice, out of order, of another bucket.
        assertInternal(() -> records(file(2), out -> person(out, FIRST, "a")));
        assertInternal(() -> records(file(1), out -> {
            person(out, FIRST, "a");
            person(out, FIRST + 1, "b");
        }));
        assertInternal(() -> records(file(2), out -> {
            person(out, FIRST, "a");
            person(out, FIRST, "b");
        }));
        assertInternal(() -> records(file(2), out -> {
            person(out, FIRST + 1, "a");
            person(out, FIRST, "b");
        }));
        assertInternal(() -> records(file(1), out -> person(out, 1, "a")));
        assertInternal(() -> records(file(1), out -> {}));
    }

    @Test
    void records_ofAnotherForm_areRefused() {
        assertInternal(() -> records(file(1), out -> out.writeByte(3)));
        assertInternal(() -> records(file(1), out -> out.write(new byte[] {1, 0})));
        assertInternal(() -> records(file(1), out -> person(out, FIRST, "")));
        for (int length : new int[] {-1, 10, Integer.MAX_VALUE}) {
            assertInternal(() -> records(file(1), out -> {
                out.writeByte(1);
                out.writeLong(FIRST);
                out.writeInt(length);
            }));
        }
        assertInternal(() -> records(file(1), out -> {
            person(out, FIRST, "a");
            out.writeByte(2);
            out.writeInt(Integer.MAX_VALUE);
        }));
        assertInternal(() -> records(file(1), out -> {
            person(out, FIRST, "a");
            row(out, "only one of two");
        }));
    }

    /** Whatever an authentic but wrong text holds, the reader ends, with persons of its bucket or a refusal of ours. */
    @Test
    void records_mutatedAnyhow_areReadOrRefused() throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        for (int person = 0; person < 5; person++) {
            person(out, FIRST + person, "person-" + person);
            row(out, "x".repeat(person), "y");
        }
        int refused = 0;
        for (long seed = 0; seed < 5_000; seed++) {
            byte[] text = bytes.toByteArray();
            var random = new SplittableRandom(seed);
            for (int i = 0; i <= random.nextInt(3); i++) {
                text[random.nextInt(text.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(text.length) : text.length;
            var in = new ByteArrayInputStream(text, 0, length);
            try (var reader = new SidecarReader(in, file(5), 2, digest -> true)) {
                while (reader.next()) {
                    assertEquals(7, reader.unitNo() >>> BucketFile.SERIAL_BITS, "seed " + seed);
                }
            } catch (LoadException expected) {
                refused++;
            }
        }
        assertTrue(refused > 2_000, "mutations were not seen");
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static BucketFile file(int persons) {
        return new BucketFile(7, "part-00007.parquet", Hash.sha256(), 9, FIRST, FIRST + persons - 1);
    }

    private static int records(BucketFile file, Writing writing) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        writing.to(new DataOutputStream(bytes));
        byte[] sha256 = Hash.sha256(bytes.toByteArray()).bytes();
        var in = new ByteArrayInputStream(bytes.toByteArray());
        try (var reader =
                new SidecarReader(in, file, 2, digest -> Hash.of(digest).equals(Hash.of(sha256)))) {
            int persons = 0;
            while (reader.next()) {
                persons++;
            }
            return persons;
        }
    }

    private static void person(DataOutputStream out, long unit, String text) throws IOException {
        out.writeByte(1);
        out.writeLong(unit);
        text(out, text);
    }

    private static void row(DataOutputStream out, String... texts) throws IOException {
        out.writeByte(2);
        for (String text : texts) {
            text(out, text);
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        out.writeInt(text.length());
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private StoredVersion stored(CsvImport.Imported imported) {
        assertTrue(Files.exists(temporary.resolve("v")));
        return StoredVersion.open(temporary.resolve("v"), USERS, imported.contentHash());
    }

    private NavigableMap<Long, String> read(CsvImport.Imported imported) throws IOException {
        var found = new TreeMap<Long, String>();
        try (var units = stored(imported).units(new InsecureTestKeys(), imported.dataKey())) {
            for (int bucket : units.buckets()) {
                found.putAll(read(units, bucket));
            }
        }
        return found;
    }

    private static NavigableMap<Long, String> read(UnitSource units, int bucket) throws IOException {
        var found = new TreeMap<Long, String>();
        try (var reader = units.open(bucket)) {
            while (reader.next()) {
                assertEquals(bucket, reader.unitNo() >>> BucketFile.SERIAL_BITS);
                found.put(
                        reader.unitNo(),
                        new String(reader.identifier(), 0, reader.identifierLength(), StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    private static void assertInternal(Executable action) {
        assertEquals(Code.INTERNAL, assertThrows(TamisException.class, action).code());
    }
}
