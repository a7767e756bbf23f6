package io.tamis.data;

import java.time.LocalDate;

/** Declared first and last day of a date column, both included. */
public record DateRange(LocalDate from, LocalDate to) {
    public DateRange {
        if (to.isBefore(from)) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** True when the day lies in the range. */
    public boolean contains(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }
}
