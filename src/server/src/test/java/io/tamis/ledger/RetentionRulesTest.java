package io.tamis.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.log.Retention;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When a month may be erased, and when it should be. */
class RetentionRulesTest {
    @Test
    void erasableThrough_theDefaults_keepHalfAYearAndThreeYears() {
        var rules = rules("2026-11-24T05:00:00Z", "P6M", "P3Y", "P3Y", "P5Y");
        assertEquals(YearMonth.of(2026, 4), rules.erasableThrough(Retention.ACCESS));
        assertEquals(YearMonth.of(2023, 10), rules.erasableThrough(Retention.DECISIONS));
        assertEquals(YearMonth.of(2023, 10), rules.dueThrough(Retention.ACCESS));
        assertEquals(YearMonth.of(2021, 10), rules.dueThrough(Retention.DECISIONS));
    }

    /** A month is over, and a day more: then no clock of ours still seals under its key. */
    @Test
    void erasableThrough_withoutADuty_waitsForTheMonthAndADay() {
        assertEquals(YearMonth.of(2026, 10), erasable("2026-11-30T23:59:59Z", "P0D"));
        assertEquals(YearMonth.of(2026, 10), erasable("2026-12-01T23:59:59Z", "P0D"));
        assertEquals(YearMonth.of(2026, 11), erasable("2026-12-02T00:00:00Z", "P0D"));
    }

    /** Nothing is due that has to be kept, whatever was configured. */
    @Test
    void dueThrough_keptShorterThanTheDuty_isTheDuty() {
        var rules = rules("2026-11-24T05:00:00Z", "P2Y", "P1M", "P3Y", "P5Y");
        assertEquals(rules.erasableThrough(Retention.ACCESS), rules.dueThrough(Retention.ACCESS));
    }

    /** The month that is given is over for the whole period, and the next one is not. */
    @Test
    void erasableThrough_anyDayAndPeriod_isTheLatestThatFits() {
        var random = new Random(20261124);
        for (int i = 0; i < 5_000; i++) {
            var today = LocalDate.of(2026, 1, 1).plusDays(random.nextInt(2_000));
            var duty = Period.of(random.nextInt(4), random.nextInt(20), random.nextInt(60));
            var month = erasable(today.atStartOfDay(ZoneOffset.UTC).toInstant().toString(), duty.toString());
            assertFalse(over(month, duty).isAfter(today), duty + " on " + today);
            assertTrue(over(month.plusMonths(1), duty).isAfter(today), duty + " on " + today);
        }
    }

    @Test
    void rule_ofWhatIsKeptForEver_isNone() {
        var rules = rules("2026-11-24T05:00:00Z", "P6M", "P3Y", "P3Y", "P5Y");
        assertEquals(Optional.empty(), rules.rule(Retention.PERMANENT));
        assertFalse(rules.erasable().contains(Retention.PERMANENT));
        assertEquals(Retention.values().length - 1, rules.erasable().size());
    }

    @Test
    void rule_negativeOrNoPeriod_stopsTheStart() {
        assertThrows(IllegalArgumentException.class, () -> rules("2026-11-24T05:00:00Z", "-P6M", "P3Y", "P3Y", "P5Y"));
        assertThrows(RuntimeException.class, () -> rules("2026-11-24T05:00:00Z", "six months", "P3Y", "P3Y", "P5Y"));
    }

    private static LocalDate over(YearMonth month, Period duty) {
        return month.plusMonths(1).atDay(1).plus(duty).plusDays(1);
    }

    private static YearMonth erasable(String now, String duty) {
        return rules(now, duty, "P9Y", "P3Y", "P5Y").erasableThrough(Retention.ACCESS);
    }

    private static RetentionRules rules(String now, String duty, String keep, String duty2, String keep2) {
        return new RetentionRules(() -> Instant.parse(now), duty, keep, duty2, keep2, "P3Y", "P10Y");
    }
}
