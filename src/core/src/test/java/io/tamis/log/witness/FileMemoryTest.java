package io.tamis.log.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.log.LogException;
import io.tamis.log.Origin;
import io.tamis.log.SignedNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMemoryTest {
    private static final String NAME = "witness.example/w1+01234567+AAAA";
    private static final Origin ORIGIN = GrownLog.ORIGIN;

    private final GrownLog log = GrownLog.of(20);
    private final JdkCosigner cosigner = new JdkCosigner();

    @TempDir
    Path folder;

    @Test
    void replace_thenOpenedAgain_isRemembered() {
        create();
        try (var memory = open()) {
            assertEquals(Optional.empty(), memory.latest(ORIGIN));
            assertTrue(memory.replace(ORIGIN, Optional.empty(), cosigned(7)));
            assertTrue(memory.replace(ORIGIN, Optional.of(log.head(7)), cosigned(9)));
        }
        try (var memory = open()) {
            assertEquals(Optional.of(log.head(9)), memory.latest(ORIGIN));
        }
    }

    @Test
    void replace_whenNotAsExpected_changesNothing() {
        create();
        try (var memory = open()) {
            memory.replace(ORIGIN, Optional.empty(), cosigned(7));
            assertFalse(memory.replace(ORIGIN, Optional.empty(), cosigned(9)));
            assertFalse(memory.replace(ORIGIN, Optional.of(log.head(6)), cosigned(9)));
            assertEquals(Optional.of(log.head(7)), memory.latest(ORIGIN));
        }
    }

    @Test
    void replace_bySomethingSmaller_isAnErrorOfOurs() {
        create();
        try (var memory = open()) {
            memory.replace(ORIGIN, Optional.empty(), cosigned(7));
            assertCode(Code.INTERNAL, () -> memory.replace(ORIGIN, Optional.of(log.head(7)), cosigned(6)));
        }
    }

    @Test
    void replace_withoutOurCosignature_isAnErrorOfOurs() {
        create();
        try (var memory = open()) {
            assertCode(Code.INTERNAL, () -> memory.replace(ORIGIN, Optional.empty(), log.note(7)));
            assertEquals(Optional.empty(), memory.latest(ORIGIN));
        }
    }

    @Test
    void file_isANoteAnybodyCanRead() throws IOException {
        create();
        try (var memory = open()) {
            memory.replace(ORIGIN, Optional.empty(), cosigned(7));
        }
        var note = SignedNote.parse(Files.readAllBytes(file()));
        assertTrue(note.verifiedBy(log.key()));
        assertTrue(cosigner.own(note));
    }

    @Test
    void latest_ofADamagedFile_isAnErrorWhereverTheDamageIs() throws IOException {
        create();
        try (var memory = open()) {
            memory.replace(ORIGIN, Optional.empty(), cosigned(7));
            byte[] good = Files.readAllBytes(file());
            int ours = new String(good, UTF_8).indexOf("\n\n");
            for (int at = 0; at < ours; at++) {
                byte[] bad = good.clone();
                bad[at] ^= 1;
                Files.write(file(), bad);
                assertCode(Code.INTERNAL, () -> memory.latest(ORIGIN));
            }
            for (int length = 0; length < good.length; length += 7) {
                Files.write(file(), java.util.Arrays.copyOf(good, length));
                assertCode(Code.INTERNAL, () -> memory.latest(ORIGIN));
            }
            Files.write(file(), new byte[SignedNote.BYTES_MAX + 1]);
            assertCode(Code.INTERNAL, () -> memory.latest(ORIGIN));
        }
    }

    @Test
    void latest_ofAnotherLogsFile_isAnError() throws IOException {
        create();
        var other = new Origin("example.com/other/2026");
        try (var memory = open()) {
            memory.replace(ORIGIN, Optional.empty(), cosigned(7));
            Path own = file();
            Files.copy(
                    own,
                    own.resolveSibling(io.tamis.data.Hash.sha256(other.value().getBytes(UTF_8))
                                    .hex() + ".checkpoint"));
            assertCode(Code.INTERNAL, () -> memory.latest(other));
        }
    }

    @Test
    void leftoverOfACrash_isNotReadAndNotInTheWay() throws IOException {
        create();
        try (var memory = open()) {
            memory.replace(ORIGIN, Optional.empty(), cosigned(7));
            Files.writeString(file().resolveSibling(file().getFileName() + ".new"), "half a che");
            assertEquals(Optional.of(log.head(7)), memory.latest(ORIGIN));
            assertTrue(memory.replace(ORIGIN, Optional.of(log.head(7)), cosigned(9)));
            assertEquals(Optional.of(log.head(9)), memory.latest(ORIGIN));
        }
    }

    @Test
    void open_whatIsNotThisWitnesss_isRefused() throws IOException {
        assertCode(Code.STATE_CONFLICT, this::open);
        create();
        assertCode(Code.STATE_CONFLICT, () -> FileMemory.open(state(), NAME + "B", cosigner::own));
        Files.writeString(state().resolve("witness"), "x".repeat(2_000));
        assertCode(Code.STATE_CONFLICT, this::open);
    }

    @Test
    void open_twice_isRefusedUntilTheFirstIsClosed() {
        create();
        var first = open();
        assertCode(Code.STATE_CONFLICT, this::open);
        first.close();
        open().close();
        assertCode(Code.INTERNAL, () -> first.replace(ORIGIN, Optional.empty(), cosigned(7)));
    }

    @Test
    void create_twice_isRefused() {
        create();
        assertCode(Code.STATE_CONFLICT, this::create);
    }

    @Test
    void witness_overAFolder_survivesBeingStartedAgainAfterEachStep() {
        create();
        var sizes = new ArrayList<>(List.of(1, 2, 3, 7, 8, 20));
        int known = 0;
        for (int size : sizes) {
            try (var memory = open()) {
                var witness = new Witness(TrustedLogs.exactly(List.of(log.key())), memory, cosigner);
                assertEquals(200, witness.judge(log.body(known, size)).status());
                assertEquals(new Verdict.Conflict(size), witness.judge(log.body(0, 20)));
            }
            known = size;
        }
    }

    private Path state() {
        return folder.resolve("state");
    }

    private void create() {
        FileMemory.create(state(), NAME);
    }

    private FileMemory open() {
        return FileMemory.open(state(), NAME, cosigner::own);
    }

    private Path file() throws IOException {
        try (var files = Files.list(state())) {
            return files.filter(file -> file.toString().endsWith(".checkpoint"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private SignedNote cosigned(int size) {
        var note = log.note(size);
        return new SignedNote(note.text(), List.of(note.signatures().getFirst(), cosigner.cosign(note.text())));
    }

    private static void assertCode(Code code, org.junit.jupiter.api.function.Executable action) {
        assertEquals(code, assertThrows(LogException.class, action).code());
    }
}
