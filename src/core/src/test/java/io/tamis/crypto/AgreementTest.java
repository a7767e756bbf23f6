package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.PredictableRandom;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgreementTest {
    private static final Hash PURPOSE = Hash.sha256("one".getBytes(UTF_8));

    @TempDir
    private static Path folder;

    private static KeyProvider store;

    private final KeyProvider other = new MemoryKeys(7);

    @BeforeAll
    static void createStore() {
        var password = SecretBytes.copyOf("p".getBytes(UTF_8));
        store = BcfksKeyProvider.create(
                folder.resolve("keys"), password, false, new PredictableRandom(1), KeySet.HOLDER);
    }

    @Test
    void agree_byBothOwners_isTheSame() {
        assertEquals(store.agree(KeyName.HOLDER_SEALING, key(other), PURPOSE), agreed(other, key(store)));
    }

    @Test
    void agree_forAnotherPurposeOrWithAnotherOwner_isAnother() {
        var agreed = agreed(other, key(store));
        assertNotEquals(agreed, other.agree(KeyName.HOLDER_SEALING, key(store), Hash.sha256()));
        assertNotEquals(agreed, agreed(new MemoryKeys(8), key(store)));
        assertNotEquals(agreed, agreed(other, key(new MemoryKeys(8))));
    }

    @Test
    void agree_withNoPublicKey_isRefused() {
        // 32 zero bytes are the point of small order that makes every secret zero (RFC 7748 section 6.1).
        for (byte[] none : new byte[][] {{}, new byte[32], new byte[33]}) {
            assertEquals(
                    Code.INVALID_REQUEST,
                    assertThrows(CryptoException.class, () -> agreed(store, none))
                            .code());
        }
    }

    @Test
    void agree_byAKeyOfAnotherKind_isRefused() {
        assertThrows(CryptoException.class, () -> store.agree(KeyName.HOLDER_SIGNING, key(other), PURPOSE));
    }

    private static SecretBytes agreed(KeyProvider own, byte[] theirs) {
        return own.agree(KeyName.HOLDER_SEALING, theirs, PURPOSE);
    }

    private static byte[] key(KeyProvider owner) {
        return owner.publicKey(KeyName.HOLDER_SEALING);
    }
}
