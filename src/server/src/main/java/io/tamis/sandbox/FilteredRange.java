package io.tamis.sandbox;

import io.tamis.catalog.scan.StoredForm;
import io.tamis.data.Column;
import io.tamis.data.DateRange;
import io.tamis.privacy.DpPlan;
import java.time.LocalDate;
import java.util.List;

/**
 * The part of a declared date range that a job's own conditions leave: it asked for no other period, so none needs to be
 * zero-filled. Public knowledge only; where nothing is left, the whole range stays and every period is empty.
 */
final class FilteredRange {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private FilteredRange() {}

    static DateRange of(Column column, DateRange declared, List<DpPlan.Filter> where) {
        LocalDate from = declared.from();
        LocalDate to = declared.to();
        for (DpPlan.Filter filter : where) {
            if (!filter.column().equals(column.name())) {
                continue;
            }
            List<LocalDate> days = filter.literals().stream()
                    .map(literal -> day(column, literal))
                    .sorted()
                    .toList();
            switch (filter.op()) {
                case GE -> from = later(from, days.getFirst());
                case LE -> to = earlier(to, days.getFirst());
                case IN -> {
                    from = later(from, days.getFirst());
                    to = earlier(to, days.getLast());
                }
                case NE, IS_NULL, NOT_NULL -> {}
            }
        }
        return to.isBefore(from) ? declared : new DateRange(from, to);
    }

    private static LocalDate day(Column column, DpPlan.Literal literal) {
        return switch (literal) {
            case DpPlan.Literal.Whole(long value) ->
                LocalDate.ofEpochDay(
                        StoredForm.of(column) == StoredForm.MICROS ? Math.floorDiv(value, MICROS_PER_DAY) : value);
            case DpPlan.Literal.Text _ -> throw new IllegalStateException("dates are never private codes");
        };
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }
}
