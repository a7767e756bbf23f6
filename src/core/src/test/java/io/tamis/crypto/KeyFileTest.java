package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.data.PredictableRandom;
import io.tamis.data.TamisException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in a store that opens, but that we did not write. */
class KeyFileTest {
    private static final SecretBytes PASSWORD = SecretBytes.copyOf("p".getBytes(UTF_8));

    @TempDir
    private Path folder;

    private KeyFile file;

    @BeforeEach
    void name() {
        file = new KeyFile(folder.resolve("keys.bcfks"), PASSWORD);
    }

    /** No generation, a generation of another form, an unknown algorithm, more parts, no name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ledger-kek",
                "ledger-kek/1",
                "ledger-kek/one/aes-256",
                "ledger-kek/01/aes-256",
                "ledger-kek/-1/aes-256",
                "ledger-kek/10000/aes-256",
                "ledger-kek/1/rsa",
                "ledger-kek/1/AES-256",
                "ledger-kek/1/aes-256/x",
                "Ledger-kek/1/aes-256",
                "/1/aes-256",
                "someone else's",
                ""
            })
    void alias_ofAnotherForm_isRefused(String alias) {
        assertThrows(TamisException.class, () -> KeyFile.Alias.parse(alias));
    }

    @Test
    void alias_ofOurForm_isNameGenerationAlgorithm() {
        assertEquals(
                new KeyFile.Alias(KeyName.LEDGER_KEK, 12, KeyAlgorithm.AES_256),
                KeyFile.Alias.parse("ledger-kek/12/aes-256"));
    }

    /** A gap; destroyed and present; two algorithms under one name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ledger-kek/1/aes-256 ledger-kek/3/aes-256",
                "ledger-kek/0/aes-256 ledger-kek/1/aes-256",
                "ledger-kek/1/aes-256 ledger-kek/2/ed25519"
            })
    void read_generationsThatContradict_areRefused(String aliases) throws Exception {
        write(32, List.of(aliases.split(" ")));
        var refusal = assertThrows(TamisException.class, file::read);
        assertEquals(Code.KEYS_MISSING, refusal.code());
    }

    @Test
    void read_keyOfAnotherLength_isRefused() throws Exception {
        write(16, List.of("ledger-kek/1/aes-256"));
        assertEquals(
                Code.KEYS_MISSING,
                assertThrows(CryptoException.class, file::read).code());
    }

    @Test
    void read_foreignStoreOfOurForm_isRead() throws Exception {
        write(32, List.of("ledger-kek/1/aes-256", "ledger-kek/2/aes-256", "old-key/0/hmac-sha256"));
        var content = file.read();
        assertEquals(2, content.keys().get(KeyName.LEDGER_KEK).generation());
        assertEquals(true, content.keys().get(new KeyName("old-key")).destroyed());
        assertFalse(content.demonstration());
    }

    /** A crash between writing the new file and the rename leaves the old one; the leftover is replaced next time. */
    @Test
    void write_withALeftoverOfACrash_replacesIt() throws IOException {
        var key = new RootKey(KeyAlgorithm.AES_256, List.of(SecretBytes.random(32, new PredictableRandom(1))));
        var content = new KeyFile.Content(Map.of(KeyName.LEDGER_KEK, key), false);
        file.write(content);
        byte[] before = Files.readAllBytes(folder.resolve("keys.bcfks"));
        Files.writeString(folder.resolve("keys.bcfks.new"), "half a file");
        assertEquals(content, file.read());
        assertArrayEquals(before, Files.readAllBytes(folder.resolve("keys.bcfks")));
        file.write(content);
        assertFalse(Files.exists(folder.resolve("keys.bcfks.new")));
        assertEquals(content, file.read());
    }

    @Test
    void write_intoAMissingFolder_isRefused() {
        var nowhere = new KeyFile(folder.resolve("none/keys.bcfks"), PASSWORD);
        var content = new KeyFile.Content(Map.of(), false);
        assertEquals(
                Code.KEYS_MISSING,
                assertThrows(CryptoException.class, () -> nowhere.write(content))
                        .code());
        assertFalse(nowhere.exists());
    }

    /** A file that is not a key store at all, and one that is too large to be one. */
    @Test
    void read_otherFiles_areRefused() throws IOException {
        Files.writeString(folder.resolve("keys.bcfks"), "not a key store");
        assertEquals(
                Code.KEYS_MISSING,
                assertThrows(CryptoException.class, file::read).code());
        Files.write(folder.resolve("keys.bcfks"), new byte[KeyFile.BYTES_MAX + 1]);
        assertEquals(
                Code.KEYS_MISSING,
                assertThrows(CryptoException.class, file::read).code());
    }

    @Test
    void rootKey_moreGenerationsThanAllowed_isRefused() {
        var one = SecretBytes.random(32, new PredictableRandom(1));
        var full = new RootKey(KeyAlgorithm.AES_256, Collections.nCopies(RootKey.GENERATIONS_MAX, one));
        assertThrows(CryptoException.class, () -> full.rotated(one));
        assertThrows(CryptoException.class, () -> full.at(0));
        assertThrows(CryptoException.class, () -> full.at(RootKey.GENERATIONS_MAX + 1));
        assertThrows(CryptoException.class, () -> full.withoutKeys().newest());
    }

    private void write(int keyBytes, List<String> aliases) throws Exception {
        var store = KeyStore.getInstance("BCFKS", new BouncyCastleProvider());
        store.load(null, null);
        for (String alias : aliases) {
            store.setKeyEntry(alias, new SecretKeySpec(new byte[keyBytes], "AES"), "p".toCharArray(), null);
        }
        try (OutputStream out = Files.newOutputStream(folder.resolve("keys.bcfks"))) {
            store.store(out, "p".toCharArray());
        }
    }
}
