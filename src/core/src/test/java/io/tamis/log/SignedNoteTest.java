package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.KeyName;
import io.tamis.data.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notes and keys of the Go implementation's tests (golang.org/x/mod/sumdb/note), the format's first one. */
class SignedNoteTest {
    private static final String TEXT = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.
            """;
    private static final String PETER_LINE =
            "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    private static final String ENOCH_LINE =
            "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";
    private static final VerifierKey PETER = VerifierKey.parse(VerifierKeyTest.PETER);
    private static final VerifierKey ENOCH =
            VerifierKey.parse("EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop");

    @Test
    void parse_publishedNote_isVerifiedByItsSigner() {
        var note = parse(TEXT + "\n" + PETER_LINE);
        assertEquals(TEXT, note.text());
        assertTrue(note.verifiedBy(PETER));
        assertFalse(note.verifiedBy(ENOCH));
        assertEquals(TEXT + "\n" + PETER_LINE, note.encoded());
    }

    @Test
    void verifiedBy_oneOfTwoSigners_ignoresTheOther() {
        var note = parse(TEXT + "\n" + PETER_LINE + ENOCH_LINE);
        assertTrue(note.verifiedBy(PETER));
        assertTrue(note.verifiedBy(ENOCH));
        assertFalse(note.verifiedBy(Fixtures.KEY));
    }

    @Test
    void verifiedBy_signatureOfAnotherText_isRefused() {
        assertFalse(parse("other\n\n" + PETER_LINE).verifiedBy(PETER));
    }

    /** One good and one bad signature of the same key: the note is rejected, not half accepted. */
    @Test
    void verifiedBy_alsoABadSignatureOfTheSameKey_isRefused() {
        var bad = PETER_LINE.replace("ZJku", "ZJkv");
        assertFalse(parse(TEXT + "\n" + PETER_LINE + bad).verifiedBy(PETER));
        assertTrue(parse(TEXT + "\n" + PETER_LINE + PETER_LINE).verifiedBy(PETER));
    }

    @Test
    void verifiedBy_sameIdUnderAnotherName_isIgnored() {
        var misnamed = PETER_LINE.replace("PeterNeumann", "CarmenSandiego");
        assertFalse(parse(TEXT + "\n" + misnamed).verifiedBy(PETER));
        assertTrue(parse(TEXT + "\n" + misnamed + PETER_LINE).verifiedBy(PETER));
    }

    @Test
    void parse_textWithEmptyLines_splitsAtTheLast() {
        var note = SignedNote.sign("a\n\nb\n", Fixtures.ORIGIN, Fixtures.KEYS, KeyName.LEDGER_SIGNING);
        var again = parse(note.encoded());
        assertEquals("a\n\nb\n", again.text());
        assertTrue(again.verifiedBy(Fixtures.KEY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n",
                "text\n",
                "text\n\n",
                "text\n\n— name",
                "text\n\n— name AAAAAAA=",
                "text\n\n- name AAAAAAA=\n",
                "text\n\n— na me AAAAAAA=\n",
                "text\n\n— na+me AAAAAAA=\n",
                "text\n\n—  AAAAAAA=\n",
                "text\n\n— name AAAAAA==\n",
                "text\n\n— name AAAAAAA\n",
                "text\n\n— name AAAAAAB=\n",
                "text\n\n— name AAAAAAA= \n",
                "text\n\n— name AAAAAAA=\nUnexpected line.\n",
                "te\u0001xt\n\n— name AAAAAAA=\n",
                "te\rxt\n\n— name AAAAAAA=\n",
                "text\n\n— na\u00a0me AAAAAAA=\n"
            })
    void parse_malformedNote_isRefused(String note) {
        assertThrows(LogException.class, () -> parse(note));
    }

    @Test
    void parse_notUtf8_isRefused() {
        byte[] bytes = (TEXT + "\n" + PETER_LINE).getBytes(UTF_8);
        bytes[3] = (byte) 0xff;
        assertThrows(LogException.class, () -> SignedNote.parse(bytes));
    }

    @Test
    void parse_limits_areHeld() {
        assertEquals(
                SignedNote.SIGNATURES_MAX,
                parse(TEXT + "\n" + ENOCH_LINE.repeat(SignedNote.SIGNATURES_MAX))
                        .signatures()
                        .size());
        assertThrows(LogException.class, () -> parse(TEXT + "\n" + ENOCH_LINE.repeat(SignedNote.SIGNATURES_MAX + 1)));
        assertThrows(LogException.class, () -> SignedNote.parse(new byte[SignedNote.BYTES_MAX + 1]));
    }

    @Test
    void parse_everyFlippedBit_isRefusedOrNotVerified() {
        byte[] bytes = (TEXT + "\n" + PETER_LINE).getBytes(UTF_8);
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            boolean accepted;
            try {
                accepted = SignedNote.parse(Fixtures.flipped(bytes, bit)).verifiedBy(PETER);
            } catch (LogException refused) {
                accepted = false;
            }
            assertFalse(accepted, "bit " + bit);
        }
    }

    /** Whatever parses is written back byte for byte: there is one spelling. */
    @Test
    void parse_randomlyDamagedNotes_readBackOrAreRefused() {
        byte[] whole = (TEXT + "\n" + PETER_LINE + ENOCH_LINE).getBytes(UTF_8);
        Samples.forAll(
                21,
                3000,
                seed -> {
                    byte[] copy = whole.clone();
                    for (int i = seed.nextInt(1, 4); i > 0; i--) {
                        copy[seed.nextInt(copy.length)] = (byte) "\n —+=aA0\u0000".charAt(seed.nextInt(9));
                    }
                    return copy;
                },
                bytes -> {
                    try {
                        assertEquals(
                                new String(bytes, UTF_8),
                                SignedNote.parse(bytes).encoded());
                    } catch (LogException refused) {
                        assertTrue(refused.getMessage().length() > 0);
                    }
                });
    }

    @Test
    void signedNote_withoutSignatureOrNewline_isRefused() {
        assertThrows(LogException.class, () -> new SignedNote("a\n", List.of()));
        var signature = parse(TEXT + "\n" + PETER_LINE).signatures();
        assertThrows(LogException.class, () -> new SignedNote("a", signature));
        assertThrows(LogException.class, () -> new SignedNote.Signature("a", "AAAA"));
    }

    private static SignedNote parse(String note) {
        return SignedNote.parse(note.getBytes(UTF_8));
    }
}
