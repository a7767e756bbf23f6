package io.tamis.jobs.selection;

import io.tamis.catalog.scan.StoredForm;
import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.privacy.DpPlan;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Turns a condition into a canonical filter: EQ is IN with one value; LT and GT are LE and GE of the neighbouring whole
 * number. Values are those of the column's type, else the request is malformed: amounts are integers of minor units,
 * dates {@code 1997-01-31}, timestamps RFC 3339, both of the years 1 to 9999, booleans true and false or their names.
 */
public final class FilterReading {
    private static final int MOMENT_LENGTH_MAX = 40;
    private static final int YEAR_MAX = 9_999;
    private static final long MICROS = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private FilterReading() {}

    /** The canonical filter of a condition on this column. */
    public static DpPlan.Filter read(Condition condition, Column column) {
        List<DpPlan.Literal> literals =
                condition.values().stream().map(value -> literal(value, column)).toList();
        return switch (condition.operator()) {
            case EQ, IN -> filter(condition, DpPlan.Op.IN, literals);
            case NE -> filter(condition, DpPlan.Op.NE, literals);
            case LE -> filter(condition, DpPlan.Op.LE, literals);
            case GE -> filter(condition, DpPlan.Op.GE, literals);
            case LT -> filter(condition, DpPlan.Op.LE, moved(literals, -1));
            case GT -> filter(condition, DpPlan.Op.GE, moved(literals, 1));
            case IS_NULL -> filter(condition, DpPlan.Op.IS_NULL, literals);
            case NOT_NULL -> filter(condition, DpPlan.Op.NOT_NULL, literals);
        };
    }

    private static DpPlan.Filter filter(Condition condition, DpPlan.Op op, List<DpPlan.Literal> literals) {
        return new DpPlan.Filter(condition.column(), op, literals);
    }

    private static List<DpPlan.Literal> moved(List<DpPlan.Literal> literals, long step) {
        return literals.stream()
                .<DpPlan.Literal>map(literal -> switch (literal) {
                    case DpPlan.Literal.Whole(long value) -> new DpPlan.Literal.Whole(neighbour(value, step));
                    case DpPlan.Literal.Text _ -> throw malformed();
                })
                .toList();
    }

    private static long neighbour(long value, long step) {
        try {
            return Math.addExact(value, step);
        } catch (ArithmeticException noSuchNumber) {
            throw malformed();
        }
    }

    private static DpPlan.Literal literal(Json json, Column column) {
        return switch (StoredForm.of(column)) {
            case DOMAIN_CODE -> new DpPlan.Literal.Whole(code(json, column));
            case PRIVATE_CODE -> new DpPlan.Literal.Text(JsonFields.text(json, DpPlan.Literal.Text.LENGTH_MAX));
            case AMOUNT -> new DpPlan.Literal.Whole(amount(json));
            case DAY -> new DpPlan.Literal.Whole(day(json));
            case MICROS -> new DpPlan.Literal.Whole(micros(json));
        };
    }

    /** The domain is public, so a value outside it is a mistake worth telling. */
    private static long code(Json json, Column column) {
        String text = json instanceof Json.Bool(boolean value)
                ? Boolean.toString(value)
                : JsonFields.text(json, DpPlan.Literal.Text.LENGTH_MAX);
        int position = StoredForm.domain(column).indexOf(text);
        if (position < 0) {
            throw malformed();
        }
        return position + 1L;
    }

    private static long amount(Json json) {
        if (!(json instanceof Json.Int(long value))) {
            throw malformed();
        }
        return value;
    }

    private static long day(Json json) {
        String text = JsonFields.text(json, MOMENT_LENGTH_MAX);
        try {
            return inCalendar(LocalDate.parse(text)).toEpochDay();
        } catch (DateTimeException notADate) {
            throw malformed();
        }
    }

    private static long micros(Json json) {
        String text = JsonFields.text(json, MOMENT_LENGTH_MAX);
        try {
            Instant moment = Instant.parse(text);
            inCalendar(LocalDate.ofInstant(moment, ZoneOffset.UTC));
            if (moment.getNano() % NANOS_PER_MICRO != 0) {
                throw malformed();
            }
            return Math.addExact(
                    Math.multiplyExact(moment.getEpochSecond(), MICROS), moment.getNano() / NANOS_PER_MICRO);
        } catch (DateTimeException | ArithmeticException notAMoment) {
            throw malformed();
        }
    }

    /** Years that everything behind this can print, count and move by a day. */
    private static LocalDate inCalendar(LocalDate day) {
        if (day.getYear() < 1 || day.getYear() > YEAR_MAX) {
            throw malformed();
        }
        return day;
    }

    private static DataException malformed() {
        return new DataException(Code.INVALID_REQUEST);
    }
}
