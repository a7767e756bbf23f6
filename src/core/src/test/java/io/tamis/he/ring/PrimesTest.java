package io.tamis.he.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrimesTest {
    @Test
    void tables_areWhatTheRuleFinds() {
        // AGG-4096 took the first two of its own rule; the primes of 8192 are 1 modulo 16,384.
        assertEquals(Primes.AGG_4096, Primes.largest(4096, 2));
        assertEquals(Primes.AGG_8192_HI, Primes.largest(8192, 4));
        assertEquals(Primes.AGG_8192, Primes.largest(8192, 3));
    }

    @Test
    void products_haveTheBitsOfTheProfiles() {
        assertEquals(98, product(Primes.AGG_4096).bitLength());
        assertEquals(147, product(Primes.AGG_8192).bitLength());
        assertEquals(196, product(Primes.AGG_8192_HI).bitLength());
    }

    @Test
    void roots_arePrimitive() {
        Primes.AGG_4096.forEach(prime -> assertTrue(prime.fits(4096)));
        Primes.AGG_8192_HI.forEach(prime -> assertTrue(prime.fits(8192)));
        // A root of half the order is not primitive.
        Prime prime = Primes.AGG_8192.get(0);
        assertEquals(false, new Prime(prime.q(), prime.times(prime.psi(), prime.psi())).fits(8192));
        assertEquals(false, new Prime(prime.q(), 1).fits(8192));
    }

    @Test
    void prime_thatIsNone_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Prime(562949953216515L, 3));
        assertThrows(IllegalArgumentException.class, () -> new Prime(2, 1));
        assertThrows(IllegalArgumentException.class, () -> new Prime(17, 0));
        assertThrows(IllegalArgumentException.class, () -> new Prime(17, 17));
        // The first prime above 2^50.
        assertThrows(IllegalArgumentException.class, () -> new Prime(1125899906842679L, 3));
    }

    @Test
    void ring_ofWrongParts_isRefused() {
        List<Prime> primes = Primes.AGG_4096;
        assertThrows(IllegalArgumentException.class, () -> Ring.of(4096, List.of()));
        assertThrows(IllegalArgumentException.class, () -> Ring.of(4096, List.of(primes.get(0), primes.get(0))));
        assertThrows(IllegalArgumentException.class, () -> Ring.of(2048, primes), "a root of another ring");
        assertThrows(IllegalArgumentException.class, () -> Ring.of(4095, primes));
        assertThrows(IllegalArgumentException.class, () -> Ring.of(8, primes));
        assertThrows(IllegalArgumentException.class, () -> Ring.of(1 << 16, primes));
        assertThrows(IllegalArgumentException.class, () -> Primes.firstRoot(19, 16));
    }

    private static BigInteger product(List<Prime> primes) {
        return primes.stream().map(prime -> BigInteger.valueOf(prime.q())).reduce(BigInteger.ONE, BigInteger::multiply);
    }
}
