package io.tamis.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {
    private final Lines lines = new Lines();

    private String row() {
        lines.end();
        return lines.toString();
    }

    @Test
    void row_ofSeveralFields_isJoinedByCommas() {
        lines.text("a").number(7).flag(true).flag(false).text(new byte[] {'z'}).end();
        lines.text("b").end();
        assertEquals("a,7,true,false,z\nb\n", lines.toString());
        assertEquals(2, lines.rows());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 99, 100, 12_345, 16_412_345_678L, Long.MAX_VALUE})
    void number_isDecimal(long value) {
        lines.number(value);
        assertEquals(value + "\n", row());
    }

    @ParameterizedTest
    @CsvSource({"0, 0.00", "1, 0.01", "99, 0.99", "100, 1.00", "123456, 1234.56", "10000000, 100000.00"})
    void yuan_hasTwoDecimals(long fen, String text) {
        lines.yuan(fen);
        assertEquals(text + "\n", row());
    }

    @ParameterizedTest
    @CsvSource({
        "BRAND, +8615412345678",
        "MESSENGER, 0086 154 1234 5678",
        "SHOP, 15412345678",
        "VIDEO, +86 154-1234-5678"
    })
    void phone_isSpelledAsThePlatformDoes(Platform platform, String text) {
        lines.phone(15_412_345_678L, platform).text("x");
        assertEquals(text + ",x\n", row());
    }

    @Test
    void day_anyDeclared_isIso8601() {
        LocalDate first = LocalDate.of(2015, 1, 1);
        LocalDate year = LocalDate.of(2026, 1, 1);
        var expected = new StringBuilder();
        for (LocalDate day = first; day.getYear() < 2027; day = day.plusDays(1)) {
            lines.day((int) (day.toEpochDay() - year.toEpochDay())).end();
            expected.append(day).append('\n');
        }
        assertEquals(expected.toString(), lines.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 59, 60, 3_599, 3_600, 86_399, 86_400, 31_535_999})
    void second_isRfc3339InUtc(int second) {
        lines.second(second);
        Instant begin = LocalDate.of(2026, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC);
        assertEquals(begin.plusSeconds(second) + "\n", row());
    }

    @Test
    void rows_beyondTheFirstBuffer_areKept() throws IOException {
        var expected = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            lines.number(i).text("some text").end();
            expected.append(i).append(",some text\n");
        }
        var out = new ByteArrayOutputStream();
        lines.writeTo(out);
        assertEquals(expected.toString(), out.toString(StandardCharsets.US_ASCII));
        assertEquals(30_000, lines.rows());
    }
}
