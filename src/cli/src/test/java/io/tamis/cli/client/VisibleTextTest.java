package io.tamis.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VisibleTextTest {
    @Test
    void wordsOfAnyLanguage_stayAsTheyAre() {
        for (String text : new String[] {"shop-users", "多少朋友", "é e\u0301", "😀", "क्या", "한국어", "7 [5, 9]"}) {
            assertEquals(text, VisibleText.of(text));
        }
    }

    /** What shows as nothing, or as the width of something, whatever type Unicode gives it. */
    @Test
    void blanksAndFillers_areEscaped() {
        IntStream.of(
                        0x00, 0x07, 0x09, 0x0a, 0x0d, 0x1b, 0x7f, 0x85, 0x9b, 0xa0, 0xad, 0x34f, 0x61c, 0x115f, 0x1160,
                        0x17b4, 0x180b, 0x180e, 0x2003, 0x200b, 0x200d, 0x200e, 0x2028, 0x202e, 0x2060, 0x2066, 0x2800,
                        0x3000, 0x3164, 0xe000, 0xfe0f, 0xfeff, 0xffa0, 0xfff9, 0xfffc, 0xd800, 0x1d159, 0xe0041,
                        0xe0100, 0x10ffff)
                .forEach(point -> assertEquals(
                        "a\\u{" + Integer.toHexString(point) + "}b",
                        VisibleText.of("a" + Character.toString(point) + "b"),
                        Integer.toHexString(point)));
    }

    @Test
    void everyFormatAndControlCharacter_isEscaped() {
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(point ->
                        Character.getType(point) == Character.FORMAT || Character.getType(point) == Character.CONTROL)
                .forEach(point -> assertFalse(
                        VisibleText.of(Character.toString(point)).contains(Character.toString(point)),
                        Integer.toHexString(point)));
    }

    /** An escape that was in the text is not one that this wrote. */
    @Test
    void backslashes_areEscaped() {
        assertEquals("\\\\u{1b}", VisibleText.of("\\u{1b}"));
        assertEquals("\"a\\\\\"", VisibleText.quoted("a\\"));
    }

    @Test
    void quotationMarks_areEscapedBetweenQuotationMarks() {
        assertEquals("\"a\\\"b\"", VisibleText.quoted("a\"b"));
        assertEquals("a\"b", VisibleText.of("a\"b"));
    }

    @Test
    void spacesInARow_areEscapedFromTheSecondOn() {
        assertEquals("a b \\u{20}\\u{20}c", VisibleText.of("a b   c"));
    }

    /** Hebrew and Arabic would draw the closing mark, and what follows, to their left. */
    @Test
    void wordsFromTheRight_areIsolatedWithinTheirQuotationMarks() {
        String hebrew = "\u05d0\u05d1 5";
        assertEquals("\"\u2068" + hebrew + "\u2069\"", VisibleText.quoted(hebrew));
        assertTrue(VisibleText.of("\u0627").startsWith("\u2068"));
        assertEquals("\u2068\u05d0\\u{2069}\u2069", VisibleText.of("\u05d0\u2069"));
    }
}
