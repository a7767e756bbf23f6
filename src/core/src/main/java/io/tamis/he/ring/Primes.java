package io.tamis.he.ring;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The primes of the profiles and the rule that finds them: the largest below 2^49 with {@code q = 1 mod 2n}; root
 * {@code psi} = the first {@code g^((q-1)/2n)}, g = 2, 3, .., with {@code psi^n = -1}.
 *
 * <p>They are written down so that a reader sees what is hashed into a parameter set; the test finds them again.
 */
public final class Primes {
    /** Primes of the profiles are below 2^49, so that a packed residue has 49 bits. */
    public static final int BITS = 49;

    /** n = 4096, log2 Q = 98. */
    public static final List<Prime> AGG_4096 =
            List.of(new Prime(562949953216513L, 169658170966992L), new Prime(562949952987137L, 407511796571312L));

    /** n = 8192, log2 Q = 147. */
    public static final List<Prime> AGG_8192 = List.of(
            new Prime(562949952847873L, 121321216482448L),
            new Prime(562949952798721L, 536184671432983L),
            new Prime(562949952700417L, 280586042730368L));

    /** n = 8192, log2 Q = 196. */
    public static final List<Prime> AGG_8192_HI =
            List.of(AGG_8192.get(0), AGG_8192.get(1), AGG_8192.get(2), new Prime(562949952274433L, 132640427209032L));

    private Primes() {}

    /** The first {@code count} primes of the rule for ring dimension n. */
    public static List<Prime> largest(int n, int count) {
        Shape.of(n);
        var found = new ArrayList<Prime>();
        long step = 2L * n;
        for (long q = (1L << BITS) - step + 1; found.size() < count; q -= step) {
            if (q < 3) {
                throw new IllegalArgumentException("there are not that many primes");
            }
            if (BigInteger.valueOf(q).isProbablePrime(100)) {
                found.add(new Prime(q, firstRoot(q, n)));
            }
        }
        return List.copyOf(found);
    }

    /** The root the rule gives for a prime with {@code q = 1 mod 2n}. */
    public static long firstRoot(long q, int n) {
        if ((q - 1) % (2L * n) != 0) {
            throw new IllegalArgumentException("q is not 1 modulo 2n");
        }
        var modulus = BigInteger.valueOf(q);
        var exponent = BigInteger.valueOf((q - 1) / (2L * n));
        // Half of all g give a root, so that a hundred tries fail with 2^-100.
        for (int g = 2; g < 102; g++) {
            long psi = BigInteger.valueOf(g).modPow(exponent, modulus).longValueExact();
            if (new Prime(q, psi).fits(n)) {
                return psi;
            }
        }
        throw new IllegalArgumentException("no root found: q is not a prime");
    }
}
