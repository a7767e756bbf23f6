package io.tamis.catalog.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.catalog.load.Effort;
import io.tamis.catalog.load.Uploads;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.TamisException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkDerivationTest {
    private static final long SEED = 77;
    private static final long ELSEWHERE = 5L << 58;

    @TempDir
    Path temporary;

    @Test
    void links_ofAVersion_areTheFirst64BitsOfItsPersonsPseudonyms() throws IOException {
        var mobiles = mobiles(3_000);
        var version = Links.version(temporary.resolve("v"), mobiles);
        var linked = Links.derive(temporary.resolve("l"), version.units(), Links.SCOPE);
        var expected = new TreeSet<Long>(Long::compareUnsigned);
        mobiles.forEach(mobile -> expected.add(unit("+86" + mobile)));
        assertEquals(List.copyOf(expected), List.copyOf(Links.read(linked).keySet()));
        assertEquals(3_000, linked.units());
    }

    /** A person has one unit, a unit one person, and each is the right one. */
    @Test
    void links_ofAVersion_areABijectionOntoItsPersons() throws IOException {
        var version = Links.version(temporary.resolve("v"), mobiles(2_000));
        var expected = new HashMap<Long, Long>();
        try (var units = version.units()) {
            for (int bucket : units.buckets()) {
                try (var reader = units.open(bucket)) {
                    while (reader.next()) {
                        String mobile =
                                new String(reader.identifier(), 0, reader.identifierLength(), StandardCharsets.UTF_8);
                        expected.put(unit(mobile), reader.unitNo());
                    }
                }
            }
        }
        assertEquals(2_000, new HashSet<>(expected.values()).size());
        assertEquals(
                expected, Map.copyOf(Links.read(Links.derive(temporary.resolve("l"), version.units(), Links.SCOPE))));
    }

    /** Two datasets of the same people meet in the same units, whatever the order and the spelling of their files. */
    @Test
    void links_ofTheSamePeopleInAnotherOrder_haveTheSameUnits() throws IOException {
        for (int run = 0; run < 5; run++) {
            var random = new SplittableRandom(SEED + run);
            var mobiles = new ArrayList<String>();
            for (int i = 0; i < 1 + random.nextInt(800); i++) {
                mobiles.add("139%08d".formatted(random.nextInt(100_000_000)));
            }
            var shuffled = new ArrayList<String>();
            Set.copyOf(mobiles)
                    .forEach(mobile -> shuffled.add("+86 " + mobile.substring(0, 3) + "-" + mobile.substring(3, 7) + "-"
                            + mobile.substring(7)));
            Collections.shuffle(shuffled, new Random(SEED + run));
            var one = Links.version(temporary.resolve("one-" + run), mobiles);
            var other = Links.version(temporary.resolve("other-" + run), shuffled);
            assertEquals(
                    Links.read(Links.derive(temporary.resolve("a-" + run), one.units(), Links.SCOPE))
                            .keySet(),
                    Links.read(Links.derive(temporary.resolve("b-" + run), other.units(), Links.SCOPE))
                            .keySet(),
                    "seed " + (SEED + run));
        }
    }

    @Test
    void links_inTwoScopes_shareNoUnit() throws IOException {
        var version = Links.version(temporary.resolve("v"), mobiles(1_000));
        var scopes = List.of(Links.scope("col-one", 1), Links.scope("col-one", 2), Links.scope("col-two", 1));
        var units = new HashSet<Long>();
        for (int i = 0; i < scopes.size(); i++) {
            units.addAll(Links.read(Links.derive(temporary.resolve("l" + i), version.units(), scopes.get(i)))
                    .keySet());
        }
        assertEquals(3_000, units.size());
    }

    /** Parts dealt again, by one thread or three, come out the same as those ordered at once. */
    @Test
    void links_dealtAgainInSmallLeaves_areTheSame() throws IOException {
        var version = Links.version(temporary.resolve("v"), mobiles(4_000));
        var whole = Links.read(Links.derive(temporary.resolve("whole"), version.units(), Links.SCOPE));
        var efforts = List.of(
                new Effort(1, 3, 1 << 20),
                new Effort(3, 1, 1 << 20),
                new Effort(2, 1 << 20, 5 * 24),
                new Effort(1, 1, 24));
        for (int i = 0; i < efforts.size(); i++) {
            var linked = Links.derive(temporary.resolve("e" + i), version.units(), pseudonyms(), efforts.get(i));
            assertEquals(whole, Links.read(linked));
        }
    }

    @Test
    void links_ofAVersionWithoutRows_areNone() throws IOException {
        var linked = Links.derive(
                temporary.resolve("l"),
                Links.version(temporary.resolve("v"), List.of()).units(),
                Links.SCOPE);
        assertEquals(0, linked.units());
        assertEquals(Map.of(), Links.read(linked));
    }

    /** An identifier under two numbers would let one person count twice. */
    @Test
    void derive_ofASplitUnit_isRefused() throws IOException {
        for (var effort : List.of(Effort.DEFAULT, new Effort(2, 2, 1 << 20))) {
            var units = new ListedUnits(List.of("a", "b", "c", "a", "d"));
            var refused = assertThrows(
                    LinkException.class,
                    () -> Links.derive(temporary.resolve("l" + effort.leafRowsMax()), units, pseudonyms(), effort));
            assertEquals(Code.INTERNAL, refused.code());
        }
    }

    /** The same identifier in two buckets, which two threads deal to two spills. */
    @Test
    void derive_ofAUnitSplitOverBuckets_isRefused() {
        var mobiles = new ArrayList<String>();
        for (int i = 0; i < ListedUnits.BUCKETS; i++) {
            mobiles.add("x" + i);
        }
        mobiles.set(1, "x40");
        assertThrows(
                LinkException.class,
                () -> Links.derive(temporary.resolve("l"), new ListedUnits(mobiles), pseudonyms(), Effort.DEFAULT));
    }

    /** Which of two persons with one unit stays depends on their pseudonyms alone, not on who came first. */
    @Test
    void derive_ofTwoPseudonymsWithOneUnit_keepsTheLesser() throws IOException {
        for (var people : List.of(List.of("lesser", "greater", "other"), List.of("greater", "other", "lesser"))) {
            for (var effort : List.of(Effort.DEFAULT, new Effort(1, 2, 1 << 20))) {
                PseudonymFunction colliding = (utf8, length, out) -> {
                    String person = new String(utf8, 0, length, StandardCharsets.UTF_8);
                    // The second half is unsigned as well: the greater one is negative as a long.
                    ByteBuffer.wrap(out)
                            .putLong(0, person.equals("other") ? ELSEWHERE : 1)
                            .putLong(
                                    8,
                                    switch (person) {
                                        case "lesser" -> 7;
                                        case "greater" -> -7;
                                        default -> 0;
                                    });
                };
                var units = new ListedUnits(people);
                var linked = Links.derive(Files.createTempDirectory(temporary, "l"), units, colliding, effort);
                assertEquals(2, linked.units());
                var links = Links.read(linked);
                assertEquals(Set.of(1L, ELSEWHERE), links.keySet());
                assertEquals(units.unitNo(people.indexOf("lesser")), links.get(1L));
            }
        }
    }

    /** Three with one unit, the first and the last the same person: the person left out between hides nothing. */
    @Test
    void derive_ofASplitUnitAmongCollisions_isRefused() {
        PseudonymFunction colliding =
                (utf8, length, out) -> ByteBuffer.wrap(out).putLong(0, 1).putLong(8, utf8[0]);
        assertThrows(
                LinkException.class,
                () -> Links.derive(
                        temporary.resolve("l"), new ListedUnits(List.of("a", "b", "b")), colliding, Effort.DEFAULT));
    }

    @Test
    void derive_ofTooManyPersonsOfOneUnit_isRefused() {
        PseudonymFunction constant =
                (utf8, length, out) -> ByteBuffer.wrap(out).putLong(0, 1).putLong(8, utf8[0]);
        var refused = assertThrows(
                LinkException.class,
                () -> Links.derive(
                        temporary.resolve("l"),
                        new ListedUnits(List.of("a", "b", "c")),
                        constant,
                        new Effort(1, 2, 1 << 20)));
        assertEquals(Code.TOO_LARGE, refused.code());
    }

    @Test
    void derive_ofADamagedSidecar_isRefused() throws IOException {
        var version = Links.version(temporary.resolve("v"), mobiles(500));
        for (Path file : Uploads.files(temporary.resolve("v/sealed"))) {
            byte[] bytes = Files.readAllBytes(file);
            byte[] damaged = bytes.clone();
            damaged[bytes.length / 2] ^= 4;
            Files.write(file, damaged);
            var folder = Files.createTempDirectory(temporary, "l");
            var refused = assertThrows(TamisException.class, () -> Links.derive(folder, version.units(), Links.SCOPE));
            assertEquals(Code.INTERNAL, refused.code());
            assertFalse(Files.exists(folder.resolve(LinkIndex.FILE)), "nothing that opens is left");
            Files.write(file, bytes);
        }
    }

    /** Neither an identifier nor a pseudonym is on disk in clear: in what is kept, or in what a crash would leave. */
    @Test
    void files_whileAndAfterDeriving_holdNoIdentifierAndNoPseudonym() throws IOException {
        var mobiles = mobiles(300);
        var version = Links.version(temporary.resolve("v"), mobiles);
        Path folder = temporary.resolve("l");
        var seen = new HashSet<String>();
        // The last person's pseudonym is asked for when all the others are in the spill, if not in its buffers.
        PseudonymFunction watching = (utf8, length, out) -> {
            pseudonyms().of(utf8, length, out);
            try {
                for (Path file : Uploads.files(folder)) {
                    seen.add(Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            } catch (IOException unreadable) {
                throw new AssertionError(unreadable);
            }
        };
        var linked = Links.derive(folder, version.units(), watching, new Effort(1, 1, 24));
        for (Path file : Uploads.files(folder)) {
            seen.add(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
        assertTrue(seen.size() > LinkSet.PARTS);
        var secrets = new ArrayList<>(mobiles);
        for (long unit : Links.read(linked).keySet()) {
            secrets.add(new String(ByteBuffer.allocate(Long.BYTES).putLong(unit).array(), StandardCharsets.ISO_8859_1));
        }
        for (String bytes : seen) {
            secrets.forEach(secret -> assertFalse(bytes.contains(secret)));
        }
    }

    @Test
    void folder_afterDeriving_holdsThePartsAndTheIndexOnly() throws IOException {
        var version = Links.version(temporary.resolve("v"), mobiles(10));
        Links.derive(temporary.resolve("l"), version.units(), Links.SCOPE);
        var names = Uploads.files(temporary.resolve("l")).stream()
                .map(file -> temporary.resolve("l").relativize(file).toString())
                .toList();
        assertEquals(LinkSet.PARTS + 1, names.size());
        assertEquals("index.sealed", names.getFirst());
        assertEquals("part-00000.link", names.get(1));
        assertEquals("part-00063.link", names.getLast());
    }

    /** Small parts must not betray by their length whether they are empty of anybody in particular: 16 bytes a person. */
    @Test
    void part_ofAnyPersons_hasTheLengthOfItsRecords() throws IOException {
        var version = Links.version(temporary.resolve("v"), mobiles(200));
        var linked = Links.derive(temporary.resolve("l"), version.units(), Links.SCOPE);
        try (var set = linked.open()) {
            for (int part = 0; part < LinkSet.PARTS; part++) {
                long overhead = Integer.BYTES + 12 + 16;
                assertEquals(
                        overhead + 16 * set.units(part),
                        Files.size(linked.folder().resolve(LinkIndex.partFile(part))));
            }
        }
    }

    /** The caller made the folder for this derivation alone; leftovers of another are not built upon. */
    @Test
    void derive_intoAFolderInUse_isRefused() throws IOException {
        var version = Links.version(temporary.resolve("v"), mobiles(10));
        Files.createDirectories(temporary.resolve("l/work"));
        assertThrows(LinkException.class, () -> Links.derive(temporary.resolve("l"), version.units(), Links.SCOPE));
    }

    /** The key is written nowhere: without the row that wraps it, the files open for nobody. */
    @Test
    void links_underAnotherKey_openNothing() throws IOException {
        var version = Links.version(temporary.resolve("v"), mobiles(10));
        var linked = Links.derive(temporary.resolve("l"), version.units(), Links.SCOPE);
        Hash contentHash = linked.contentHash();
        for (var other : List.of(SecretBytes.copyOf(new byte[32]), SecretBytes.random(32, Links.RANDOM))) {
            var refused = assertThrows(LinkException.class, () -> LinkSet.open(linked.folder(), other, contentHash));
            assertEquals(Code.INTERNAL, refused.code());
        }
    }

    private static PseudonymFunction pseudonyms() {
        return (utf8, length, out) -> Links.PSEUDONYMS.of(Links.SCOPE, utf8, 0, length, out);
    }

    private static List<String> mobiles(int count) {
        var mobiles = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            mobiles.add("138%08d".formatted(i * 7_919 % 100_000_000));
        }
        return mobiles;
    }

    private static long unit(String normalised) {
        return ByteBuffer.wrap(Links.PSEUDONYMS.of(Links.SCOPE, normalised).bytes())
                .getLong();
    }
}
