package io.tamis.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.PredictableRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every keeper of keys does, the real one and the fake that other tests stand on. */
interface KeyProviderContract {
    /** The keeper under test; none of these tests changes it. */
    KeyProvider keys();

    @Test
    default void mac_sameParts_isTheSameAndEachPartCounts() {
        var macs = new HashSet<Hash>();
        byte[][][] parts = {{}, {{}}, {{}, {}}, {{1}}, {{1}, {}}, {{}, {1}}, {{1, 2}}, {{1}, {2}}, {{2}, {1}}};
        for (byte[][] each : parts) {
            assertEquals(keys().mac(KeyName.DATASET_MAC, each), keys().mac(KeyName.DATASET_MAC, each));
            assertTrue(macs.add(keys().mac(KeyName.DATASET_MAC, each)));
        }
    }

    @Test
    default void sign_anyMessage_verifiesUnderThePublicKeyOnly() {
        var random = new PredictableRandom(1);
        byte[] publicKey = keys().publicKey(KeyName.LEDGER_SIGNING);
        assertEquals(Ed25519.PUBLIC_KEY_BYTES, publicKey.length);
        for (int length : new int[] {0, 1, 63, 64, 65, 5_000}) {
            byte[] message = random.bytes(length);
            byte[] signature = keys().sign(KeyName.LEDGER_SIGNING, message);
            assertEquals(Ed25519.SIGNATURE_BYTES, signature.length);
            assertTrue(Ed25519.verify(publicKey, message, signature));
            assertFalse(Ed25519.verify(random.bytes(32), message, signature));
            assertFalse(Ed25519.verify(publicKey, random.bytes(length + 1), signature));
        }
    }

    /** Each signing key signs in its own algorithm; one's signature is never another's. */
    @Test
    default void sign_byEachSigningKey_verifiesInItsAlgorithm() {
        byte[] message = {4, 5, 6};
        byte[] quantum = keys().sign(KeyName.LEDGER_SIGNING_PQ, message);
        byte[] quantumKey = keys().publicKey(KeyName.LEDGER_SIGNING_PQ);
        assertEquals(MlDsa44.PUBLIC_KEY_BYTES, quantumKey.length);
        assertTrue(MlDsa44.verify(quantumKey, message, quantum));
        assertFalse(MlDsa44.verify(quantumKey, new byte[] {4, 5, 7}, quantum));
        byte[] chinese = keys().sign(KeyName.LEDGER_SIGNING_SM2, message);
        byte[] chineseKey = keys().publicKey(KeyName.LEDGER_SIGNING_SM2);
        assertTrue(Sm2.verify(chineseKey, message, chinese));
        assertFalse(Sm2.verify(chineseKey, new byte[] {4, 5, 7}, chinese));
    }

    /** The caller may do what it likes with the array it was given. */
    @Test
    default void publicKey_changedByItsReader_staysTheSame() {
        byte[] publicKey = keys().publicKey(KeyName.LEDGER_SIGNING);
        byte[] copy = publicKey.clone();
        publicKey[0] ^= 1;
        assertArrayEquals(copy, keys().publicKey(KeyName.LEDGER_SIGNING));
    }

    @Test
    default void wrap_keyOfAnyLength_unwrapsAtItsPlaceOnly() {
        for (int length : new int[] {1, 16, 32, 64}) {
            var dataKey = SecretBytes.random(length, new PredictableRandom(length));
            var wrapped = keys().wrap(KeyName.LEDGER_KEK, dataKey, aad());
            assertEquals(KeyName.LEDGER_KEK, wrapped.kek());
            assertEquals(dataKey, keys().unwrap(KeyName.LEDGER_KEK, wrapped, aad()));
            assertInternal(() -> keys().unwrap(KeyName.LEDGER_KEK, wrapped, new byte[0]));
            assertInternal(() -> keys().unwrap(KeyName.LEDGER_KEK, wrapped, new byte[] {1, 2, 3, 0}));
            assertInternal(() -> keys().unwrap(KeyName.DATASET_KEK, wrapped, aad()));
        }
    }

