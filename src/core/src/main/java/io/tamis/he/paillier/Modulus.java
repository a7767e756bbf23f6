package io.tamis.he.paillier;

import io.tamis.he.HeException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * A modulus n of 3,072 bits as far as one can judge it from outside: odd, composite, without a prime factor below 2^20. The
 * rest is for {@link ModulusProof}.
 *
 * @param n the modulus
 * @param squared n^2
 */
record Modulus(BigInteger n, BigInteger squared) {
    /** Bits of n: 128 bits of security (NIST SP 800-57 part 1, table 2). 2,048 has 112 and is refused. */
    static final int BITS = 3072;

    /** No prime factor is below this. */
    static final int FACTOR_MIN = 1 << 20;

    /** Whether n is composite: a prime passes every round, a composite number fails one of so many but for 2^-100. */
    private static final int CERTAINTY = 100;

    private static final BigInteger SMALL_PRIMES = product();

    /** A modulus; anything else is refused. */
    static Modulus of(BigInteger n) {
        HeException.accept(n.signum() > 0 && n.bitLength() == BITS && n.testBit(0));
        HeException.accept(n.gcd(SMALL_PRIMES).equals(BigInteger.ONE));
        HeException.accept(!n.isProbablePrime(CERTAINTY));
        return new Modulus(n, n.multiply(n));
    }

    /** True for what has an inverse modulo n^2. */
    boolean isUnit(BigInteger value) {
        return value.signum() > 0
                && value.compareTo(squared) < 0
                && value.gcd(n).equals(BigInteger.ONE);
    }

    /** (1 + n)^plain modulo n^2, which is 1 + plain*n. */
    BigInteger lift(BigInteger plain) {
        return plain.multiply(n).add(BigInteger.ONE).mod(squared);
    }

    /** The product of all primes below 2^20, some 1.5 million bits: one gcd instead of 82,025 divisions. */
    private static BigInteger product() {
        var composite = new boolean[FACTOR_MIN];
        var primes = new BigInteger[FACTOR_MIN / 8];
        int count = 0;
        for (int i = 2; i < FACTOR_MIN; i++) {
            if (!composite[i]) {
                primes[count++] = BigInteger.valueOf(i);
                for (long j = (long) i * i; j < FACTOR_MIN; j += i) {
                    composite[(int) j] = true;
                }
            }
        }
        return product(Arrays.copyOf(primes, count), 0, count);
    }

    private static BigInteger product(BigInteger[] factors, int from, int to) {
        if (to - from == 1) {
            return factors[from];
        }
        int middle = (from + to) >>> 1;
        return product(factors, from, middle).multiply(product(factors, middle, to));
    }
}
