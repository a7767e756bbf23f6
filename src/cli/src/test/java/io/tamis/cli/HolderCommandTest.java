package io.tamis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.OwnerModes;
import io.tamis.cli.client.TestShell;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HolderCommandTest {
    @TempDir
    Path folder;

    private TestShell shell;

    @BeforeEach
    void start() {
        shell = new TestShell(folder);
    }

    @Test
    void init_makesAStoreOfItsOwnerAloneAndPrintsTheRostersLine() throws IOException {
        assertEquals(0, run("init", "--party", "holder-a", "--json"));
        var line = new JsonFields(Json.parse(shell.out().strip().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertEquals("holder-a", line.string("party", 64));
        assertEquals(44, line.string("key", 64).length());
        assertEquals(44, line.string("sealKey", 64).length());
        assertEquals(List.of(), OwnerModes.openToOthers(folder.resolve("holder")));
        assertEquals(List.of(), OwnerModes.openToOthers(folder.resolve("holder.password")));
    }

    /** The guide's first command: nobody has made holders/ before. */
    @Test
    void init_inAFolderThatIsNotThere_makesItForItsOwnerAlone() throws IOException {
        Path store = folder.resolve("holders/notary-1");
        assertEquals(
                0,
                TamisCli.run(shell.shell(), "holder", "init", "--party", "notary-1", "--store", store.toString()),
                shell.err());
        assertTrue(Files.exists(store.resolve("keys")));
        assertEquals(List.of(), OwnerModes.openToOthers(folder.resolve("holders")));
    }

    @Test
    void agent_withoutAStore_saysSo() {
        assertEquals(2, run("agent", "--roster", folder.resolve("roster.json").toString()));
        assertTrue(shell.err().contains("there is no holder's store"), shell.err());
    }

    /** A second holder in one folder would forget what the first one said. */
    @Test
    void init_overAStore_isRefusedAndLeavesIt() throws IOException {
        run("init", "--party", "holder-a");
        byte[] keys = Files.readAllBytes(folder.resolve("holder/keys"));
        assertEquals(2, run("init", "--party", "holder-b"));
        assertEquals(-1, Arrays.mismatch(keys, Files.readAllBytes(folder.resolve("holder/keys"))));
    }

    @Test
    void init_ofANameThatIsNone_isWrongUsage() {
        assertEquals(2, run("init", "--party", "Holder A"));
        assertFalse(Files.exists(folder.resolve("holder/keys")));
    }

    @Test
    void eraseAndResume_ofAnEpochThatTheHolderDoesNotHave_areRefused() {
        run("init", "--party", "holder-a");
        assertEquals(1, run("erase", "3"));
        assertTrue(shell.err().contains("no share of epoch 3"), shell.err());
        assertEquals(1, run("resume", "3", "--json"));
        assertTrue(shell.err().contains("NOT_FOUND"), shell.err());
    }

    @Test
    void erase_withoutAStoreOrOfNoNumber_isWrongUsage() {
        assertEquals(2, run("erase", "3"));
        assertEquals(2, run("erase", "three"));
    }

    @Test
    void erase_underAnotherPassword_isRefused() throws IOException {
        run("init", "--party", "holder-a");
        Files.writeString(folder.resolve("holder.password"), "a password of another store, long enough");
        assertEquals(2, run("erase", "3"));
        assertTrue(shell.err().contains("KEYS_MISSING"), shell.err());
    }

    private int run(String command, String... more) {
        var args = new ArrayList<String>(List.of("holder", command));
        args.addAll(List.of(more));
        args.addAll(List.of("--store", folder.resolve("holder").toString()));
        return TamisCli.run(shell.shell(), args.toArray(String[]::new));
    }
}
