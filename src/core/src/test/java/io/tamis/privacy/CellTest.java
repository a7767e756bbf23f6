package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The records of a release cannot be wrong, and one number has one form. */
class CellTest {
    @Test
    void shown_ofOneNumberWrittenDifferently_isEqual() {
        assertEquals(shown("10", "2.50"), shown("10.00", "2.5"));
        assertEquals(shown("1000", "1"), shown("1E+3", "1.0"));
        assertNotEquals(shown("10", "2.5"), shown("10.1", "2.5"));
    }

    @Test
    void shown_ofZero_isOneZero() {
        assertEquals(shown("0", "1"), shown("0.000", "1"));
        assertEquals(
                "0",
                ((Json.Obj) shown("0E+9", "1").toJson())
                        .member("value")
                        .orElseThrow()
                        .canonical());
    }

    @Test
    void shown_withANegativeDeviation_isRefused() {
        assertThrows(PrivacyException.class, () -> shown("1", "-0.1"));
    }

    @Test
    void interval_turnedRound_isRefused() {
        assertThrows(PrivacyException.class, () -> new Interval(new BigDecimal("2"), new BigDecimal("1.99")));
        assertEquals(
                new Interval(BigDecimal.ONE, BigDecimal.ONE),
                new Interval(new BigDecimal("1.0"), new BigDecimal("1.00")));
    }

    @Test
    void suppressed_carriesNothing() {
        assertEquals(new Cell.Suppressed(), new Cell.Suppressed());
        assertEquals("null", new Cell.Suppressed().toJson().canonical());
        assertEquals(0, Cell.Suppressed.class.getRecordComponents().length);
    }

    /** The value is nowhere in it: hash, deviation and width are known without it. */
    @Test
    void sealed_carriesNoValue_andGoesThroughJson() {
        var sealed = sealed(true);
        assertEquals(
                "{\"halfWidth95\":1240,\"neverNegative\":true,\"sealed\":\""
                        + Hash.sha256(new byte[0]).hex() + "\",\"stdDev\":\"632.46\"}",
                sealed.toJson().canonical());
        for (boolean neverNegative : new boolean[] {false, true}) {
            Cell cell = sealed(neverNegative);
            assertEquals(cell, Cell.fromJson(Json.parse(cell.toJson().canonical())));
        }
    }

    @Test
    void sealed_opened_isShownAsIfItHadNeverBeenSealed() {
        assertEquals("5000", sealed(true).opened(5_000).value().toPlainString());
        assertEquals(
                new Interval(new BigDecimal("3760"), new BigDecimal("6240")),
                sealed(true).opened(5_000).ci95());
        assertEquals(new BigDecimal("632.46"), sealed(true).opened(5_000).stdDev());
        assertEquals(BigDecimal.ZERO, sealed(true).opened(-7).value());
        assertEquals(
                new Interval(BigDecimal.ZERO, new BigDecimal("1233")),
                sealed(true).opened(-7).ci95());
        assertEquals(new BigDecimal("-7"), sealed(false).opened(-7).value());
        assertEquals(
                new Interval(new BigDecimal("-1247"), new BigDecimal("1233")),
                sealed(false).opened(-7).ci95());
    }

    @Test
    void sealed_ofAnotherForm_isRefused() {
        String hash = Hash.sha256(new byte[0]).hex();
        for (String json : List.of(
                "{\"sealed\":\"" + hash + "\"}",
                "{\"sealed\":\"00\",\"stdDev\":1,\"halfWidth95\":1,\"neverNegative\":true}",
                "{\"sealed\":\"" + hash + "\",\"stdDev\":-1,\"halfWidth95\":1,\"neverNegative\":true}",
                "{\"sealed\":\"" + hash + "\",\"stdDev\":1,\"halfWidth95\":-1,\"neverNegative\":true}",
                "{\"sealed\":\"" + hash + "\",\"stdDev\":1,\"halfWidth95\":1,\"neverNegative\":true,\"value\":3}")) {
            assertThrows(TamisException.class, () -> Cell.fromJson(Json.parse(json)), json);
        }
    }

    private static Cell.Sealed sealed(boolean neverNegative) {
        return new Cell.Sealed(
                Hash.sha256(new byte[0]), new BigDecimal("632.46"), new BigDecimal("1240"), neverNegative);
    }

    @Test
    void cell_throughJson_keepsEveryDigit() {
        for (String number : List.of("9007199254740993", "-9007199254740993", "0.01", "4611686018427387904", "-3.75")) {
            Cell cell = shown(number, "123456789.12");
            assertEquals(cell, Cell.fromJson(Json.parse(cell.toJson().canonical())));
        }
    }

    @Test
    void release_withAGroupMissing_isRefused() {
        var row = new ReleaseRow(1, List.of(new Cell.Suppressed()));
        assertThrows(PrivacyException.class, () -> new Release(List.of(row)));
        assertThrows(PrivacyException.class, () -> new ReleaseRow(-1, List.of()));
    }

    @Test
    void groupKey_isBounded() {
        assertThrows(PrivacyException.class, () -> new GroupKey("", List.of("a")));
        assertThrows(PrivacyException.class, () -> new GroupKey("a", List.of()));
        List<String> labels = IntStream.rangeClosed(0, KernelSpec.GROUPS_MAX)
                .mapToObj(Integer::toString)
                .toList();
        assertThrows(PrivacyException.class, () -> new GroupKey("a", labels));
    }

    private static Cell.Shown shown(String value, String deviation) {
        var number = new BigDecimal(value);
        return new Cell.Shown(number, new BigDecimal(deviation), new Interval(number, number));
    }
}
