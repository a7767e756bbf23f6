package io.tamis.catalog.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.catalog.load.SealedStream;
import io.tamis.catalog.load.Uploads;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class LinkSetTest {
    private static final Hash VERSION = Hash.sha256();
    private static final long TOP = 1L << 58;

    @TempDir
    Path temporary;

    private Links.Linked linked;

    @BeforeEach
    void derive() throws IOException {
        var people = new ArrayList<String>();
        for (int i = 0; i < 150; i++) {
            people.add("p" + i);
        }
        linked = Links.derive(temporary.resolve("l"), new ListedUnits(people), Links.SCOPE);
    }

    @Test
    void units_ofASet_areThoseOfItsParts() {
        try (var set = linked.open()) {
            assertEquals(150, set.units());
            long sum = 0;
            for (int part = 0; part < LinkSet.PARTS; part++) {
                sum += set.units(part);
            }
            assertEquals(150, sum);
        }
    }

    @Test
    void part_ofUnits_holdsThoseThatBeginWithItsBits() {
        try (var set = linked.open()) {
            for (int part = 0; part < LinkSet.PARTS; part++) {
                try (var cursor = set.part(part)) {
                    while (cursor.next()) {
                        assertEquals(part, cursor.collaborationUnit() >>> 58);
                    }
                    assertFalse(cursor.next(), "the end stays the end");
                }
            }
        }
    }

    @Test
    void file_anyBitFlipped_isRefused() throws IOException {
        for (Path file : Uploads.files(linked.folder())) {
            byte[] bytes = Files.readAllBytes(file);
            for (int at = 0; at < bytes.length; at += 1 + bytes.length / 40) {
                byte[] flipped = bytes.clone();
                flipped[at] ^= (byte) (1 << at % 8);
                Files.write(file, flipped);
                assertDamaged(() -> Links.read(linked));
            }
            Files.write(file, bytes);
        }
        assertEquals(150, Links.read(linked).size());
    }

    @Test
    void file_cutOrLonger_isRefused() throws IOException {
        for (Path file : Uploads.files(linked.folder())) {
            byte[] bytes = Files.readAllBytes(file);
            for (int length : new int[] {0, 1, 4, bytes.length / 2, bytes.length - 1}) {
                Files.write(file, Arrays.copyOf(bytes, length));
                assertDamaged(() -> Links.read(linked));
            }
            Files.write(file, bytes);
        }
        Path index = linked.folder().resolve(LinkIndex.FILE);
        byte[] bytes = Files.readAllBytes(index);
        Files.write(index, Arrays.copyOf(bytes, bytes.length + 1));
        assertDamaged(linked::open);
        Files.write(index, new byte[1 << 20]);
        assertDamaged(linked::open);
    }

    @Test
    void file_missing_isRefused() throws IOException {
        for (Path file : Uploads.files(linked.folder())) {
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            assertDamaged(() -> Links.read(linked));
            Files.write(file, bytes);
        }
    }

    @Test
    void files_ofTwoParts_cannotChangePlaces() throws IOException {
        Path one = linked.folder().resolve(LinkIndex.partFile(3));
        Path other = linked.folder().resolve(LinkIndex.partFile(4));
        byte[] bytes = Files.readAllBytes(one);
        Files.copy(other, one, StandardCopyOption.REPLACE_EXISTING);
        Files.write(other, bytes);
        assertDamaged(() -> Links.read(linked));
    }

    /** The same people in the same scope: only the key tells the attachments apart, and it does. */
    @Test
    void file_ofAnotherAttachment_isRefused() throws IOException {
        var people = new ArrayList<String>();
        for (int i = 0; i < 150; i++) {
            people.add("p" + i);
        }
        var other = Links.derive(temporary.resolve("other"), new ListedUnits(people), Links.SCOPE);
        for (Path file : Uploads.files(linked.folder())) {
            byte[] bytes = Files.readAllBytes(file);
            Files.copy(other.folder().resolve(file.getFileName()), file, StandardCopyOption.REPLACE_EXISTING);
            assertDamaged(() -> Links.read(linked));
            Files.write(file, bytes);
        }
    }

    /** Numbers of another version would join the wrong persons, quietly. */
    @Test
    void open_forAnotherVersion_isRefused() {
        assertDamaged(() -> LinkSet.open(linked.folder(), linked.key(), Hash.sha256(new byte[1])));
    }

    @Test
    void open_keyClosedByItsOwner_keepsReading() {
        try (var set = linked.open()) {
            linked.key().close();
            try (var cursor = set.part(0)) {
                while (cursor.next()) {
                    assertTrue(cursor.unitNo() > 0);
                }
            }
        }
        assertThrows(IllegalStateException.class, linked::open);
    }

    @Test
    void part_ofAClosedSet_isRefused() {
        var set = linked.open();
        var begun = set.part(0);
        set.close();
        assertDamaged(begun::next);
        assertDamaged(() -> set.part(1).next());
        begun.close();
    }

    @Test
    void part_ofNoSuchNumber_isRefused() {
        try (var set = linked.open()) {
            for (int part : new int[] {-1, LinkSet.PARTS}) {
                assertThrows(IndexOutOfBoundsException.class, () -> set.part(part));
            }
        }
    }

    /** Authentic but wrong: what a faulty derivation would write is refused as well. */
    @Test
    void records_thatDoNotAscend_areRefused() throws IOException {
        assertEquals(List.of(TOP, 1L, TOP + 1, 2L), read(1, TOP, 1, TOP + 1, 2));
        assertDamaged(() -> read(1, TOP, 1, TOP, 2));
        assertDamaged(() -> read(1, TOP + 1, 1, TOP, 2));
        // Unsigned: the first of part 63 is negative as a long.
        assertEquals(List.of(-TOP, 1L, -1L, 2L), read(63, -TOP, 1, -1, 2));
        assertDamaged(() -> read(63, -1, 1, -TOP, 2));
    }

    @Test
    void records_outsideTheirPart_areRefused() {
        assertDamaged(() -> read(1, TOP - 1, 1));
        assertDamaged(() -> read(1, 2 * TOP, 1));
        assertDamaged(() -> read(1, -TOP, 1));
    }

    @Test
    void records_withoutAUnitNumber_areRefused() {
        assertDamaged(() -> read(0, 1, -1));
        assertDamaged(() -> read(0, 1, 64L << 40));
    }

    @Test
    void records_notAsManyAsTheIndexSays_areRefused() throws IOException {
        assertDamaged(() -> read(write(List.of(1L, 1L), 0, 2)));
        assertDamaged(() -> read(write(List.of(1L, 1L, 2L, 2L), 0, 1)));
        assertEquals(List.of(), read(write(List.of(), 0, 0)));
    }

    @Test
    void record_cutInItself_isRefused() {
        assertDamaged(() -> read(write(List.of(1L, 1L, 2L), 0, 1)));
        assertDamaged(() -> read(write(List.of(1L), 0, 0)));
    }

    /** Longer than chunk and buffer, so that records lie across both. */
    @Test
    void records_overManyChunks_allComeBack() throws IOException {
        var records = new ArrayList<Long>();
        for (long i = 0; i < 10_000; i++) {
            Collections.addAll(records, i * i, i);
        }
        assertEquals(records, read(write(records, 0, 10_000)));
    }

    private List<Long> read(int part, long... records) throws IOException {
        return read(write(Arrays.stream(records).boxed().toList(), part, records.length / 2));
    }

    /** Link files that hold these records in one part, authentic under their key. */
    private Links.Linked write(List<Long> records, int part, long counted) throws IOException {
        Path folder = Files.createTempDirectory(temporary, "made");
        var key = SecretBytes.random(32, Links.RANDOM);
        var counts = new ArrayList<>(Collections.nCopies(LinkSet.PARTS, 0L));
        counts.set(part, counted);
        new LinkIndex(VERSION, counts).write(folder, key, Links.RANDOM);
        for (int i = 0; i < LinkSet.PARTS; i++) {
            var file = Files.newOutputStream(folder.resolve(LinkIndex.partFile(i)));
            try (var out = SealedStream.sealing(file, key, LinkIndex.partScope(i), Links.RANDOM)) {
                for (long value : i == part ? records : List.<Long>of()) {
                    out.write(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
                }
            }
        }
        return new Links.Linked(folder, key, VERSION, counted);
    }

    private static List<Long> read(Links.Linked made) {
        var records = new ArrayList<Long>();
        try (var set = made.open()) {
            for (int part = 0; part < LinkSet.PARTS; part++) {
                try (var cursor = set.part(part)) {
                    while (cursor.next()) {
                        Collections.addAll(records, cursor.collaborationUnit(), cursor.unitNo());
                    }
                }
            }
        }
        return records;
    }

    /** One code whatever is wrong, and a text without content. */
    private static void assertDamaged(Executable action) {
        var refused = assertThrows(LinkException.class, action);
        assertEquals(Code.INTERNAL, refused.code());
        assertEquals(Code.INTERNAL.title(), refused.getMessage());
    }
}
