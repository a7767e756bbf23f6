package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.EventId;
import io.tamis.data.PredictableRandom;
import io.tamis.data.Samples;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class LogEntryTest {
    private static final Salt SALT = Salt.parse("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final EventId ID = EventId.parse("0190163d-8694-739b-aea5-966c26f8ad90");

    /** The vector of the design, also in ledger/format.md; computed outside Java first. */
    @Test
    void leaf_ofTheVector_isThePublishedOne() {
        var entry = LogEntry.commit(SALT, ID, "{\"a\":1,\"b\":\"x\"}".getBytes(UTF_8));
        assertEquals(
                "6cb409d4ce142677a9e77b4faa334cbe6cef93221a87eb938e1dceb834692a53",
                entry.leaf().hex());
        assertEquals(49, entry.bytes().length);
        assertEquals(
                "01" + "0190163d8694739baea5966c26f8ad90" + entry.commitment().hex(),
                HexFormat.of().formatHex(entry.bytes()));
    }

    @Test
    void parse_ofBytes_givesTheEntryBack() {
        Samples.forAll(1, 200, seed -> new PredictableRandom(seed.nextLong()).bytes(48), random -> {
            byte[] bytes = new byte[49];
            bytes[0] = 1;
            System.arraycopy(random, 0, bytes, 1, 48);
            assertArrayEquals(bytes, LogEntry.parse(bytes).bytes());
        });
    }

    @Test
    void parse_anyOtherLengthOrVersion_isRefused() {
        for (int length = 0; length < 200; length++) {
            byte[] bytes = new byte[length];
            if (length > 0) {
                bytes[0] = 1;
            }
            if (length != 49) {
                assertThrows(LogException.class, () -> LogEntry.parse(bytes));
            }
        }
        for (int version = 0; version < 256; version++) {
            byte[] bytes = new byte[49];
            bytes[0] = (byte) version;
            if (version != 1) {
                assertThrows(LogException.class, () -> LogEntry.parse(bytes));
            }
        }
    }

    /** Random bytes are refused or read back the same; nothing else may happen. */
    @Test
    void parse_randomBytes_neverMisreads() {
        Samples.forAll(5, 2000, seed -> new PredictableRandom(seed.nextLong()).bytes(seed.nextInt(64)), bytes -> {
            try {
                assertArrayEquals(bytes, LogEntry.parse(bytes).bytes());
            } catch (LogException refused) {
                assertEquals(true, bytes.length != 49 || bytes[0] != 1);
            }
        });
    }

    @Test
    void commit_everyChangedBit_changesTheCommitment() {
        byte[] event = "{\"a\":1}".getBytes(UTF_8);
        var whole = LogEntry.commit(SALT, ID, event);
        for (int bit = 0; bit < 8 * event.length; bit++) {
            assertNotEquals(whole, LogEntry.commit(SALT, ID, Fixtures.flipped(event, bit)));
        }
        for (int bit = 0; bit < 256; bit++) {
            assertNotEquals(whole, LogEntry.commit(Salt.of(Fixtures.flipped(SALT.bytes(), bit)), ID, event));
        }
    }

    /** HMAC pads its key with zeros, so a shorter salt would open the same commitment: hence exactly 32 bytes. */
    @Test
    void salt_ofAnotherLength_isRefused() {
        for (int length : new int[] {0, 16, 31, 33, 64}) {
            assertThrows(LogException.class, () -> Salt.of(new byte[length]));
        }
        assertThrows(LogException.class, () -> Salt.parse("00"));
        assertThrows(LogException.class, () -> Salt.parse("0".repeat(63) + "G"));
        assertThrows(LogException.class, () -> Salt.parse("A".repeat(64)));
    }

    @Test
    void salt_prints_nothing() {
        assertEquals("Salt", SALT.toString());
        assertEquals(SALT, Salt.parse(SALT.hex()));
        assertEquals(SALT.hashCode(), Salt.parse(SALT.hex()).hashCode());
        SALT.bytes()[0] = 77;
        assertEquals(0, SALT.bytes()[0]);
        assertNotEquals(SALT, Salt.of(Arrays.copyOf(new byte[1], 32)));
    }
}
