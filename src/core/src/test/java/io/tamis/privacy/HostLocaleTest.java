package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.DateRange;
import io.tamis.data.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A release says the same wherever its server stands. Some languages write other digits, Turkish has two letters i: the
 * labels of a group are keys that merchants join on, and a cached release must fit the next server's plan.
 */
class HostLocaleTest {
    private static final DateRange RANGE = new DateRange(LocalDate.of(1998, 12, 20), LocalDate.of(1999, 1, 20));
    private static final Locale HERE = Locale.getDefault();

    @AfterEach
    void comeBack() {
        Locale.setDefault(HERE);
    }

    private static List<String> whatIsShown() {
        var shown = new ArrayList<String>();
        for (var floor : DateFloor.values()) {
            shown.addAll(floor.labels(RANGE));
        }
        shown.add(new Suppression(Suppression.Bucket.MANY, Optional.of(Suppression.Hint.WIDEN_FILTER))
                .toJson()
                .canonical());
        var interval = new Interval(new BigDecimal("-1234567.25"), new BigDecimal("7654321.5"));
        shown.add(new Cell.Shown(new BigDecimal("1234.5"), new BigDecimal("0.25"), interval)
                .toJson()
                .canonical());
        var variance = new GaussianVariance(BigInteger.valueOf(12_345), BigInteger.TWO);
        shown.add(variance.sigma().toPlainString() + " " + variance.halfWidth95());
        shown.add(Json.of(-1_234_567).canonical());
        for (var code : Code.values()) {
            shown.add(code.documentation());
        }
        return shown;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ar-EG", "fa-IR", "hi-IN-u-nu-deva", "th-TH-u-ca-buddhist-nu-thai", "tr-TR", "de-DE", "zh-CN"})
    void whatIsShown_underAnyLocale_isTheSame(String tag) {
        Locale.setDefault(Locale.ROOT);
        List<String> expected = whatIsShown();
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertEquals(expected, whatIsShown());
    }

    @Test
    void labels_underALocaleWithOtherDigits_areAscii() {
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        for (var floor : DateFloor.values()) {
            for (String label : floor.labels(RANGE)) {
                assertTrue(label.matches("[0-9]{4}(-[QW]?[0-9]{1,2}(-[0-9]{2})?)?"), label);
            }
        }
        assertEquals("1998-W53", DateFloor.WEEK.label(LocalDate.of(1999, 1, 3)));
    }

    /** The periods of a range, counted, listed and found by asking every single day, are the same ones. */
    @Test
    void labels_ofRandomRanges_areThoseOfTheirDays() {
        io.tamis.data.Samples.forAll(
                700_000,
                400,
                seed -> {
                    var from = LocalDate.of(1999, 1, 1).plusDays(seed.nextInt(-900, 900));
                    return new DateRange(from, from.plusDays(seed.nextInt(0, 500)));
                },
                range -> {
                    for (var floor : DateFloor.values()) {
                        var labels = range.from()
                                .datesUntil(range.to().plusDays(1))
                                .map(floor::label)
                                .distinct()
                                .toList();
                        assertEquals(labels, floor.labels(range));
                        assertEquals(labels.size(), floor.count(range));
                    }
                });
    }
}
