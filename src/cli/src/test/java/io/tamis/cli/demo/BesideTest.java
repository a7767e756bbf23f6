package io.tamis.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.JsonView;
import io.tamis.data.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class BesideTest {
    private static final String CELL = "{\"value\":1826,\"stdDev\":\"2.83\",\"ci95\":[1820,1832]}";

    @Test
    void lines_shownAndWithheld_areOneTable() {
        assertEquals(
                List.of(
                        "people          released  95 % interval  truth*",
                        "shop and video      1826   [1820, 1832]    1825",
                        "brand           withheld                     49"),
                List.of(beside(line("shop and video", CELL, 1825), line("brand", "null", 49))
                        .lines()
                        .toArray(String[]::new)));
    }

    @Test
    void fault_withinTwelveDeviations_isNone() {
        // 12 * 2.83 = 33.96
        assertTrue(beside(line("a", CELL, 1826 + 33), line("b", CELL, 1826 - 33))
                .fault()
                .isEmpty());
    }

    @Test
    void fault_furtherThanNoiseExplains_isNamed() {
        assertTrue(beside(line("a", CELL, 1826), line("b", CELL, 1826 + 34))
                .fault()
                .orElseThrow()
                .startsWith("b: "));
    }

    @Test
    void fault_withheldFew_isNone() {
        // 50 + 33.96 people can look like 49.
        assertTrue(beside(line("a", CELL, 1826), line("b", "null", 83)).fault().isEmpty());
    }

    @Test
    void fault_withheldMany_isOne() {
        assertTrue(beside(line("a", CELL, 1826), line("b", "null", 84)).fault().isPresent());
    }

    @Test
    void fault_nothingShown_isOne() {
        assertTrue(beside(line("a", "null", 1826)).fault().isPresent());
    }

    private static Beside beside(Beside.Line... lines) {
        return new Beside(List.of(lines), 50);
    }

    private static Beside.Line line(String who, String cell, long truth) {
        return new Beside.Line(who, JsonView.of(Json.parse(cell)), truth);
    }
}
