package io.tamis.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
                    1: x
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
                "question:\n  a\\u{1b}[2K: x\\u{a}  region: y\\u{202e}\\u{2028}\n",
                text("{\"a\\u001b[2K\":\"x\\n  region: y\\u202e\\u2028\"}"));
    }

    @Test
    void wordsOfAnyLanguage_showAsTheyAre() {
        assertEquals("question: 多少朋友 é 😀\n", text("\"多少朋友 é 😀\""));
    }
}
