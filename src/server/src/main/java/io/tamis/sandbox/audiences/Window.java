package io.tamis.sandbox.audiences;

import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.ColumnType;
import io.tamis.data.DataException;
import io.tamis.data.DateRange;
import io.tamis.data.JsonFields;
import io.tamis.privacy.DpPlan;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;

/** From one day to another, both included, in UTC. */
record Window(DateRange days) {
    /** What it adds to the conditions of a plan. */
    static final int CONDITIONS = 2;

    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int DAY_LENGTH = 10;
    private static final int YEAR_MAX = 9_999;

    static Window read(JsonFields fields) {
        var window =
                new Window(new DateRange(day(fields.string("from", DAY_LENGTH)), day(fields.string("to", DAY_LENGTH))));
        fields.end();
        return window;
    }

    /** The same as conditions on a column of days or moments. */
    List<DpPlan.Filter> on(Column column) {
        boolean moments = column.type() == ColumnType.TIMESTAMP;
        long first = days.from().toEpochDay();
        long last = days.to().toEpochDay();
        return List.of(
                filter(column, DpPlan.Op.GE, moments ? first * MICROS_PER_DAY : first),
                filter(column, DpPlan.Op.LE, moments ? (last + 1) * MICROS_PER_DAY - 1 : last));
    }

    private static DpPlan.Filter filter(Column column, DpPlan.Op op, long value) {
        return new DpPlan.Filter(column.name(), op, List.of(new DpPlan.Literal.Whole(value)));
    }

    private static LocalDate day(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 1 && day.getYear() <= YEAR_MAX) {
                return day;
            }
        } catch (DateTimeException notADate) {
            // Told like any other wrong value.
        }
        throw new DataException(Code.INVALID_REQUEST);
    }
}
