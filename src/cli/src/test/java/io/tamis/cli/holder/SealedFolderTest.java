package io.tamis.cli.holder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedFolderTest {
    private static final byte[] CONTENT = "the share of the third epoch".getBytes(UTF_8);

    @TempDir
    Path temp;

    private BcfksKeyProvider keys;
    private Path folder;
    private SealedFolder store;

    @BeforeEach
    void create() {
        keys = TestKeys.holder(temp.resolve("keys"));
        folder = temp.resolve("sealed");
        store = SealedFolder.create(folder, keys, new SystemRandom());
    }

    @Test
    void content_putAndReopened_isFound() {
        store.put("share-3", CONTENT);
        store.close();
        var again = SealedFolder.open(folder, keys, new SystemRandom());
        assertArrayEquals(CONTENT, again.find("share-3").orElseThrow());
        assertTrue(again.find("share-4").isEmpty());
    }

    @Test
    void content_onDisk_isNotReadable() throws IOException {
        store.put("share-3", CONTENT);
        assertFalse(new String(Files.readAllBytes(folder.resolve("share-3")), UTF_8).contains("third"));
    }

    @Test
    void content_replaced_isTheNewOne() {
        store.put("share-3", new byte[] {1});
        store.put("share-3", CONTENT);
        assertArrayEquals(CONTENT, store.find("share-3").orElseThrow());
    }

    /** A share taken for another epoch's would be used under another epoch's rules. */
    @Test
    void file_underAnotherName_isRefused() throws IOException {
        store.put("share-3", CONTENT);
        Files.move(folder.resolve("share-3"), folder.resolve("share-4"));
        assertEquals(Code.INTERNAL, code(() -> store.find("share-4")));
    }

    /** Damage must not look like "never said anything": then the holder would say something else. */
    @Test
    void file_damaged_isNotTakenForAbsent() throws IOException {
        store.put("said", CONTENT);
        Path file = folder.resolve("said");
        byte[] sealed = Files.readAllBytes(file);
        for (int bit = 0; bit < 8 * sealed.length; bit += 7) {
            byte[] copy = sealed.clone();
            copy[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, copy);
            assertEquals(Code.INTERNAL, code(() -> store.find("said")));
        }
        Files.write(file, new byte[0]);
        assertEquals(Code.INTERNAL, code(() -> store.find("said")));
    }

    @Test
    void folder_ofAnotherKeyStore_doesNotOpen() {
        var other = TestKeys.holder(temp.resolve("others"));
        assertEquals(Code.KEYS_MISSING, code(() -> SealedFolder.open(folder, other, new SystemRandom())));
    }

    @Test
    void folder_withoutOrWithADamagedDataKey_doesNotOpen() throws IOException {
        Files.writeString(folder.resolve("data-key"), "{}");
        assertEquals(Code.KEYS_MISSING, code(() -> SealedFolder.open(folder, keys, new SystemRandom())));
        Files.delete(folder.resolve("data-key"));
        assertEquals(Code.KEYS_MISSING, code(() -> SealedFolder.open(folder, keys, new SystemRandom())));
    }

    @Test
    void create_twice_isRefused() {
        assertEquals(Code.STATE_CONFLICT, code(() -> SealedFolder.create(folder, keys, new SystemRandom())));
    }

    @Test
    void secret_askedTwiceAndAfterReopening_isTheSame() {
        var first = store.secret("coins");
        assertEquals(first, store.secret("coins"));
        assertEquals(32, first.length());
        assertEquals(first, SealedFolder.open(folder, keys, new SystemRandom()).secret("coins"));
        assertFalse(first.equals(store.secret("other")));
    }

    @Test
    void names_thatLeaveTheFolderOrAreItsKeys_areRefused() {
        for (String name : new String[] {"../keys", "data-key", "", "A", "a/b", ".hidden", "x".repeat(129)}) {
            assertEquals(Code.INVALID_REQUEST, code(() -> store.put(name, CONTENT)), name);
        }
    }

    @Test
    void delete_ofAFile_makesItAbsent() {
        store.put("said", CONTENT);
        store.delete("said");
        store.delete("said");
        assertTrue(store.find("said").isEmpty());
    }

    private static Code code(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(StoreException.class, call).code();
    }
}
