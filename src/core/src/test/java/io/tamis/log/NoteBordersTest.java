package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.KeyName;
import io.tamis.data.Code;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The borders of notes and checkpoints: the last thing allowed, and the first that is not. */
class NoteBordersTest {
    private static final SignedNote NOTE =
            SignedNote.sign("text?\n", Fixtures.ORIGIN, Fixtures.KEYS, KeyName.LEDGER_SIGNING);
    private static final String LINE = "\u2014 name AAAAAAA=\n";

    /**
     * The specification forbids control characters in the whole note and Unicode's white space in names; U+0085 is both
     * to Unicode and neither to {@link Character#isWhitespace(int)}.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {"\u0001", "\u0000", "\u001b", "\t", "\u007f", "\u0085", "\u00a0", "\u2003", "\u2028", "\u3000"})
    void signature_nameWithABlankOrControlCharacter_isRefused(String hostile) {
        byte[] note = ("text\n\n" + LINE.replace("name", "na" + hostile + "me")).getBytes(UTF_8);
        assertThrows(LogException.class, () -> SignedNote.parse(note));
        assertThrows(LogException.class, () -> new SignedNote.Signature("na" + hostile + "me", "AAAAAAA="));
    }

    /** What UTF-8 cannot carry is signed as a question mark: two texts would share one signature. */
    @Test
    void note_withALoneSurrogate_isRefused() {
        assertTrue(NOTE.verifiedBy(Fixtures.KEY));
        for (String text : new String[] {"text\ud800\n", "text\udc00\n", "text\udc00\ud800\n"}) {
            assertThrows(LogException.class, () -> new SignedNote(text, NOTE.signatures()));
        }
        assertThrows(LogException.class, () -> new SignedNote.Signature("na\ud800me", "AAAAAAA="));
        assertEquals("\ud83d\ude00\n", new SignedNote("\ud83d\ude00\n", NOTE.signatures()).text());
    }

    @Test
    void note_ofTheGreatestLength_readsBackAndOneMoreIsRefused() {
        int room = SignedNote.BYTES_MAX - ("\n\n" + LINE).length() - "\u2014".getBytes(UTF_8).length + 1;
        byte[] largest = ("a".repeat(room) + "\n\n" + LINE).getBytes(UTF_8);
        assertEquals(SignedNote.BYTES_MAX, largest.length);
        assertEquals(room + 1, SignedNote.parse(largest).text().length());
        byte[] larger = ("a".repeat(room + 1) + "\n\n" + LINE).getBytes(UTF_8);
        assertEquals(
                Code.TOO_LARGE,
                assertThrows(LogException.class, () -> SignedNote.parse(larger)).code());
    }

    /** Each signature of a note is looked at by its own key only; the order of the lines says nothing. */
    @Test
    void note_signaturesInAnyOrder_verifyTheSame() {
        var other = new SignedNote.Signature("example.com/witness", "AAAAAAA=");
        var own = NOTE.signatures().getFirst();
        for (var signatures : List.of(List.of(own, other), List.of(other, own), List.of(other, own, other))) {
            var note = new SignedNote(NOTE.text(), signatures);
            assertTrue(note.verifiedBy(Fixtures.KEY));
            assertEquals(note, SignedNote.parse(note.encoded().getBytes(UTF_8)));
        }
        assertFalse(new SignedNote(NOTE.text(), List.of(other)).verifiedBy(Fixtures.KEY));
    }

    /** A signature of the right key over another text, under the right name and id, spoils a note that has a good one. */
    @Test
    void note_goodAndBadSignatureOfOneKey_isRefusedInBothOrders() {
        var good = NOTE.signatures().getFirst();
        var bad = SignedNote.sign("other\n", Fixtures.ORIGIN, Fixtures.KEYS, KeyName.LEDGER_SIGNING)
                .signatures()
                .getFirst();
        assertFalse(new SignedNote(NOTE.text(), List.of(good, bad)).verifiedBy(Fixtures.KEY));
        assertFalse(new SignedNote(NOTE.text(), List.of(bad, good)).verifiedBy(Fixtures.KEY));
    }

    /** The head's borders: the largest size there is reads back, one more does not; no size has two spellings. */
    @Test
    void checkpoint_sizes_atTheirBorders() {
        String root = StrictBase64.encode(new byte[32]);
        for (long size : new long[] {1, 9, 10, 1L << 53, Long.MAX_VALUE}) {
            String text = "a\n" + size + "\n" + root + "\n";
            var checkpoint = Checkpoint.parse(text);
            assertEquals(size, checkpoint.head().size());
            assertEquals(text, checkpoint.text());
        }
        for (String size :
                new String[] {"9223372036854775808", "99999999999999999999", "1e3", "0x1", "\u0661", "1 ", ""}) {
            assertThrows(LogException.class, () -> Checkpoint.parse("a\n" + size + "\n" + root + "\n"));
        }
    }

    @Test
    void checkpoint_signedUnderAnotherName_isNotTheLogs() {
        var checkpoint = new Checkpoint(Fixtures.ORIGIN, TreeHead.EMPTY);
        var note = SignedNote.sign(
                checkpoint.text(), new Origin("example.com/other"), Fixtures.KEYS, KeyName.LEDGER_SIGNING);
        assertEquals(Optional.empty(), Checkpoint.open(note, Fixtures.KEY));
    }

    /** A note that a trusted key signed but that is no checkpoint: the log never signs one, so it is an error. */
    @Test
    void checkpoint_signedTextOfAnotherKind_isRefused() {
        assertThrows(LogException.class, () -> Checkpoint.open(NOTE, Fixtures.KEY));
    }

    @Test
    void salt_says_nothingAndCopies() {
        byte[] bytes = new byte[Salt.LENGTH];
        var salt = Salt.of(bytes);
        bytes[0] = 1;
        salt.bytes()[1] = 1;
        assertEquals(Salt.of(new byte[Salt.LENGTH]), salt);
        assertEquals("Salt", salt.toString());
        assertFalse(new EntrySealing.Opened(Fixtures.salt(1), Fixtures.event(1))
                .toString()
                .contains(Fixtures.salt(1).hex()));
        assertEquals(Fixtures.salt(1), Salt.parse(Fixtures.salt(1).hex()));
        for (int length : new int[] {0, Salt.LENGTH - 1, Salt.LENGTH + 1}) {
            assertThrows(LogException.class, () -> Salt.of(new byte[length]));
            assertThrows(LogException.class, () -> Salt.parse("0".repeat(2 * length)));
        }
        assertThrows(LogException.class, () -> Salt.parse("A".repeat(64)));
    }
}
