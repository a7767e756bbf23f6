package io.tamis.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    private static String text(String json) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new PrintStream(bytes, true, UTF_8)) {
            new JsonText(out).print("", "question", Json.parse(json));
        }
        return bytes.toString(UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void everyMember_hasALine() {
        assertEquals("""
                question:
                  a:
                    1: "x"
                    2:
                      b: true
                  c: 7
                  d: none
                """, text("{\"a\":[\"x\",{\"b\":true}],\"c\":7,\"d\":[]}"));
    }

    /** An escape sequence could erase a line, a bidirectional mark show it in another order, a line end make one up. */
    @Test
    void whatATerminalObeys_isEscaped_inNamesToo() {
        assertEquals(
                "question:\n  \"a\\u{1b}[2K\": \"x\\u{a} \\u{20}region: y\\u{202e}\\u{2028}\"\n",
                text("{\"a\\u001b[2K\":\"x\\n  region: y\\u202e\\u2028\"}"));
    }

    /** So many spaces that the terminal's next line begins with what looks like a member. */
    @Test
    void text_thatWouldFillALine_doesNotMakeUpTheNext() {
        String faked = text("\"x" + " ".repeat(400) + "rhoMicro: 5\"");
        assertFalse(faked.contains("  "), faked);
        assertTrue(faked.endsWith("\\u{20}rhoMicro: 5\"\n"), faked);
    }

    @Test
    void text_thatClosesItsQuotes_staysInThem() {
        assertEquals("question:\n  a: \"x\\\", region: \\\"y\"\n", text("{\"a\":\"x\\\", region: \\\"y\"}"));
    }

    /** A name with a colon in it would be a member and its value. */
    @Test
    void name_thatLooksLikeALine_isQuoted() {
        assertEquals("question:\n  \"region: ABROAD\": 1\n", text("{\"region: ABROAD\":1}"));
    }

    @Test
    void wordsOfAnyLanguage_showAsTheyAre() {
        assertEquals("question: \"多少朋友 é 😀\"\n", text("\"多少朋友 é 😀\""));
    }
}
