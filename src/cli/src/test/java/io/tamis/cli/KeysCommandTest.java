package io.tamis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.TestShell;
import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeySet;
import io.tamis.crypto.KeyStatus;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {
    private static final String PASSWORD = "a password of a good length";

    @TempDir
    Path folder;

    @Test
    void create_withoutPasswordFile_makesBothAndTheStoreOpens() throws IOException {
        var shell = new TestShell(folder);
        assertEquals(0, create(shell, "keys.bcfks", "password"));
        assertEquals(64, Files.size(folder.resolve("password")));
        var keys = open(Files.readString(folder.resolve("password")));
        assertFalse(keys.demonstration());
        assertEquals(KeyStatus.State.ACTIVE, keys.status(KeyName.LEDGER_SIGNING).state());
    }

    @Test
    void create_madeFiles_areTheOwnersAlone() throws IOException {
        create(new TestShell(folder), "keys.bcfks", "password");
        for (String name : new String[] {"keys.bcfks", "password"}) {
            assertEquals(
                    PosixFilePermissions.fromString("rw-------"),
                    Files.getPosixFilePermissions(folder.resolve(name)),
                    name);
        }
    }

    @Test
    void create_withAPasswordAndALineEnd_usesThePassword() throws IOException {
        Files.writeString(folder.resolve("password"), PASSWORD + "\r\n");
        assertEquals(0, create(new TestShell(folder), "keys.bcfks", "password"));
        assertFalse(open(PASSWORD).demonstration());
    }

    @Test
    void create_overAStore_isRefusedAndLeavesIt() throws IOException {
        Files.writeString(folder.resolve("keys.bcfks"), "precious");
        var shell = new TestShell(folder);
        assertEquals(2, create(shell, "keys.bcfks", "password"));
        assertEquals("precious", Files.readString(folder.resolve("keys.bcfks")));
        assertTrue(shell.err().contains("is there already"));
    }

    @Test
    void create_withAShortPassword_isRefusedWithoutShowingIt() throws IOException {
        Files.writeString(folder.resolve("password"), "hunter2");
        var shell = new TestShell(folder);
        assertEquals(2, create(shell, "keys.bcfks", "password"));
        assertFalse(shell.err().contains("hunter2"));
        assertFalse(Files.exists(folder.resolve("keys.bcfks")));
    }

    @Test
    void create_intoNoFolder_isRefused() throws IOException {
        Files.writeString(folder.resolve("password"), PASSWORD);
        assertEquals(2, create(new TestShell(folder), "nowhere/keys.bcfks", "password"));
    }

    @Test
    void ticketKey_ofAStore_isTheKeyTicketsAreSignedWith() throws IOException {
        create(new TestShell(folder), "keys.bcfks", "password");
        var shell = new TestShell(folder);
        assertEquals(
                0,
                TamisCli.run(
                        shell.shell(),
                        "keys",
                        "ticket-key",
                        folder.resolve("keys.bcfks").toString(),
                        "--password-file",
                        folder.resolve("password").toString()));
        var keys = open(Files.readString(folder.resolve("password")));
        assertEquals(Base64.getEncoder().encodeToString(keys.publicKey(KeyName.TICKET_SIGNING)) + "\n", shell.out());
    }

    @Test
    void ticketKey_ofAnOlderStore_saysWhatToDo() throws IOException {
        Files.writeString(folder.resolve("password"), PASSWORD);
        older();
        var shell = new TestShell(folder);
        assertEquals(
                2,
                TamisCli.run(
                        shell.shell(),
                        "keys",
                        "ticket-key",
                        folder.resolve("keys.bcfks").toString(),
                        "--password-file",
                        folder.resolve("password").toString()));
        assertTrue(shell.err().contains("add-missing"), shell.err());
    }

    /** A store that an earlier version made has fewer keys; here the fewest, a witness's. */
    @Test
    void addMissing_toAnOlderStore_namesWhatItAddsAndThenNothing() throws IOException {
        Files.writeString(folder.resolve("password"), PASSWORD);
        older();
        var shell = new TestShell(folder);
        assertEquals(0, addMissing(shell, "password"));
        assertTrue(shell.out().contains("added dataset-kek, dataset-mac, ledger-kek"));
        assertTrue(shell.out().contains("ledger-signing-pq"));
        var keys = open(PASSWORD);
        assertEquals(
                KeyStatus.State.ACTIVE, keys.status(KeyName.LEDGER_SIGNING_PQ).state());
        assertEquals(
                KeyStatus.State.ACTIVE, keys.status(KeyName.WITNESS_SIGNING).state());
        var again = new TestShell(folder);
        assertEquals(0, addMissing(again, "password"));
        assertTrue(again.out().contains("nothing is missing"));
    }

    @Test
    void addMissing_withAnotherPasswordOrNoStore_isRefused() throws IOException {
        Files.writeString(folder.resolve("password"), PASSWORD);
        assertEquals(2, addMissing(new TestShell(folder), "password"));
        assertEquals(2, addMissing(new TestShell(folder), "nowhere"));
        assertFalse(Files.exists(folder.resolve("nowhere")));
        older();
        Files.writeString(folder.resolve("other"), "another password, long enough");
        var shell = new TestShell(folder);
        assertEquals(2, addMissing(shell, "other"));
        assertFalse(shell.err().contains("another password"));
        assertEquals(
                KeyStatus.State.ABSENT,
                open(PASSWORD).status(KeyName.LEDGER_KEK).state());
    }

    private void older() {
        var password = SecretBytes.copyOf(PASSWORD.getBytes(StandardCharsets.UTF_8));
        BcfksKeyProvider.create(folder.resolve("keys.bcfks"), password, false, new SystemRandom(), KeySet.WITNESS);
    }

    private int addMissing(TestShell shell, String password) {
        return TamisCli.run(
                shell.shell(),
                "keys",
                "add-missing",
                folder.resolve("keys.bcfks").toString(),
                "--password-file",
                folder.resolve(password).toString());
    }

    private int create(TestShell shell, String file, String password) {
        return TamisCli.run(
                shell.shell(),
                "keys",
                "create",
                folder.resolve(file).toString(),
                "--password-file",
                folder.resolve(password).toString());
    }

    private BcfksKeyProvider open(String password) {
        return BcfksKeyProvider.open(
                folder.resolve("keys.bcfks"), SecretBytes.copyOf(password.getBytes(StandardCharsets.UTF_8)));
    }
}
