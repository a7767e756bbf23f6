package io.tamis.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.crypto.CryptoException;
import io.tamis.crypto.Sealing;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.PredictableRandom;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class EntrySealingTest {
    private final EntrySealing sealing = new EntrySealing(Fixtures.ORIGIN);
    private final SecretBytes key = SecretBytes.random(32, new PredictableRandom(9));
    private final EntrySealing.Opened opened = new EntrySealing.Opened(Fixtures.salt(1), Fixtures.event(1));
    private final byte[] sealed = sealing.seal(key, opened, new PredictableRandom(10));

    @Test
    void open_whatWasSealed_givesSaltAndEventBack() {
        var again = sealing.open(key, opened.event().id(), sealed);
        assertEquals(opened, again);
        assertEquals(LogEntry.of(opened.salt(), opened.event()), again.entry());
    }

    /** The byte layout, spelled out: a second implementation needs nothing else. */
    @Test
    void seal_layout_isTheDocumentedOne() {
        byte[] aad = ByteBuffer.allocate(14 + 22 + 16)
                .put("tamis-entry-v1".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .put("example.com/tamis/2026".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .put(opened.event().id().bytes())
                .array();
        var plain = ByteBuffer.wrap(Sealing.open(key, aad, sealed));
        var salt = new byte[32];
        plain.get(salt);
        var event = new byte[plain.remaining()];
        plain.get(event);
        assertEquals(opened.salt(), Salt.of(salt));
        assertEquals(opened.event(), LedgerEvent.parse(event));
    }

    @Test
    void open_underAnotherIdLogOrKey_isRefused() {
        assertThrows(
                CryptoException.class, () -> sealing.open(key, Fixtures.event(2).id(), sealed));
        var otherLog = new EntrySealing(new Origin("example.com/tamis/2027"));
        assertThrows(
                CryptoException.class, () -> otherLog.open(key, opened.event().id(), sealed));
        var otherKey = SecretBytes.random(32, new PredictableRandom(11));
        assertThrows(
                CryptoException.class,
                () -> sealing.open(otherKey, opened.event().id(), sealed));
    }

    @Test
    void open_everyFlippedBit_isRefused() {
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] forged = Fixtures.flipped(sealed, bit);
            assertThrows(
                    CryptoException.class,
                    () -> sealing.open(key, opened.event().id(), forged));
        }
    }
}
