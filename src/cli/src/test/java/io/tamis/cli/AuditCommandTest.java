package io.tamis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.audit.AuditFixture;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Shell;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private Path export;

    @BeforeEach
    void writeExport() {
        export = folder.resolve("export");
        AuditFixture.write(export);
    }

    private int run(String... args) {
        var shell = new Shell(
                Map.of(),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z")),
                Path.of("..", ".."),
                false);
        return TamisCli.run(shell, args);
    }

    private int verify(String... more) {
        return run(Stream.concat(
                        Stream.of("audit", "verify", export.toString(), "--key", AuditFixture.KEY), Stream.of(more))
                .toArray(String[]::new));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void verify_ofAnHonestExport_exitsWithZero() {
        assertEquals(0, verify());
        assertTrue(out().endsWith("VALID: everything holds\n"), this::out);
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        assertTrue(out().contains("\nwitnesses  not asked (--witness)\nchain      not asked (--rpc)\n"), this::out);
    }

    @Test
    void verify_inJson_isOneObject() {
        assertEquals(0, verify("--json"));
        assertEquals(
                "VALID", JsonView.of(Json.parse(out().strip())).at("verdict").text());
    }

    @Test
    void verify_underAnotherKey_exitsWithTwo() {
        assertEquals(2, run("audit", "verify", export.toString(), "--key", AuditFixture.OTHER_KEY));
        assertTrue(out().contains("checkpoint: EXPORT_BROKEN, CHECKPOINT_NOT_SIGNED"), this::out);
    }

    @Test
    void verify_withErasedEntries_exitsWithThree() {
        export = folder.resolve("erased");
        AuditFixture.writeErased(export);
        assertEquals(3, verify());
        assertTrue(out().contains("INCOMPLETE"), this::out);
    }

    /** What anybody can do to an export without a key: take the content out of a line and write the manifest anew. */
    @Test
    void verify_ofALineWithoutItsContent_exitsWithTwo() throws IOException {
        Path entries = export.resolve("entries.jsonl");
        var lines = new ArrayList<>(Files.readAllLines(entries));
        var line = (Json.Obj) Json.parse(lines.get(4));
        for (Json.Obj hidden : List.of(
                line.without("event", "salt"),
                line.without("event", "salt").with("keyId", line.member("id").orElseThrow()))) {
            lines.set(4, hidden.canonical());
            Files.writeString(entries, String.join("\n", lines) + "\n");
            Path manifest = export.resolve("MANIFEST");
            Files.writeString(
                    manifest,
                    Files.readString(manifest)
                            .replaceFirst(
                                    "[0-9a-f]{64}  entries.jsonl",
                                    Hash.sha256(Files.readAllBytes(entries)).hex() + "  entries.jsonl"));
            out.reset();
            assertEquals(2, verify(), this::out);
            assertTrue(out().contains("finding    entry 4: "), this::out);
        }
        assertTrue(out().contains("entry 4: ERASED_WITHOUT_RECORD"), this::out);
        assertTrue(out().contains("RELEASE_UNPAID"), this::out);
    }

    /** An export that ends before what somebody has seen is an older one, or one that was cut. */
    @Test
    void verify_ofALogShorterThanKnown_exitsWithTwo() {
        assertEquals(0, verify("--at-least", "7"));
        assertTrue(out().contains("as of      checkpoint 7;"), this::out);
        assertEquals(2, verify("--at-least", "8"));
        assertTrue(out().contains("checkpoint: LOG_TOO_SHORT, is of 7 entries, and 8 were known"), this::out);
    }

    @Test
    void verify_ofAnEmptyFolder_isWrongUsageAndNoVerdict() throws IOException {
        export = Files.createDirectory(folder.resolve("empty"));
        assertEquals(2, verify());
        assertEquals("", out());
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("this folder is empty"));
    }

    @Test
    void verify_ofNoFolderOrKey_isWrongUsage() {
        assertEquals(2, run("audit", "verify", folder.resolve("none").toString(), "--key", AuditFixture.KEY));
        assertEquals(2, run("audit", "verify", export.toString(), "--key", "nonsense"));
        assertEquals(2, run("audit", "verify", export.toString()));
    }

    /** Bytes at random places of every file, flipped one at a time: always found, the file or entry named. */
    @Test
    void verify_ofAFlippedByte_exitsWithTwoAndNamesThePlace() throws IOException {
        var random = new Random(20261124);
        try (Stream<Path> walk = Files.walk(export)) {
            for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
                byte[] whole = Files.readAllBytes(file);
                for (int i = 0; i < 8; i++) {
                    byte[] flipped = whole.clone();
                    int at = random.nextInt(whole.length);
                    flipped[at] ^= (byte) (1 << random.nextInt(8));
                    Files.write(file, flipped);
                    out.reset();
                    assertEquals(2, verify(), () -> file + " at " + at);
                    assertTrue(named(file), () -> file + " at " + at + ": " + out());
                }
                Files.write(file, whole);
            }
        }
        out.reset();
        assertEquals(0, verify());
    }

    /** A flipped byte of a manifest shows at the file whose line it is. */
    private boolean named(Path file) {
        String name = export.relativize(file).toString().replace('\\', '/');
        return switch (name) {
            case "entries.jsonl" -> out().contains("entry ") || out().contains("entries.jsonl");
            case "MANIFEST" -> out().contains("finding    ");
            default -> out().contains(name);
        };
    }
}
