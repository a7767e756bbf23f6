package io.tamis.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Budget amounts are exact integers that JSON holds; a sum that is none does not exist. */
class AmountsTest {
    private static final long MAX = (1L << 53) - 1;

    private static Charge charge(long rho, long delta, long epsilon) {
        return new Charge(new MicroRho(rho), new DeltaE18(delta), new MicroEpsilon(epsilon));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, 1L << 53, Long.MAX_VALUE})
    void amount_belowZeroOrBeyondJson_isRefused(long value) {
        assertThrows(DataException.class, () -> new MicroRho(value));
        assertThrows(DataException.class, () -> new MicroEpsilon(value));
        assertThrows(DataException.class, () -> new DeltaE18(value));
    }

    @Test
    void amount_atItsBorders_isKept() {
        assertEquals(MAX, new MicroRho(MAX).value());
        assertEquals(MAX, new MicroEpsilon(MAX).value());
        assertEquals(MAX, new DeltaE18(MAX).value());
        assertEquals(0, MicroRho.ZERO.value());
    }

    @Test
    void sum_isExact() {
        assertEquals(new MicroRho(24_355), new MicroRho(24_000).plus(new MicroRho(355)));
        assertEquals(new MicroEpsilon(3), new MicroEpsilon(1).plus(new MicroEpsilon(2)));
        assertEquals(new DeltaE18(3), new DeltaE18(1).plus(new DeltaE18(2)));
    }

    @Test
    void sum_beyondTheGreatest_isRefusedInsteadOfWrapping() {
        assertThrows(DataException.class, () -> new MicroRho(MAX).plus(new MicroRho(1)));
        assertThrows(DataException.class, () -> new MicroEpsilon(MAX).plus(new MicroEpsilon(MAX)));
        assertThrows(DataException.class, () -> new DeltaE18(MAX).plus(new DeltaE18(1)));
        assertThrows(DataException.class, () -> charge(MAX, 0, 0).plus(charge(1, 0, 0)));
    }

    @Test
    void amounts_areOrdered() {
        assertTrue(new MicroRho(1).compareTo(new MicroRho(2)) < 0);
        assertTrue(new MicroEpsilon(2).compareTo(new MicroEpsilon(1)) > 0);
        assertEquals(0, new DeltaE18(2).compareTo(new DeltaE18(2)));
    }

    @Test
    void charges_addAmountByAmount() {
        assertEquals(charge(11, 22, 33), charge(1, 2, 3).plus(charge(10, 20, 30)));
        assertEquals(charge(7, 0, 0), Charge.ofRho(new MicroRho(7)));
        assertEquals(charge(7, 0, 0), Charge.ZERO.plus(Charge.ofRho(new MicroRho(7))));
    }

    @ParameterizedTest
    @CsvSource({
        "10, 20, 30, true",
        "0, 0, 0, true",
        "11, 20, 30, false",
        "10, 21, 30, false",
        "10, 20, 31, false",
        "11, 0, 0, false",
    })
    void charge_withinACap_isWithinInEveryAmount(long rho, long delta, long epsilon, boolean within) {
        assertEquals(within, charge(rho, delta, epsilon).within(charge(10, 20, 30)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 5", "-1, -1, 0", "-3, -3, -2", "9, 4, 4", "4, 4, 4"})
    void clamp_movesValuesIntoItsBounds(long value, long expected, long max) {
        assertEquals(Math.min(expected, max), new Clamp(-3, max).apply(value));
    }

    @Test
    void clamp_magnitude_isTheSensitivityOfASum() {
        assertEquals(5, new Clamp(-5, 3).magnitude());
        assertEquals(5, new Clamp(3, 5).magnitude());
        assertEquals(0, new Clamp(0, 0).magnitude());
        assertEquals(MAX, new Clamp(-MAX, 0).magnitude());
    }

    @Test
    void clamp_upsideDownOrBeyondJson_isRefused() {
        assertThrows(DataException.class, () -> new Clamp(1, 0));
        assertThrows(DataException.class, () -> new Clamp(0, 1L << 53));
        assertThrows(DataException.class, () -> new Clamp(-(1L << 53), 0));
        assertThrows(DataException.class, () -> new Clamp(Long.MIN_VALUE, 0));
    }

    @Test
    void clamp_ofEqualBounds_makesEverythingEqual() {
        var clamp = new Clamp(4, 4);
        assertEquals(4, clamp.apply(Long.MIN_VALUE));
        assertEquals(4, clamp.apply(Long.MAX_VALUE));
        assertFalse(clamp.apply(0) == 0);
    }
}
