package io.tamis.cli.tags;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.OwnerModes;
import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.data.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in a platform's work folder, at every moment at which the power may go. */
class WorkFolderTest {
    private static final byte[] HASHES = new byte[64];

    @TempDir
    Path temp;

    private BcfksKeyProvider keys;
    private WorkFolder folder;

    @BeforeEach
    void begin() {
        keys = States.keys(temp.resolve("keys"));
        folder = WorkFolder.of(temp.resolve("work"));
    }

    @Test
    void state_storedAndReadAgain_isTheSameWithItsMaster() {
        TagState state = folder.begin(state(1));
        TagState read = WorkFolder.of(temp.resolve("work")).state().orElseThrow();
        assertEquals(state.json(), read.json());
        assertEquals(state.tags(), read.tags());
        try (var one = state.master(keys);
                var two = read.master(keys)) {
            assertArrayEquals(one.reveal(), two.reveal());
        }
        assertTrue(WorkFolder.of(temp.resolve("other")).state().isEmpty());
    }

    @Test
    void state_thatIsDamaged_isNotTakenForNone() throws IOException {
        folder.begin(state(1));
        Path file = temp.resolve("work/state.json");
        String whole = Files.readString(file);
        for (String damaged : List.of(
                "",
                "{",
                "[]",
                whole.substring(1),
                whole.replace("tamis-tags/v1", "tamis-tags/v2"),
                whole.replace("\"try\":1", "\"try\":9"),
                whole.replace("\"blocks\":2", "\"blocks\":0"),
                whole.replace("\"scale\":0", "\"scale\":10"),
                whole.replace("\"max\":500,", ""),
                whole.replace("\"persons\"", "\"people\""))) {
            Files.writeString(file, damaged);
            assertEquals(Code.INTERNAL, code(() -> folder.state()), damaged);
        }
        Files.write(file, new byte[(1 << 20) + 1]);
        assertEquals(Code.INVALID_REQUEST, code(() -> folder.state()));
    }

    /** Another round's master opens nothing: the context is sealed with it. */
    @Test
    void master_movedToAnotherAttempt_doesNotOpen() throws IOException {
        folder.begin(state(1));
        Path file = temp.resolve("work/state.json");
        Files.writeString(file, Files.readString(file).replace("\"try\":1", "\"try\":2"));
        TagState moved = folder.state().orElseThrow();
        assertThrows(io.tamis.crypto.CryptoException.class, () -> moved.master(keys));
    }

    /** An old round's roots under a new plan would be an audit that fails, and the platform out for the epoch. */
    @Test
    void begin_afterAnotherRound_takesAllOfItAway() throws IOException {
        whole(state(1));
        folder.begin(state(2));
        assertEquals(2, folder.state().orElseThrow().context().attempt());
        assertFalse(Files.exists(folder.roots()));
        assertEquals(0, folder.ciphertexts(2));
        folder.values(new byte[] {7});
    }

    /**
     * Killed before the new state is on disk: the old master is still there, so what keeps its seeds from a second list of values
     * must be there too. The state's file cannot be replaced here, as if the disk were full.
     */
    @Test
    void begin_brokenOffBeforeTheState_keepsTheHashesOfTheOldValues() throws IOException {
        whole(state(1));
        Files.delete(temp.resolve("work/state.json"));
        Files.createDirectories(temp.resolve("work/state.json/blocked"));
        assertThrows(ClientException.class, () -> folder.begin(state(2)));
        assertArrayEquals(HASHES, Files.readAllBytes(temp.resolve("work/values")));
        assertFalse(Files.exists(folder.roots()));
        assertEquals(0, folder.ciphertexts(2));
    }

    /** Killed behind the state: the old hashes refuse, and nothing of the old round lies beside the new master. */
    @Test
    void begin_brokenOffBehindTheState_hasNothingOfTheOldRoundButARefusal() throws IOException {
        whole(state(1));
        Files.delete(temp.resolve("work/values"));
        Files.createDirectories(temp.resolve("work/values/blocked"));
        assertThrows(ClientException.class, () -> folder.begin(state(2)));
        assertEquals(2, folder.state().orElseThrow().context().attempt());
        assertFalse(Files.exists(folder.roots()));
        assertEquals(0, folder.ciphertexts(2));
        assertThrows(ClientException.class, () -> folder.values(HASHES));
    }

    @Test
    void values_sameAgain_areTakenAndOthersRefused() {
        folder.values(HASHES);
        folder.values(HASHES.clone());
        byte[] other = HASHES.clone();
        other[63] ^= 1;
        assertEquals(Code.SLOT_REFUSED, code(() -> folder.values(other)));
        assertEquals(Code.SLOT_REFUSED, code(() -> folder.values(new byte[32])));
        folder.values(HASHES);
    }

    /** A part of a ciphertext, left by a crash, is none; the next one replaces it. */
    @Test
    void ciphertext_halfWritten_isNotThere() throws IOException {
        Files.createDirectories(temp.resolve("work/ciphertexts"));
        Files.write(temp.resolve("work/ciphertexts/000000.tag.part"), new byte[] {1, 2});
        assertFalse(folder.hasCiphertext(0));
        assertEquals(0, folder.ciphertexts(2));
        folder.ciphertext(0, new byte[] {1, 2, 3});
        assertArrayEquals(new byte[] {1, 2, 3}, folder.ciphertext(0).orElseThrow());
        assertEquals(1, folder.ciphertexts(2));
        assertTrue(folder.ciphertext(1).isEmpty());
    }

    @Test
    void erase_atTheEnd_leavesNoMasterAndNoCiphertext() throws IOException {
        TagState state = whole(state(1));
        TagState erased = folder.erase(state);
        assertTrue(erased.master().isEmpty());
        assertFalse(Files.readString(temp.resolve("work/state.json")).contains("master"));
        assertEquals(0, folder.ciphertexts(2));
        assertEquals(Code.STATE_CONFLICT, code(() -> erased.master(keys)));
        assertEquals(erased.json(), folder.state().orElseThrow().json());
    }

    @Test
    void folder_isTheOwnersAlone() throws IOException {
        whole(state(1));
        assertEquals(List.of(), OwnerModes.openToOthers(temp.resolve("work")));
    }

    @Test
    void folder_thatIsAFile_isToldByName() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "not a folder");
        var told = assertThrows(ClientException.class, () -> WorkFolder.of(file));
        assertTrue(told.advice().contains(file.toString()), told.advice());
    }

    /** A round with everything that a run leaves. */
    private TagState whole(TagState state) throws IOException {
        folder.begin(state);
        try (var roots = folder.append(folder.roots())) {
            roots.write(java.nio.ByteBuffer.wrap(HASHES));
        }
        folder.values(HASHES);
        folder.ciphertext(0, new byte[] {1});
        folder.ciphertext(1, new byte[] {2});
        return state;
    }

    private TagState state(int attempt) {
        return States.begun(keys, attempt);
    }

    private static Code code(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(ClientException.class, call).code();
    }
}
