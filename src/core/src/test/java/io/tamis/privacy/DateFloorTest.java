package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.DateRange;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DateFloorTest {
    private static final DateRange CDNOW = range("1997-01-01", "1998-06-30");

    @Test
    void labels_ofQuarters_coverTheRange() {
        assertEquals(
                List.of("1997-Q1", "1997-Q2", "1997-Q3", "1997-Q4", "1998-Q1", "1998-Q2"),
                DateFloor.QUARTER.labels(CDNOW));
    }

    @Test
    void labels_ofARangeInsideOnePeriod_isThatPeriod() {
        assertEquals(List.of("1997"), DateFloor.YEAR.labels(range("1997-05-05", "1997-06-06")));
        assertEquals(List.of("1997-Q2"), DateFloor.QUARTER.labels(range("1997-05-05", "1997-06-06")));
        assertEquals(List.of("1997-05", "1997-06"), DateFloor.MONTH.labels(range("1997-05-31", "1997-06-01")));
        assertEquals(List.of("1997-05-31", "1997-06-01"), DateFloor.DAY.labels(range("1997-05-31", "1997-06-01")));
    }

    /** ISO weeks: 1 January 1999 is a Friday of week 53 of 1998. */
    @ParameterizedTest
    @CsvSource({"1998-12-31, 1998-W53", "1999-01-01, 1998-W53", "1999-01-03, 1998-W53", "1999-01-04, 1999-W01"})
    void label_ofAWeek_isTheIsoWeek(LocalDate day, String label) {
        assertEquals(label, DateFloor.WEEK.label(day));
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, 1997-05-14, 1997-05-14",
        "WEEK, 1997-05-14, 1997-05-12",
        "MONTH, 1997-05-14, 1997-05-01",
        "QUARTER, 1997-05-14, 1997-04-01",
        "YEAR, 1997-05-14, 1997-01-01",
        "YEAR, 2000-12-31, 2000-01-01",
        "QUARTER, 2000-02-29, 2000-01-01"
    })
    void startOf_isTheFirstDay(DateFloor floor, LocalDate day, LocalDate start) {
        assertEquals(start, floor.startOf(day));
        assertEquals(start, floor.startOf(start));
    }

    /** Every day of the range falls into exactly one of the labelled periods, in order. */
    @ParameterizedTest
    @EnumSource(DateFloor.class)
    void labels_holdEveryDayInOrder(DateFloor floor) {
        DateRange range = range("1995-11-17", "2001-03-02");
        List<String> labels = floor.labels(range);
        assertEquals(labels.size(), new HashSet<>(labels).size());
        int at = 0;
        for (LocalDate day = range.from(); !day.isAfter(range.to()); day = day.plusDays(1)) {
            String label = floor.label(day);
            if (!labels.get(at).equals(label)) {
                at++;
            }
            assertEquals(labels.get(at), label);
        }
        assertEquals(labels.size() - 1, at);
        assertEquals(labels.size(), floor.count(range));
    }

    @Test
    void labels_beyondTheGreatestNumberOfGroups_areRefused() {
        assertThrows(PrivacyException.class, () -> DateFloor.DAY.labels(range("0001-01-01", "9999-12-31")));
        assertTrue(DateFloor.DAY.labels(range("1000-01-01", "2999-12-31")).size() < KernelSpec.GROUPS_MAX);
    }

    private static DateRange range(String from, String to) {
        return new DateRange(LocalDate.parse(from), LocalDate.parse(to));
    }
}
