package io.tamis.privacy;

import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** One released number, or nothing at all. Exact decimals; never a binary fraction. */
public sealed interface Cell {
    /** Greatest length of a decimal string. */
    int DIGITS_MAX = 64;

    /** The form of a decimal string. */
    Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    /**
     * A released number.
     *
     * @param value with noise; negatives of what cannot be negative are shown as 0
     * @param stdDev of the noise
     * @param ci95 holds the bounded truth with probability 95 %, clipping bias excluded
     */
    record Shown(BigDecimal value, BigDecimal stdDev, Interval ci95) implements Cell {
        public Shown {
            Objects.requireNonNull(ci95);
            PrivacyException.require(stdDev.signum() >= 0);
            value = plain(value);
            stdDev = plain(stdDev);
        }
    }

    /** Withheld: too few released users, or a mean whose released count is too near zero. It carries no number. */
    record Suppressed() implements Cell {}

    /** As shown: null when withheld. Whole numbers are JSON integers, others and very great ones decimal strings. */
    default Json toJson() {
        return switch (this) {
            case Suppressed _ -> new Json.Null();
            case Shown(BigDecimal value, BigDecimal stdDev, Interval(BigDecimal low, BigDecimal high)) ->
                Json.object()
                        .put("value", number(value))
                        .put("stdDev", number(stdDev))
                        .put("ci95", Json.array(List.of(number(low), number(high))))
                        .build();
        };
    }

    /** Reads what {@link #toJson()} wrote. */
    static Cell fromJson(Json json) {
        if (json instanceof Json.Null) {
            return new Suppressed();
        }
        var fields = new JsonFields(json);
        List<BigDecimal> ends = fields.list("ci95", 2, Cell::decimal);
        PrivacyException.require(ends.size() == 2);
        var cell = new Shown(
                decimal(fields.value("value")),
                decimal(fields.value("stdDev")),
                new Interval(ends.getFirst(), ends.getLast()));
        fields.end();
        return cell;
    }

    private static Json number(BigDecimal value) {
        boolean small = value.scale() == 0 && value.abs().compareTo(BigDecimal.valueOf(Json.Int.MAGNITUDE_MAX)) <= 0;
        return small ? Json.of(value.longValueExact()) : Json.of(value.toPlainString());
    }

    private static BigDecimal decimal(Json json) {
        return switch (json) {
            case Json.Int(long value) -> BigDecimal.valueOf(value);
            case Json.Str(String text)
            when text.length() <= DIGITS_MAX && DECIMAL.matcher(text).matches() -> new BigDecimal(text);
            case Json.Obj _, Json.Arr _, Json.Str _, Json.Bool _, Json.Null _ ->
                throw new PrivacyException(PrivacyException.Fault.OUT_OF_LIMITS);
        };
    }

    /** One representation per number, so that records compare. */
    static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
