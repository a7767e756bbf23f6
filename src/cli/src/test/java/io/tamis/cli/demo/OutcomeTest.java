package io.tamis.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    @Test
    void all_passed_areOneWithTheirLines() {
        assertEquals(
                new Outcome.Passed("a", List.of("b", "c", "d")),
                Outcome.all(List.of(Outcome.passed("a"), new Outcome.Passed("b", List.of("c")), Outcome.passed("d"))));
    }

    @Test
    void all_oneFailed_isThatOne() {
        assertEquals(
                new Outcome.Failed("x"),
                Outcome.all(List.of(Outcome.passed("a"), new Outcome.Failed("x"), new Outcome.Failed("y"))));
    }
}