    @Test
    default void wrap_keyOutOfLimits_isRefused() {
        for (int length : new int[] {0, 65}) {
            var dataKey = SecretBytes.copyOf(new byte[length]);
            assertThrows(DataException.class, () -> keys().wrap(KeyName.LEDGER_KEK, dataKey, aad()));
        }
    }

    @Test
    default void unwrap_everyFlippedBit_isRefused() {
        var wrapped = keys().wrap(KeyName.LEDGER_KEK, SecretBytes.copyOf(new byte[32]), aad());
        for (int bit = 0; bit < 8 * wrapped.blob().length; bit++) {
            byte[] blob = wrapped.blob();
            blob[bit / 8] ^= (byte) (1 << bit % 8);
            var forged = new WrappedKey(wrapped.kek(), wrapped.generation(), blob);
            assertInternal(() -> keys().unwrap(KeyName.LEDGER_KEK, forged, aad()));
        }
    }

    /** Equal data keys must not show as equal in the database. */
    @Test
    default void wrap_theSameKeyOften_neverLooksTheSame() {
        Set<List<Byte>> nonces = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            byte[] blob = keys().wrap(KeyName.LEDGER_KEK, SecretBytes.copyOf(new byte[32]), aad())
                    .blob();
            var nonce = new ArrayList<Byte>();
            for (int j = 0; j < 12; j++) {
                nonce.add(blob[j]);
            }
            assertTrue(nonces.add(nonce));
        }
    }

    @Test
    default void status_ofAWellKnownKey_isActive() {
        for (var name : List.of(
                KeyName.LEDGER_SIGNING,
                KeyName.LEDGER_SIGNING_PQ,
                KeyName.LEDGER_SIGNING_SM2,
                KeyName.LEDGER_SEARCH,
                KeyName.LEDGER_KEK,
                KeyName.DATASET_KEK,
                KeyName.DATASET_MAC,
                KeyName.PSEUDONYM_KEK)) {
            assertEquals(new KeyStatus(name, 1, KeyStatus.State.ACTIVE), keys().status(name));
        }
    }

    @Test
    default void use_byManyThreads_isTheSameAsByOne() throws InterruptedException, ExecutionException {
        var expected = keys().mac(KeyName.DATASET_MAC, aad());
        byte[] signature = keys().sign(KeyName.LEDGER_SIGNING, aad());
        var rounds = new ArrayList<Future<?>>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 100; i++) {
                var dataKey = SecretBytes.random(32, new PredictableRandom(i));
                rounds.add(threads.submit(() -> {
                    assertEquals(expected, keys().mac(KeyName.DATASET_MAC, aad()));
                    assertArrayEquals(signature, keys().sign(KeyName.LEDGER_SIGNING, aad()));
                    var wrapped = keys().wrap(KeyName.DATASET_KEK, dataKey, aad());
                    assertEquals(dataKey, keys().unwrap(KeyName.DATASET_KEK, wrapped, aad()));
                }));
            }
        }
        for (var round : rounds) {
            round.get();
        }
    }

    /** Neither a print of the keeper nor one of what it gives away shows a key. */
    @Test
    default void toString_ofWhatIsHandedOut_showsNoKey() {
        var dataKey = SecretBytes.copyOf(
                "hunter2hunter2hunter2hunter2hunt".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var wrapped = keys().wrap(KeyName.LEDGER_KEK, dataKey, aad());
        String hex = java.util.HexFormat.of().formatHex(wrapped.blob());
        assertFalse(wrapped.toString().contains(hex.substring(24, 40)));
        assertFalse((keys() + " " + keys().unwrap(KeyName.LEDGER_KEK, wrapped, aad())).contains("hunter2"));
        assertNotEquals(keys().mac(KeyName.DATASET_MAC), keys().mac(KeyName.DATASET_MAC, aad()));
    }

    private static byte[] aad() {
        return new byte[] {1, 2, 3};
    }

    private static void assertInternal(org.junit.jupiter.api.function.Executable action) {
        assertEquals(Code.INTERNAL, assertThrows(CryptoException.class, action).code());
    }
}
