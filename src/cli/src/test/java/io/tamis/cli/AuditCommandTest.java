package io.tamis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.audit.AuditFixture;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Shell;
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
