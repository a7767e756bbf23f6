package io.tamis.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void print_wordsAndNumbers_standLeftAndRight() {
        assertEquals("""
              word   count
              a          5
              bcdef    -12
            """, drawn(new Table("word", "count").row("a", "5").row("bcdef", "-12")));
    }

    @Test
    void print_datesAndIntervals_standLeftAndRight() {
        assertEquals(
                "  quarter    buyers\n  1997-Q1  7 [5, 9]\n  total      [1, 2]\n",
                drawn(new Table("quarter", "buyers").row("1997-Q1", "7 [5, 9]").row("total", "[1, 2]")));
    }

    @Test
    void print_missingCell_isEmpty() {
        assertEquals("  a  b\n  x\n", drawn(new Table("a", "b").row("x")));
    }

    /** A cell of the service's that would be a row of its own, or clear the screen. */
    @Test
    void print_whatATerminalObeys_isEscaped_inHeadsToo() {
        assertEquals("  a\\u{1b}c\n  x\\u{a}y \\u{20}z\n", drawn(new Table("a\u001bc").row("x\ny  z")));
    }

    private static String drawn(Table table) {
        var bytes = new ByteArrayOutputStream();
        table.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), "  ");
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
