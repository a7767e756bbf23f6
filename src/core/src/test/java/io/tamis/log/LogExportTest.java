package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.MemoryKeys;
import io.tamis.data.Hash;
import io.tamis.log.ExportResult.Broken;
import io.tamis.log.ExportResult.Problem;
import io.tamis.log.ExportResult.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogExportTest {
    private static final Hash BUNDLE = Hash.sha256("bundle".getBytes(UTF_8));
    private static final Map<String, byte[]> BUNDLE_FILES =
            Map.of("access.yaml", "rules: []\n".getBytes(UTF_8), "datasets/cdnow.yaml", "id: cdnow\n".getBytes(UTF_8));

    @TempDir
    private Path folder;

    private final List<ExportEntry> entries = Fixtures.entries(3);

    @BeforeEach
    void writeExport() throws IOException {
        write(folder, entries, Fixtures.checkpoint(entries));
    }

    @Test
    void read_wholeExport_isVerifiedAndReadable() {
        var verified = assertInstanceOf(Verified.class, LogExport.read(folder, Fixtures.KEY));
        assertEquals(3, verified.checkpoint().head().size());
        assertEquals(0, verified.erased());
        assertEquals(List.of(BUNDLE), List.copyOf(verified.bundles().keySet()));
        assertEquals("id: cdnow\n", new String(verified.bundles().get(BUNDLE).get("datasets/cdnow.yaml"), UTF_8));
        var read = new ArrayList<ExportEntry>();
        verified.entries().forEach(read::add);
        assertEquals(entries, read);
    }

    @Test
    void read_emptyLog_isVerified() throws IOException {
        var inner = Files.createDirectory(folder.resolve("inner"));
        write(inner, List.of(), Fixtures.checkpoint(List.of()));
        assertInstanceOf(Verified.class, LogExport.read(inner, Fixtures.KEY));
    }

    @Test
    void read_erasedEntry_isVerifiedButCounted() throws IOException {
        var erased = new ArrayList<>(entries);
        erased.set(1, new ExportEntry.Erased(1, entries.get(1).entry(), Fixtures.KEY_ID));
        write(folder, erased, Fixtures.checkpoint(entries));
        var verified = assertInstanceOf(Verified.class, LogExport.read(folder, Fixtures.KEY));
        assertEquals(1, verified.erased());
        assertEquals(Set.of(), verified.erasedKeys(), "nothing in the log says so");
    }

    /** Every byte of every file, two ways: the lowest bit, and into a line break. The broken place is always named. */
    @Test
    void read_everyChangedByte_isBrokenAtItsFileOrEntry() throws IOException {
        var lines = Files.readString(folder.resolve("entries.jsonl"));
        for (Path file : files()) {
            String name = folder.relativize(file).toString();
            byte[] whole = Files.readAllBytes(file);
            for (int i = 0; i < whole.length; i++) {
                for (int mask : new int[] {1, whole[i] ^ '\n'}) {
                    if (mask == 0) {
                        continue;
                    }
                    byte[] changed = whole.clone();
                    changed[i] ^= (byte) mask;
                    Files.write(file, changed);
                    var broken = assertInstanceOf(
                            Broken.class, LogExport.read(folder, Fixtures.KEY), name + " byte " + i + " mask " + mask);
                    if (name.equals("entries.jsonl")) {
                        long entry = lines.substring(0, i)
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
                        assertEquals("entry " + entry, broken.where());
                    } else if (!name.equals("MANIFEST")) {
                        assertEquals(name, broken.where());
                    }
                }
            }
            Files.write(file, whole);
        }
        assertInstanceOf(Verified.class, LogExport.read(folder, Fixtures.KEY));
    }

    /** A changed manifest points to itself or to the file it no longer fits. */
    @Test
    void read_changedManifest_namesTheFile() throws IOException {
        Path file = folder.resolve("MANIFEST");
        String whole = Files.readString(file);
        Files.writeString(file, whole + "\n");
        assertBroken("MANIFEST", Problem.MANIFEST_MALFORMED);
        Files.writeString(file, whole.replaceFirst("(?m)^..", "00"));
        assertBroken("bundles/" + BUNDLE.hex() + "/access.yaml", Problem.FILE_CHANGED);
        Files.writeString(file, whole.replaceFirst("bundles/", "bundles/../"));
        assertBroken("MANIFEST", Problem.MANIFEST_MALFORMED);
        Files.writeString(file, whole.replaceFirst("[^\n]*checkpoint\n", ""));
        assertBroken("checkpoint", Problem.FILE_UNEXPECTED);
        Files.writeString(file, "");
        assertBroken("bundles/" + BUNDLE.hex() + "/access.yaml", Problem.FILE_UNEXPECTED);
        Files.delete(file);
        assertBroken("MANIFEST", Problem.FILE_MISSING);
    }

    @Test
    void read_missingOrAddedFile_isNamed() throws IOException {
        Files.writeString(folder.resolve("extra"), "");
        assertBroken("extra", Problem.FILE_UNEXPECTED);
        Files.delete(folder.resolve("extra"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("checkpoint"));
        assertBroken("link", Problem.FILE_UNEXPECTED);
        Files.delete(folder.resolve("link"));
        for (String name : List.of("checkpoint", "entries.jsonl", "bundles/" + BUNDLE.hex() + "/access.yaml")) {
            byte[] content = Files.readAllBytes(folder.resolve(name));
            Files.delete(folder.resolve(name));
            assertBroken(name, Problem.FILE_MISSING);
            Files.write(folder.resolve(name), content);
        }
    }

    /** Who changes an entry and adapts commitment and manifest still meets the signed root. */
    @Test
    void read_entryReplacedConsistently_breaksTheRoot() throws IOException {
        var forged = new ArrayList<>(entries);
        forged.set(1, new ExportEntry.Present(1, Fixtures.salt(1), Fixtures.event(77)));
        write(folder, forged, Fixtures.checkpoint(entries));
        assertBroken("entries.jsonl", Problem.ROOT_DIFFERS);
    }

    @Test
    void read_entriesSwappedDroppedRepeatedOrAdded_isBroken() throws IOException {
        write(folder, List.of(entries.get(1), entries.get(0), entries.get(2)), Fixtures.checkpoint(entries));
        assertBroken("entry 0", Problem.ENTRY_OUT_OF_ORDER);
        write(folder, entries.subList(0, 2), Fixtures.checkpoint(entries));
        assertBroken("entry 2", Problem.ENTRIES_TOO_FEW);
        write(folder, Fixtures.entries(4), Fixtures.checkpoint(entries));
        assertBroken("entry 3", Problem.ENTRIES_TOO_MANY);
        var twice = List.of(
                entries.get(0), entries.get(1), new ExportEntry.Present(2, Fixtures.salt(5), Fixtures.event(1)));
        write(folder, twice, Fixtures.checkpoint(twice));
        assertBroken("entry 2", Problem.ENTRY_REPEATED);
    }

    @Test
    void read_signedByAnotherKey_isBroken() throws IOException {
        var forged = new Checkpoint(Fixtures.ORIGIN, Fixtures.tree(entries).head())
                .sign(new MemoryKeys(99), KeyName.LEDGER_SIGNING);
        write(folder, entries, forged);
        assertBroken("checkpoint", Problem.CHECKPOINT_NOT_SIGNED);
    }

    @Test
    void read_tooLongLineOrFile_isBroken() throws IOException {
        Files.writeString(folder.resolve("entries.jsonl"), "x".repeat(ExportEntry.LINE_BYTES_MAX + 1) + "\n");
        assertBroken("entry 0", Problem.ENTRY_MALFORMED);
        write(folder, entries, Fixtures.checkpoint(entries));
        Files.write(folder.resolve("checkpoint"), new byte[ExportReader.FILE_BYTES_MAX + 1]);
        assertBroken("checkpoint", Problem.FILE_TOO_LARGE);
    }

    @Test
    void entries_changedAfterVerification_areNotTrusted() throws IOException {
        var verified = assertInstanceOf(Verified.class, LogExport.read(folder, Fixtures.KEY));
        write(folder, Fixtures.entries(2), Fixtures.checkpoint(entries));
        assertThrows(LogException.class, () -> verified.entries().forEach(entry -> {}));
    }

    @Test
    void folder_pathThatLeavesIt_isRefused() {
        var target = LogExport.Target.folder(folder);
        for (String path : new String[] {"../x", "/x", "a/../b", "a//b", ".x", "a/", "", "a b", "a\\b"}) {
            assertThrows(LogException.class, () -> target.file(path), path);
        }
    }

    @Test
    void line_anotherSpelling_isRefused() {
        String line = new String(entries.get(1).line(), UTF_8);
        assertEquals(entries.get(1), ExportEntry.parse(line.getBytes(UTF_8)));
        for (String other : new String[] {
            line.replace(":", ": "),
            line.replace("\"index\":1", "\"index\":-1"),
            line.replace("{\"commitment\"", "{\"a\":1,\"commitment\""),
            line.replaceFirst("\"salt\":\"..", "\"salt\":\"00"),
            line.replace("\"event\"", "\"Event\""),
            line + " "
        }) {
            assertThrows(io.tamis.data.TamisException.class, () -> ExportEntry.parse(other.getBytes(UTF_8)), other);
        }
    }

    @Test
    void manifest_isWhatSha256sumReads() throws IOException {
        var expected = new TreeMap<String, String>();
        for (Path file : files()) {
            String name = folder.relativize(file).toString();
            if (!name.equals("MANIFEST")) {
                expected.put(name, Hash.sha256(Files.readAllBytes(file)).hex() + "  " + name);
            }
        }
        assertEquals(String.join("\n", expected.values()) + "\n", Files.readString(folder.resolve("MANIFEST")));
        assertTrue(expected.containsKey("bundles/" + BUNDLE.hex() + "/datasets/cdnow.yaml"));
    }

    private List<Path> files() throws IOException {
        try (var walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    private static void write(Path folder, List<ExportEntry> entries, SignedNote checkpoint) throws IOException {
        var export = new LogExport(LogExport.Target.folder(folder));
        export.entries(entries);
        export.bundle(BUNDLE, BUNDLE_FILES);
        export.checkpoint(checkpoint);
        export.finish();
    }

    private void assertBroken(String where, Problem problem) {
        assertEquals(new Broken(where, problem), LogExport.read(folder, Fixtures.KEY));
    }
}
