package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.PredictableRandom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both keepers of keys under one contract, and the real one while its keys change. */
class KeyProvidersTest {
    private static final SecretBytes PASSWORD = SecretBytes.copyOf("p".getBytes(UTF_8));
    private static final byte[] AAD = {7};

    @TempDir
    private static Path folder;

    private static final AtomicBoolean TREACHEROUS = new AtomicBoolean();

    private static BcfksKeyProvider stored;

    // Each write costs a third of a second of PBKDF2, so the tests that change keys share a store, not a key.
    private static BcfksKeyProvider changing;

    @BeforeAll
    static void createStores() {
        stored = BcfksKeyProvider.create(folder.resolve("keys"), PASSWORD, false, new PredictableRandom(1));
        var quiet = new PredictableRandom(2);
        changing = BcfksKeyProvider.create(folder.resolve("changing"), PASSWORD, false, bytes -> {
            quiet.fill(bytes);
            if (TREACHEROUS.getAndSet(false)) {
                changing.destroy(KeyName.LEDGER_KEK);
            }
        });
    }

    @Nested
    class OfTheStore implements KeyProviderContract {
        @Override
        public KeyProvider keys() {
            return stored;
        }
    }

    @Nested
    class OfTheFake implements KeyProviderContract {
        private final KeyProvider fake = new MemoryKeys(1);

        @Override
        public KeyProvider keys() {
            return fake;
        }
    }

    /** A rotation takes a third of a second; whoever wraps and unwraps meanwhile sees the old generation or the new one. */
    @Test
    void rotate_whileOthersWrap_losesNoKey() throws Exception {
        var wrapped = new ArrayList<Future<WrappedKey>>();
        var dataKey = SecretBytes.copyOf(new byte[32]);
        try (var threads = Executors.newFixedThreadPool(3)) {
            var rotation = threads.submit(() -> changing.rotate(KeyName.DATASET_KEK));
            for (int i = 0; i < 500; i++) {
                wrapped.add(threads.submit(() -> changing.wrap(KeyName.DATASET_KEK, dataKey, AAD)));
            }
            rotation.get();
        }
        assertEquals(2, changing.status(KeyName.DATASET_KEK).generation());
        for (var each : wrapped) {
            assertEquals(dataKey, changing.unwrap(KeyName.DATASET_KEK, each.get(), AAD));
        }
        assertEquals(2, changing.wrap(KeyName.DATASET_KEK, dataKey, AAD).generation());
        assertEquals(1, changing.status(KeyName.DATASET_MAC).generation(), "one key's rotation is no other key's");
    }

    /** The key is destroyed between the moment it was looked up and its use: an exception, never a wrong blob. */
    @Test
    void destroy_inTheMiddleOfAWrap_givesAnException() {
        TREACHEROUS.set(true);
        assertThrows(
                RuntimeException.class, () -> changing.wrap(KeyName.LEDGER_KEK, SecretBytes.copyOf(new byte[32]), AAD));
        assertEquals(
                KeyStatus.State.DESTROYED, changing.status(KeyName.LEDGER_KEK).state());
    }

    /** A new signing key signs what comes, and the old public key does not verify it: receivers must pin both. */
    @Test
    void rotate_signingKey_changesThePublicKey() {
        byte[] before = changing.publicKey(KeyName.LEDGER_SIGNING);
        byte[] signature = changing.sign(KeyName.LEDGER_SIGNING, AAD);
        var mac = changing.mac(KeyName.DATASET_MAC, AAD);
        changing.rotate(KeyName.LEDGER_SIGNING);
        byte[] after = changing.publicKey(KeyName.LEDGER_SIGNING);
        assertTrue(Ed25519.verify(before, AAD, signature));
        assertTrue(Ed25519.verify(after, AAD, changing.sign(KeyName.LEDGER_SIGNING, AAD)));
        assertTrue(!Ed25519.verify(after, AAD, signature));
        assertEquals(mac, changing.mac(KeyName.DATASET_MAC, AAD));
        assertNotEquals(before[0] + "" + before[1] + before[2], after[0] + "" + after[1] + after[2]);
    }
}
