package io.tamis.privacy;

import io.tamis.data.DateRange;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A calendar period that dates are grouped by (ISO 8601; weeks begin on Monday). Declared keys over a declared range. */
public enum DateFloor {
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR;

    /** The first day of the period this day lies in. */
    public LocalDate startOf(LocalDate day) {
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> day.with(IsoFields.DAY_OF_QUARTER, 1);
            case YEAR -> day.withDayOfYear(1);
        };
    }

    /**
     * How the period of this day is written: 1997-01-31, 1997-W05, 1997-01, 1997-Q1, 1997. In ASCII digits whatever the
     * host's language: labels are keys, and a release is the same on every server.
     */
    public String label(LocalDate day) {
        return switch (this) {
            case DAY -> day.toString();
            case WEEK ->
                String.format(
                        Locale.ROOT,
                        "%04d-W%02d",
                        day.get(IsoFields.WEEK_BASED_YEAR),
                        day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case MONTH -> String.format(Locale.ROOT, "%04d-%02d", day.getYear(), day.getMonthValue());
            case QUARTER -> String.format(Locale.ROOT, "%04d-Q%d", day.getYear(), day.get(IsoFields.QUARTER_OF_YEAR));
            case YEAR -> String.format(Locale.ROOT, "%04d", day.getYear());
        };
    }

    /** How many periods touch the range. */
    public long count(DateRange range) {
        LocalDate first = startOf(range.from());
        LocalDate last = startOf(range.to());
        return 1
                + switch (this) {
                    case DAY -> ChronoUnit.DAYS.between(first, last);
                    case WEEK -> ChronoUnit.WEEKS.between(first, last);
                    case MONTH -> ChronoUnit.MONTHS.between(first, last);
                    case QUARTER -> ChronoUnit.MONTHS.between(first, last) / 3;
                    case YEAR -> ChronoUnit.YEARS.between(first, last);
                };
    }

    /** The labels of all periods that touch the range, in order. */
    public List<String> labels(DateRange range) {
        var labels = new ArrayList<String>();
        LocalDate start = startOf(range.from());
        while (!start.isAfter(range.to())) {
            PrivacyException.require(labels.size() < KernelSpec.GROUPS_MAX);
            labels.add(label(start));
            start = next(start);
        }
        return List.copyOf(labels);
    }

    private LocalDate next(LocalDate start) {
        return switch (this) {
            case DAY -> start.plusDays(1);
            case WEEK -> start.plusWeeks(1);
            case MONTH -> start.plusMonths(1);
            case QUARTER -> start.plusMonths(3);
            case YEAR -> start.plusYears(1);
        };
    }
}
