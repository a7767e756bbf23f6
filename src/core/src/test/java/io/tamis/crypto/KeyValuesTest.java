package io.tamis.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyValuesTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "A", "9a", "a/b", "a b", "a_b", "-a"})
    void keyName_ofAnotherForm_isRefused(String name) {
        assertThrows(DataException.class, () -> new KeyName(name));
    }

    @Test
    void keyName_tooLong_isRefused() {
        assertEquals("a".repeat(64), new KeyName("a".repeat(64)).toString());
        assertThrows(DataException.class, () -> new KeyName("a".repeat(65)));
    }

    @Test
    void wrappedKey_outOfLimits_isRefused() {
        assertThrows(DataException.class, () -> new WrappedKey(KeyName.LEDGER_KEK, 0, new byte[60]));
        assertThrows(DataException.class, () -> new WrappedKey(KeyName.LEDGER_KEK, 1, new byte[28]));
        assertThrows(DataException.class, () -> new WrappedKey(KeyName.LEDGER_KEK, 1, new byte[93]));
    }

    @Test
    void wrappedKey_copiesInAndOut() {
        var blob = new byte[60];
        var wrapped = new WrappedKey(KeyName.LEDGER_KEK, 1, blob);
        blob[0] = 1;
        wrapped.blob()[1] = 1;
        assertEquals(new WrappedKey(KeyName.LEDGER_KEK, 1, new byte[60]), wrapped);
        assertEquals(new WrappedKey(KeyName.LEDGER_KEK, 1, new byte[60]).hashCode(), wrapped.hashCode());
        assertNotEquals(new WrappedKey(KeyName.LEDGER_KEK, 2, new byte[60]), wrapped);
        assertNotEquals(new WrappedKey(KeyName.DATASET_KEK, 1, new byte[60]), wrapped);
        assertTrue(wrapped.toString().startsWith("WrappedKey[ledger-kek/1, "));
        assertFalse(wrapped.toString().contains("0000000000"));
    }

    @Test
    void keyStatus_negativeGeneration_isRefused() {
        assertThrows(DataException.class, () -> new KeyStatus(KeyName.LEDGER_KEK, -1, KeyStatus.State.ABSENT));
    }

    @Test
    void rootKey_ofAnotherLength_isRefused() {
        var refusal = assertThrows(
                CryptoException.class,
                () -> new RootKey(KeyAlgorithm.AES_256, java.util.List.of(SecretBytes.copyOf(new byte[16]))));
        assertEquals(Code.KEYS_MISSING, refusal.code());
    }

    @Test
    void keyAlgorithm_label_readsBack() {
        for (var algorithm : KeyAlgorithm.values()) {
            assertEquals(algorithm, KeyAlgorithm.fromLabel(algorithm.label()).orElseThrow());
        }
        assertTrue(KeyAlgorithm.fromLabel("rsa").isEmpty());
    }
}
