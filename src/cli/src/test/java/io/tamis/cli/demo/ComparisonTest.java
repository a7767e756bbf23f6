package io.tamis.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.JsonView;
import io.tamis.data.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final List<Purchases.Quarter> TRUTH =
            List.of(new Purchases.Quarter("1997-Q1", 2357, 11_249_861, 9_520_961));

    @Test
    void lines_shownCells_putReleaseAndTruthSideBySide() {
        var comparison = comparison("""
            {"value":2340,"stdDev":"22.36","ci95":[2296,2384]},
            {"value":9500000,"stdDev":"335410.2","ci95":[8842596,10157404]}""");
        assertEquals(2, comparison.lines().size());
        assertTrue(comparison
                .lines()
                .getLast()
                .matches("1997-Q1 +2340 +\\[2296, 2384] +2357 +95000 +\\[88426, 101574] +95210 +112499"));
        assertTrue(comparison.fault().isEmpty());
    }

    @Test
    void fault_sixDeviationsAway_isTold() {
        assertTrue(comparison("""
            {"value":2222,"stdDev":"22.36","ci95":[1,2]},
            {"value":9500000,"stdDev":"335410.2","ci95":[8842596,10157404]}""").fault().isPresent());
    }

    @Test
    void fault_outsideTheIntervalAlone_isNone() {
        assertTrue(comparison("""
            {"value":2300,"stdDev":"22.36","ci95":[2256,2344]},
            {"value":9500000,"stdDev":"335410.2","ci95":[8842596,10157404]}""").fault().isEmpty());
    }

    @Test
    void fault_withheldOrMissing_isTold() {
        var withheld = comparison("null,null");
        assertTrue(withheld.fault().isPresent());
        assertTrue(withheld.lines().getLast().contains("withheld"));
        var empty = new Comparison(JsonView.of(Json.parse("{\"result\":{\"columns\":[],\"rows\":[]}}")), TRUTH);
        assertTrue(empty.fault().isPresent());
        assertFalse(empty.lines().isEmpty());
    }

    private static Comparison comparison(String cells) {
        return new Comparison(JsonView.of(Json.parse("""
            {"result":{"columns":["purchased_on","buyers","revenue"],"rows":[{"key":["1997-Q1"],"cells":[%s]}]}}""".formatted(cells))), TRUTH);
    }
}
