package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.CryptoException;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.Mutations;
import io.tamis.data.PredictableRandom;
import io.tamis.data.Samples;
import io.tamis.data.TamisException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * 10,000 damaged texts of each format. Each is refused with a code, or is written back byte for byte: no format has two
 * spellings of one thing. What still verifies says what the genuine one says.
 */
class FormatFuzzTest {
    private static final int CASES = 10_000;
    private static final Set<Code> REFUSALS = Set.of(Code.INVALID_REQUEST, Code.TOO_LARGE, Code.UNKNOWN_FIELD);
    private static final List<ExportEntry> ENTRIES = Fixtures.entries(6);
    private static final SignedNote NOTE = Fixtures.checkpoint(ENTRIES);
    private static final TlogProof RECEIPT =
            new TlogProof(ENTRIES.get(3).entry(), 3, Fixtures.tree(ENTRIES).inclusion(3, 6), NOTE);

    @Test
    void note_damaged_isRefusedOrReadsBackAndNeverSaysMore() {
        fuzz(100_000, NOTE.encoded().getBytes(UTF_8), bytes -> {
            var note = SignedNote.parse(bytes);
            assertTrue(!note.verifiedBy(Fixtures.KEY) || note.text().equals(NOTE.text()));
            return note.encoded().getBytes(UTF_8);
        });
    }

    @Test
    void checkpoint_damaged_isRefusedOrReadsBack() {
        fuzz(
                110_000,
                NOTE.text().getBytes(UTF_8),
                bytes -> Checkpoint.parse(text(bytes)).text().getBytes(UTF_8));
    }

    @Test
    void receipt_damaged_isRefusedOrReadsBackAndNeverSaysMore() {
        fuzz(120_000, RECEIPT.text().getBytes(UTF_8), bytes -> {
            var receipt = TlogProof.parse(text(bytes));
            if (receipt.verifies(Fixtures.KEY)) {
                assertEquals(RECEIPT.entry(), receipt.entry());
                assertEquals(RECEIPT.index(), receipt.index());
                assertEquals(RECEIPT.path(), receipt.path());
            }
            return receipt.text().getBytes(UTF_8);
        });
    }

    @Test
    void verifierKey_damaged_isRefused() {
        fuzz(
                130_000,
                Fixtures.KEY.toString().getBytes(UTF_8),
                bytes -> VerifierKey.parse(text(bytes)).toString().getBytes(UTF_8));
    }

    @Test
    void exportLine_damaged_isRefusedOrReadsBack() {
        fuzz(140_000, ENTRIES.get(2).line(), bytes -> ExportEntry.parse(bytes).line());
        fuzz(
                150_000,
                new ExportEntry.Erased(2, ENTRIES.get(2).entry(), Fixtures.KEY_ID).line(),
                bytes -> ExportEntry.parse(bytes).line());
    }

    @Test
    void manifest_damaged_isRefusedOrReadsBack() {
        var manifest = new ExportManifest(Map.of(
                "checkpoint",
                Hash.sha256(),
                "bundles/x/a.yaml",
                Hash.sha256(new byte[1]),
                "entries.jsonl",
                Hash.sha256()));
        fuzz(160_000, manifest.bytes(), bytes -> ExportManifest.parse(bytes).bytes());
    }

    @Test
    void event_damaged_isRefusedOrReadsBack() {
        fuzz(
                170_000,
                Fixtures.event(5).canonicalBytes(),
                bytes -> LedgerEvent.parse(bytes).canonicalBytes());
    }

    @Test
    void entry_damaged_isRefusedOrReadsBack() {
        fuzz(
                180_000,
                ENTRIES.get(1).entry().bytes(),
                bytes -> LogEntry.parse(bytes).bytes());
    }

    /** A sealed body is authentic or not: there is no reading back of a damaged one. */
    @Test
    void sealedBody_damaged_isNotAuthentic() {
        var sealing = new EntrySealing(Fixtures.ORIGIN);
        var key = SecretBytes.random(32, new PredictableRandom(1));
        var opened = new EntrySealing.Opened(Fixtures.salt(1), Fixtures.event(1));
        byte[] whole = sealing.seal(key, opened, new PredictableRandom(2));
        Samples.forAll(190_000, CASES, seed -> Mutations.of(whole, seed), bytes -> {
            try {
                assertEquals(opened, sealing.open(key, opened.event().id(), bytes));
                assertArrayEquals(whole, bytes, "the damage has undone itself");
            } catch (CryptoException refused) {
                assertEquals(Code.INTERNAL, refused.code());
            }
        });
    }

    /** Who reads these forms from a file decodes it strictly first. */
    private static String text(byte[] utf8) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException notUtf8) {
            throw new LogException(Code.INVALID_REQUEST, notUtf8);
        }
    }

    private static void fuzz(long seed, byte[] whole, UnaryOperator<byte[]> readBack) {
        var refusals = new AtomicInteger();
        assertArrayEquals(whole, readBack.apply(whole));
        Samples.forAll(seed, CASES, random -> Mutations.of(whole, random), bytes -> {
            byte[] again;
            try {
                again = readBack.apply(bytes);
            } catch (TamisException refused) {
                assertTrue(REFUSALS.contains(refused.code()), refused.code().name());
                assertEquals(refused.code().title(), refused.getMessage());
                refusals.incrementAndGet();
                return;
            }
            assertArrayEquals(bytes, again);
        });
        assertTrue(refusals.get() > CASES / 10, "damage is mostly seen: " + refusals.get());
    }
}
