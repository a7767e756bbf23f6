package io.tamis.he.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.he.HeException;
import io.tamis.he.HeParams;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActiveSetTest {
    @Test
    void bits_ofEverySet_comeBack() {
        for (int bits = 1; bits < 256; bits++) {
            assertEquals(bits, ActiveSet.ofBits(bits).bits());
            assertEquals(Integer.bitCount(bits), ActiveSet.ofBits(bits).size());
        }
        assertThrows(HeException.class, () -> ActiveSet.ofBits(0));
        assertThrows(HeException.class, () -> ActiveSet.ofBits(256));
    }

    @Test
    void of_anyOrder_isAscending() {
        assertEquals(ActiveSet.of(1, 2, 7), ActiveSet.of(7, 1, 2));
        assertTrue(ActiveSet.of(7, 1).contains(new HolderIndex(7)));
        assertFalse(ActiveSet.of(7, 1).contains(new HolderIndex(2)));
    }

    @Test
    void of_nobodyOrTheSameTwice_isRefused() {
        assertThrows(HeException.class, () -> ActiveSet.of());
        assertThrows(HeException.class, () -> ActiveSet.of(2, 2));
        assertThrows(HeException.class, () -> ActiveSet.of(0));
        assertThrows(HeException.class, () -> ActiveSet.of(9));
        var descending = List.of(new HolderIndex(2), new HolderIndex(1));
        assertThrows(HeException.class, () -> new ActiveSet(descending));
    }

    /** The coefficients of every set, times the values of a polynomial of lower degree, give its value at 0. */
    @Test
    void lagrange_ofEverySet_interpolatesAtZero() {
        for (var prime : HeParams.AGG_8192.primes()) {
            var q = BigInteger.valueOf(prime.q());
            for (int bits = 1; bits < 256; bits++) {
                var set = ActiveSet.ofBits(bits);
                var sum = BigInteger.ZERO;
                for (var j : set.members()) {
                    var value = polynomial(j.number(), set.size() - 1);
                    sum = sum.add(value.multiply(BigInteger.valueOf(set.lagrange(j, prime.q()))));
                }
                assertEquals(BigInteger.valueOf(4711), sum.mod(q));
            }
        }
    }

    @Test
    void lagrange_ofOneAndTwo_isTwoAndMinusOne() {
        assertEquals(2, ActiveSet.of(1, 2).lagrange(new HolderIndex(1), 97));
        assertEquals(96, ActiveSet.of(1, 2).lagrange(new HolderIndex(2), 97));
        assertThrows(HeException.class, () -> ActiveSet.of(1, 2).lagrange(new HolderIndex(3), 97));
    }

    private static BigInteger polynomial(int at, int degree) {
        var value = BigInteger.ZERO;
        for (int k = degree; k >= 1; k--) {
            value = value.add(BigInteger.valueOf(100L + k)).multiply(BigInteger.valueOf(at));
        }
        return value.add(BigInteger.valueOf(4711));
    }

    @Test
    void outputs_areAscending() {
        assertEquals(new Outputs(0, 5), new Outputs(0, 5));
        assertEquals(Outputs.FIRST, Outputs.first(1));
        assertThrows(HeException.class, () -> new Outputs());
        assertThrows(HeException.class, () -> new Outputs(-1));
        assertThrows(HeException.class, () -> new Outputs(3, 3));
        assertThrows(HeException.class, () -> Outputs.first(0));
        assertTrue(new Outputs(0, 63).within(64));
        assertFalse(new Outputs(0, 64).within(64));
        assertEquals("Outputs[0, 5]", new Outputs(0, 5).toString());
    }

    @Test
    void sharing_hasAThresholdOfTwoOrMore() {
        assertThrows(HeException.class, () -> Sharing.shamir(1, 2));
        assertThrows(HeException.class, () -> Sharing.shamir(3, 2));
        assertThrows(HeException.class, () -> Sharing.shamir(2, 9));
        assertThrows(HeException.class, () -> new Sharing(Sharing.Form.ADDITIVE, 2, 3));
        assertTrue(Sharing.additive(1).opensWith(ActiveSet.of(1)));
        assertFalse(Sharing.shamir(2, 3).opensWith(ActiveSet.of(2)));
        assertFalse(Sharing.shamir(2, 3).opensWith(ActiveSet.of(2, 4)));
        assertTrue(Sharing.shamir(2, 3).opensWith(ActiveSet.of(2, 3)));
    }
}
