package io.tamis.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Budgets add exactly or not at all: no amount wraps around, none is negative. */
class AmountsTest {
    @Test
    void amounts_outOfRange_areRefused() {
        for (long bad : new long[] {-1, Long.MIN_VALUE, 1L << 53, Long.MAX_VALUE}) {
            assertThrows(DataException.class, () -> new MicroRho(bad));
            assertThrows(DataException.class, () -> new MicroEpsilon(bad));
            assertThrows(DataException.class, () -> new DeltaE18(bad));
        }
        assertEquals((1L << 53) - 1, new MicroRho(MicroRho.VALUE_MAX).value());
        assertEquals((1L << 53) - 1, new MicroEpsilon(MicroEpsilon.VALUE_MAX).value());
        assertEquals((1L << 53) - 1, new DeltaE18(DeltaE18.VALUE_MAX).value());
    }

    @Test
    void plus_beyondTheGreatest_isRefused() {
        var one = new MicroRho(1);
        assertThrows(DataException.class, () -> new MicroRho(MicroRho.VALUE_MAX).plus(one));
        assertThrows(DataException.class, () -> new MicroEpsilon(MicroEpsilon.VALUE_MAX).plus(new MicroEpsilon(1)));
        assertThrows(DataException.class, () -> new DeltaE18(DeltaE18.VALUE_MAX).plus(new DeltaE18(1)));
        assertEquals(new MicroRho(MicroRho.VALUE_MAX), new MicroRho(MicroRho.VALUE_MAX - 1).plus(one));
    }

    @Test
    void compareTo_isByAmount() {
        assertTrue(MicroRho.ZERO.compareTo(new MicroRho(1)) < 0);
        assertTrue(MicroEpsilon.ZERO.compareTo(new MicroEpsilon(1)) < 0);
        assertTrue(DeltaE18.ZERO.compareTo(new DeltaE18(1)) < 0);
    }

    @Test
    void charge_plus_addsEachAmountForItself() {
        assertEquals(charge(5, 7, 9), charge(1, 2, 3).plus(charge(4, 5, 6)));
        assertEquals(charge(1, 2, 3), charge(1, 2, 3).plus(Charge.ZERO));
        assertEquals(charge(4, 0, 0), Charge.ofRho(new MicroRho(4)));
    }

    /** One amount over its cap is enough: an amount left over in one does not pay for another. */
    @Test
    void charge_within_needsEveryAmount() {
        var cap = charge(10, 10, 10);
        assertTrue(cap.within(cap));
        assertTrue(Charge.ZERO.within(cap));
        for (var over : List.of(charge(11, 0, 0), charge(0, 11, 0), charge(0, 0, 11))) {
            assertFalse(over.within(cap));
        }
        assertFalse(charge(1, 0, 0).within(Charge.ZERO));
    }

    @Test
    void charge_plus_isCommutativeAndMonotone() {
        Samples.forAll(1, 500, AmountsTest::triple, charges -> {
            var sum = charges.get(0).plus(charges.get(1));
            assertEquals(sum, charges.get(1).plus(charges.get(0)));
            assertTrue(charges.get(0).within(sum));
            assertEquals(
                    sum.plus(charges.get(2)), charges.get(0).plus(charges.get(1).plus(charges.get(2))));
        });
    }

    private static List<Charge> triple(SplittableRandom seed) {
        return List.of(random(seed), random(seed), random(seed));
    }

    private static Charge random(SplittableRandom seed) {
        return charge(seed.nextLong(1L << 50), seed.nextLong(1L << 50), seed.nextLong(1L << 50));
    }

    private static Charge charge(long rhoMicro, long deltaE18, long epsilonMicro) {
        return new Charge(new MicroRho(rhoMicro), new DeltaE18(deltaE18), new MicroEpsilon(epsilonMicro));
    }
}
