package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PredictableRandom;
import io.tamis.data.Samples;
import io.tamis.data.TamisException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts an export is read with, each with hostile input. */
class ExportPartsTest {
    private static final Hash HASH = Hash.sha256();

    @TempDir
    private Path folder;

    @Test
    void manifest_ofFiles_readsBack() {
        var files = Map.of("b", HASH, "a/x.yaml", Hash.sha256(new byte[] {1}), "A", HASH);
        var manifest = new ExportManifest(files);
        assertEquals(manifest, ExportManifest.parse(manifest.bytes()));
        assertEquals(List.of("A", "a/x.yaml", "b"), List.copyOf(manifest.files().keySet()));
        assertEquals(new ExportManifest(Map.of()), ExportManifest.parse(new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "x\n",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 a\n",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a\r\n",
                "E3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a\n",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  ../a\n",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  /a\n",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a/../b\n",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  .hidden\n",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855   a\n"
            })
    void manifest_ofAnotherForm_isRefused(String text) {
        assertThrows(TamisException.class, () -> ExportManifest.parse(text.getBytes(UTF_8)));
    }

    @Test
    void manifest_unsortedOrRepeated_isRefused() {
        String line = HASH.hex() + "  ";
        assertThrows(TamisException.class, () -> ExportManifest.parse((line + "b\n" + line + "a\n").getBytes(UTF_8)));
        assertThrows(TamisException.class, () -> ExportManifest.parse((line + "a\n" + line + "a\n").getBytes(UTF_8)));
    }

    @Test
    void manifest_limits_areHeld() {
        var files = new TreeMap<String, Hash>();
        for (int i = 0; i <= ExportManifest.FILES_MAX; i++) {
            files.put("f" + i, HASH);
        }
        assertEquals(
                Code.TOO_LARGE,
                assertThrows(LogException.class, () -> new ExportManifest(files))
                        .code());
        assertEquals(
                Code.TOO_LARGE,
                assertThrows(LogException.class, () -> ExportManifest.parse(new byte[ExportManifest.BYTES_MAX + 1]))
                        .code());
        assertThrows(LogException.class, () -> ExportManifest.requirePath("a".repeat(513)));
        assertEquals("a".repeat(512), ExportManifest.requirePath("a".repeat(512)));
    }

    @Test
    void manifest_notUtf8_isRefused() {
        byte[] bytes = (HASH.hex() + "  a\n").getBytes(UTF_8);
        bytes[66] = (byte) 0xff;
        assertThrows(LogException.class, () -> ExportManifest.parse(bytes));
    }

    @Test
    void lines_ofAFile_comeOneByOneWithItsDigest() throws IOException {
        Path file = folder.resolve("lines");
        Files.writeString(file, "a\n\nbc\n");
        try (var lines = new EntryLines(file)) {
            assertArrayEquals("a".getBytes(UTF_8), lines.next().orElseThrow());
            assertArrayEquals(new byte[0], lines.next().orElseThrow());
            assertArrayEquals("bc".getBytes(UTF_8), lines.next().orElseThrow());
            assertTrue(lines.next().isEmpty());
            assertEquals(Hash.sha256("a\n\nbc\n".getBytes(UTF_8)), lines.digest());
        }
    }

    @Test
    void lines_withoutLastNewlineOrTooLong_areRefused() throws IOException {
        Path file = folder.resolve("lines");
        Files.writeString(file, "a");
        try (var lines = new EntryLines(file)) {
            assertThrows(LogException.class, lines::next);
        }
        Files.writeString(file, "x".repeat(ExportEntry.LINE_BYTES_MAX) + "\n");
        try (var lines = new EntryLines(file)) {
            assertEquals(ExportEntry.LINE_BYTES_MAX, lines.next().orElseThrow().length);
        }
        Files.writeString(file, "x".repeat(ExportEntry.LINE_BYTES_MAX + 1) + "\n");
        try (var lines = new EntryLines(file)) {
            assertThrows(LogException.class, lines::next);
        }
    }

    /** The largest event there can be still fits into a line. */
    @Test
    void line_ofTheLargestEvent_isWithinTheLimit() {
        var small = Fixtures.event(1);
        int room = LedgerEvent.BYTES_MAX - new LedgerEvent(small.body().with("x", Json.of(""))).canonicalBytes().length;
        var largest = new LedgerEvent(small.body().with("x", Json.of("y".repeat(room))));
        var entry = new ExportEntry.Present(Json.Int.MAGNITUDE_MAX, Fixtures.salt(1), largest);
        assertTrue(entry.line().length <= ExportEntry.LINE_BYTES_MAX);
        assertEquals(entry, ExportEntry.parse(entry.line()));
    }

    @Test
    void erasedEntry_line_carriesNoContent() {
        var whole = Fixtures.entries(1).getFirst();
        var erased = new ExportEntry.Erased(0, whole.entry(), Fixtures.KEY_ID);
        assertEquals(
                "{\"commitment\":\"" + whole.entry().commitment().hex() + "\",\"id\":\"" + whole.id()
                        + "\",\"index\":0,\"keyId\":\"" + Fixtures.KEY_ID + "\"}",
                new String(erased.line(), UTF_8));
        assertEquals(erased, assertInstanceOf(ExportEntry.Erased.class, ExportEntry.parse(erased.line())));
        assertEquals(whole.entry().leaf(), erased.entry().leaf());
        assertEquals(whole.id(), erased.id());
    }

    /** A line that says nothing of its key, or a present one that does, is no line. */
    @Test
    void erasedEntry_withoutItsKeyOrPresentWithOne_isRefused() {
        var whole = (Json.Obj) Json.parse(Fixtures.entries(1).getFirst().line());
        var erased = whole.without("event", "salt");
        for (var other : List.of(
                erased,
                erased.with("keyId", Json.of("k1")),
                erased.with("keyId", Json.of(7)),
                whole.with("keyId", Json.of(Fixtures.KEY_ID.toString())))) {
            assertThrows(TamisException.class, () -> ExportEntry.parse(other.canonicalBytes()));
        }
    }

    /** Only an entry that can be read, and that names the key of one that cannot, records an erasure. */
    @Test
    void erasures_ofALog_areRecordedByItsKeyDestroyedEntries() {
        var unread = new ExportEntry.Erased(0, Fixtures.entries(1).getFirst().entry(), Fixtures.KEY_ID);
        var other = UUID.fromString("0190163d-8694-7000-8000-0000000000bb");
        assertEquals(Set.of(), recorded(unread));
        assertEquals(Set.of(Fixtures.KEY_ID), recorded(unread, naming("key.destroyed", Fixtures.KEY_ID, other)));
        assertEquals(Set.of(Fixtures.KEY_ID), recorded(naming("key.destroyed", Fixtures.KEY_ID), unread));
        assertEquals(Set.of(), recorded(unread, naming("key.destroyed", other)));
        assertEquals(Set.of(), recorded(unread, naming("key.created", Fixtures.KEY_ID)));
        assertEquals(Set.of(), recorded(naming("key.destroyed", Fixtures.KEY_ID)));
    }

    private static Set<UUID> recorded(ExportEntry... entries) {
        var erasures = new Erasures();
        List.of(entries).forEach(erasures::add);
        return erasures.recorded();
    }

    private static ExportEntry naming(String type, UUID... keys) {
        var body = Fixtures.event(1)
                .body()
                .with("type", Json.of(type))
                .with("keyIds", Json.strings(Stream.of(keys).map(UUID::toString).toList()));
        return new ExportEntry.Present(1, Fixtures.salt(1), new LedgerEvent(body));
    }

    @Test
    void entry_ofANegativeIndex_isRefused() {
        var whole = Fixtures.entries(1).getFirst();
        assertThrows(LogException.class, () -> new ExportEntry.Erased(-1, whole.entry(), Fixtures.KEY_ID));
        assertThrows(LogException.class, () -> new ExportEntry.Present(-1, Fixtures.salt(1), Fixtures.event(1)));
    }

    /** Damaged lines are refused or read back byte for byte. */
    @Test
    void line_randomlyDamaged_readsBackOrIsRefused() {
        byte[] whole = Fixtures.entries(1).getFirst().line();
        Samples.forAll(
                41,
                4000,
                seed -> {
                    byte[] copy = whole.clone();
                    for (int i = seed.nextInt(1, 4); i > 0; i--) {
                        copy[seed.nextInt(copy.length)] = (byte) seed.nextInt(32, 127);
                    }
                    return copy;
                },
                bytes -> {
                    try {
                        assertArrayEquals(bytes, ExportEntry.parse(bytes).line());
                    } catch (TamisException refused) {
                        assertTrue(refused.code() == Code.INVALID_REQUEST
                                || refused.code() == Code.UNKNOWN_FIELD
                                || refused.code() == Code.TOO_LARGE);
                    }
                });
    }

    @Test
    void treeRoot_anyNumberOfLeaves_equalsTheNaiveRoot() {
        var leaves = NaiveTree.leaves(70);
        var tree = new RootHasher();
        for (int size = 0; size < leaves.size(); size++) {
            assertEquals(new TreeHead(size, NaiveTree.root(leaves.subList(0, size))), tree.head());
            assertEquals(size, tree.size());
            tree.append(leaves.get(size));
        }
    }

    @Test
    void hashList_overSeveralChunks_keepsEveryHash() {
        var random = new PredictableRandom(3);
        var list = new HashList();
        var expected = new ArrayList<Hash>();
        for (int i = 0; i < 2500; i++) {
            expected.add(Hash.of(random.bytes(32)));
            list.add(expected.getLast());
        }
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i), list.get(i));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> list.get(2500));
        assertThrows(IndexOutOfBoundsException.class, () -> list.get(-1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "01", "-1", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "１", "9223372036854775808"})
    void decimal_ofAnotherSpelling_isRefused(String text) {
        assertThrows(LogException.class, () -> Decimal.parse(text));
    }

    @Test
    void decimal_ofItsForm_isRead() {
        assertEquals(0, Decimal.parse("0"));
        assertEquals(Long.MAX_VALUE, Decimal.parse("9223372036854775807"));
    }

    /** RFC 4648 section 10, and spellings that the JDK's decoder takes for the same bytes. */
    @Test
    void base64_hasOneSpelling() {
        String[][] vectors = {
            {"", ""},
            {"f", "Zg=="},
            {"fo", "Zm8="},
            {"foo", "Zm9v"},
            {"foob", "Zm9vYg=="},
            {"fooba", "Zm9vYmE="},
            {"foobar", "Zm9vYmFy"}
        };
        for (String[] vector : vectors) {
            assertEquals(vector[1], StrictBase64.encode(vector[0].getBytes(UTF_8)));
            assertArrayEquals(vector[0].getBytes(UTF_8), StrictBase64.decode(vector[1]));
        }
        for (String other : new String[] {"Zg", "Zg=", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm9v====", "Zm-_", "Z"}) {
            assertThrows(LogException.class, () -> StrictBase64.decode(other), other);
        }
    }
}
