package io.tamis.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class QuantilesTest {
    @Test
    void millis_hundredTimes_areTheRanks() {
        var quantiles = new Quantiles(LongStream.rangeClosed(1, 100)
                .map(i -> (101 - i) * 1_000_000)
                .boxed()
                .toList());
        assertEquals("50.00", quantiles.millis(50).toPlainString());
        assertEquals("99.00", quantiles.millis(99).toPlainString());
    }

    @Test
    void millis_oneTime_isThatTime() {
        assertEquals("0.12", new Quantiles(List.of(123_456L)).millis(99).toPlainString());
    }

    @Test
    void quantiles_ofNothing_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Quantiles(List.of()));
    }
}
