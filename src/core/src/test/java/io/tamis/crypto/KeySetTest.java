package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.PredictableRandom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores of one process and of another, and one that an earlier version made: it has fewer keys. */
class KeySetTest {
    private static final SecretBytes PASSWORD = SecretBytes.copyOf("p".getBytes(UTF_8));

    @TempDir
    Path folder;

    @Test
    void create_ofAWitness_hasItsKeyAndNoOther() {
        var keys = store(KeySet.WITNESS);
        byte[] message = {1};
        assertTrue(Ed25519.verify(
                keys.publicKey(KeyName.WITNESS_SIGNING), message, keys.sign(KeyName.WITNESS_SIGNING, message)));
        assertEquals(List.of(), keys.missing(KeySet.WITNESS));
        assertEquals(KeySet.SERVICE.keys().size(), keys.missing(KeySet.SERVICE).size());
        assertEquals(
                Code.KEYS_MISSING,
                assertThrows(CryptoException.class, () -> keys.sign(KeyName.LEDGER_SIGNING, message))
                        .code());
    }

    @Test
    void create_ofAHolder_signsAndOpensWhatIsSealedToIt() {
        var keys = store(KeySet.HOLDER);
        assertEquals(List.of(), keys.missing(KeySet.HOLDER));
        var place = new Hpke.Place("tamis-test-v1", new byte[] {1});
        byte[] plain = {1, 2, 3};
        byte[] sealed = Hpke.seal(keys.publicKey(KeyName.HOLDER_SEALING), place, plain, new PredictableRandom(2));
        var reopened = BcfksKeyProvider.open(folder.resolve("keys"), PASSWORD);
        assertArrayEquals(plain, reopened.unseal(KeyName.HOLDER_SEALING, place, sealed));
        assertThrows(CryptoException.class, () -> reopened.unseal(KeyName.HOLDER_SIGNING, place, sealed));
        assertThrows(CryptoException.class, () -> reopened.sign(KeyName.HOLDER_SEALING, plain));
        assertThrows(CryptoException.class, () -> reopened.unseal(KeyName.HOLDER_KEK, place, sealed));
    }

    @Test
    void create_ofAPlatform_hasItsKeysAlone() {
        var keys = store(KeySet.PLATFORM);
        assertEquals(List.of(), keys.missing(KeySet.PLATFORM));
        assertEquals(KeySet.HOLDER.keys().size(), keys.missing(KeySet.HOLDER).size());
        byte[] message = {1};
        assertTrue(Ed25519.verify(
                keys.publicKey(KeyName.PLATFORM_SIGNING), message, keys.sign(KeyName.PLATFORM_SIGNING, message)));
    }

    @Test
    void create_ofTheService_hasNoWitnessKey() {
        var keys = store(KeySet.SERVICE);
        assertEquals(List.of(), keys.missing(KeySet.SERVICE));
        assertEquals(
                KeyStatus.State.ABSENT, keys.status(KeyName.WITNESS_SIGNING).state());
    }

    @Test
    void addMissing_toAStoreOfAnEarlierVersion_keepsItsKeysAndSurvives() {
        var keys = store(KeySet.WITNESS);
        byte[] kept = keys.publicKey(KeyName.WITNESS_SIGNING);
        var added = keys.addMissing(KeySet.SERVICE);
        assertEquals(KeySet.SERVICE.keys().keySet().stream().sorted().toList(), added);
        var reopened = BcfksKeyProvider.open(folder.resolve("keys"), PASSWORD);
        assertArrayEquals(kept, reopened.publicKey(KeyName.WITNESS_SIGNING));
        assertArrayEquals(keys.publicKey(KeyName.LEDGER_SIGNING_PQ), reopened.publicKey(KeyName.LEDGER_SIGNING_PQ));
        assertEquals(List.of(), reopened.missing(KeySet.SERVICE));
    }

    @Test
    void addMissing_ofNothing_doesNotWrite() throws Exception {
        var keys = store(KeySet.SERVICE);
        byte[] before = Files.readAllBytes(folder.resolve("keys"));
        assertEquals(List.of(), keys.addMissing(KeySet.SERVICE));
        assertArrayEquals(before, Files.readAllBytes(folder.resolve("keys")));
    }

    /** Else a destroyed key would come back, and with it the name under which things were said to be gone for ever. */
    @Test
    void addMissing_afterAKeyWasDestroyed_leavesItDestroyed() {
        var keys = store(KeySet.SERVICE);
        keys.destroy(KeyName.LEDGER_SIGNING_SM2);
        assertEquals(List.of(), keys.addMissing(KeySet.SERVICE));
        assertEquals(
                KeyStatus.State.DESTROYED,
                keys.status(KeyName.LEDGER_SIGNING_SM2).state());
    }

    private BcfksKeyProvider store(KeySet set) {
        return BcfksKeyProvider.create(folder.resolve("keys"), PASSWORD, false, new PredictableRandom(1), set);
    }
}
