package io.tamis.privacy;

import io.tamis.data.Hash;
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

        /** Of what cannot be negative, nothing below 0 is shown. */
        Shown forDisplay(boolean neverNegative) {
            if (!neverNegative) {
                return this;
            }
            var interval =
                    new Interval(ci95.low().max(BigDecimal.ZERO), ci95.high().max(BigDecimal.ZERO));
            return new Shown(value.max(BigDecimal.ZERO), stdDev, interval);
        }
    }

    /** Withheld: too few released users, or a mean whose released count is too near zero. It carries no number. */
    record Suppressed() implements Cell {}

    /**
     * A released number that only the merchant's own secret reads: the noise is inside, its value is not here.
     *
     * @param bytes SHA-256 of what the merchant opens
     * @param stdDev of the noise inside
     * @param halfWidth95 of the 95 % interval around what is opened
     * @param neverNegative whether a negative number is to be shown as 0
     */
    record Sealed(Hash bytes, BigDecimal stdDev, BigDecimal halfWidth95, boolean neverNegative) implements Cell {
        public Sealed {
            Objects.requireNonNull(bytes);
            PrivacyException.require(stdDev.signum() >= 0 && halfWidth95.signum() >= 0);
            stdDev = plain(stdDev);
            halfWidth95 = plain(halfWidth95);
        }

        /** The number as the merchant sees it once it has opened it: post-processing, as every display. */
        public Shown opened(long value) {
            BigDecimal noised = BigDecimal.valueOf(value);
            return new Shown(noised, stdDev, new Interval(noised.subtract(halfWidth95), noised.add(halfWidth95)))
                    .forDisplay(neverNegative);
        }
    }

    /** As shown: null when withheld, a reference when sealed. Whole numbers are JSON integers, others and very great ones decimal strings. */
    default Json toJson() {
        return switch (this) {
            case Suppressed _ -> new Json.Null();
            case Shown(BigDecimal value, BigDecimal stdDev, Interval(BigDecimal low, BigDecimal high)) ->
                Json.object()
                        .put("value", number(value))
                        .put("stdDev", number(stdDev))
                        .put("ci95", Json.array(List.of(number(low), number(high))))
                        .build();
            case Sealed(Hash bytes, BigDecimal stdDev, BigDecimal halfWidth95, boolean neverNegative) ->
                Json.object()
                        .put("sealed", bytes.hex())
                        .put("stdDev", number(stdDev))
                        .put("halfWidth95", number(halfWidth95))
                        .put("neverNegative", Json.of(neverNegative))
                        .build();
        };
    }

    /** Reads what {@link #toJson()} wrote. */
    static Cell fromJson(Json json) {
        if (json instanceof Json.Null) {
            return new Suppressed();
        }
        var fields = new JsonFields(json);
        if (json instanceof Json.Obj object && object.member("sealed").isPresent()) {
            return sealed(fields);
        }
        List<BigDecimal> ends = fields.list("ci95", 2, Cell::decimal);
        PrivacyException.require(ends.size() == 2);
        var cell = new Shown(
                decimal(fields.value("value")),
                decimal(fields.value("stdDev")),
                new Interval(ends.getFirst(), ends.getLast()));
        fields.end();
        return cell;
    }

    private static Sealed sealed(JsonFields fields) {
        var cell = new Sealed(
                Hash.parse(fields.string("sealed", 2 * Hash.LENGTH)),
                decimal(fields.value("stdDev")),
                decimal(fields.value("halfWidth95")),
                fields.flag("neverNegative"));
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
