package io.tamis.he;

import io.tamis.data.Hash;
import io.tamis.he.ring.Prime;
import io.tamis.he.ring.Primes;
import io.tamis.he.ring.Seed;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * Parameters of a BFV scheme over {@code R_Q = Z_Q[X]/(X^n+1)}, Q the product of the primes: ternary secrets, errors from the
 * centred binomial distribution of 21 pairs of bits (|e| at most 21, standard deviation 3.24).
 *
 * <p>The named profiles have at least 128 bits by the tables of docs/cryptography.md, assuming ring-LWE with ternary secrets
 * is as hard as the best known attacks on LWE. Other records of this type (tests use small n) promise nothing:
 * {@link #named} is the only door for names from outside.
 *
 * @param profile a name, part of the id
 * @param n degree, a power of two, 16 to 32,768
 * @param primes 1 to 8 different primes below 2^49, each 1 modulo 2n, with roots of order 2n, in this order on the wire
 * @param t plaintext modulus, 2 to 2^48
 * @param lambda statistical parameter of flooding, in bits: one opening's shares are 2^-(lambda+2) from simulated ones
 */
public record HeParams(String profile, int n, List<Prime> primes, long t, int lambda) {
    /** Bits of a residue on the wire. */
    public static final int RESIDUE_BITS = 49;

    /** Greatest magnitude of an error coefficient: CBD(21). */
    public static final int ERROR_MAX = 21;

    private static final int DEGREE_MIN = 16;
    private static final int DEGREE_MAX = 1 << 15;
    private static final int PRIMES_MAX = 8;
    private static final long PLAIN_MAX = 1L << 48;
    private static final int LAMBDA_MAX = 128;

    /** Counts of one holder, who reads every value: no threshold, the console says so. 98 bits. */
    public static final HeParams AGG_4096 = new HeParams("AGG-4096", 4096, Primes.AGG_4096, 1L << 26, 18);

    /** The default: threshold keys of 2 to 8 holders, sums in cents. 147 bits. */
    public static final HeParams AGG_8192 = new HeParams("AGG-8192", 8192, Primes.AGG_8192, 1L << 40, 40);

    /** As the default with more flooding, for up to 2^16 openings of a key. 196 bits. */
    public static final HeParams AGG_8192_HI = new HeParams("AGG-8192-HI", 8192, Primes.AGG_8192_HI, 1L << 40, 80);

    private static final List<HeParams> PROFILES = List.of(AGG_4096, AGG_8192, AGG_8192_HI);

    /** Checked parameters. */
    public HeParams {
        primes = List.copyOf(primes);
        HeException.require(!profile.isEmpty() && Integer.bitCount(n) == 1 && n >= DEGREE_MIN && n <= DEGREE_MAX);
        HeException.require(!primes.isEmpty()
                && primes.size() <= PRIMES_MAX
                && primes.stream().mapToLong(Prime::q).distinct().count() == primes.size());
        for (var prime : primes) {
            HeException.require(prime.q() < 1L << RESIDUE_BITS && prime.q() % (2L * n) == 1 && prime.fits(n));
        }
        HeException.require(t >= 2 && t <= PLAIN_MAX && lambda >= 0 && lambda <= LAMBDA_MAX);
    }

    /** The profile of this name; empty for any other. */
    public static Optional<HeParams> named(String profile) {
        return PROFILES.stream().filter(p -> p.profile.equals(profile)).findFirst();
    }

    /** The named profile with this id; empty for any other. */
    public static Optional<HeParams> ofId(Hash paramsId) {
        return PROFILES.stream().filter(p -> p.paramsId().equals(paramsId)).findFirst();
    }

    /** SHA-256 over everything above and what the code fixes: readers of a ciphertext compare it first. */
    public Hash paramsId() {
        var tuple = Tuple.of("tamis-he-params-v1").text(profile).number(n).number(primes.size());
        for (var prime : primes) {
            tuple.number(prime.q()).number(prime.psi());
        }
        return tuple.number(t)
                .number(lambda)
                .text("ternary")
                .text("cbd")
                .number(ERROR_MAX)
                .number(RESIDUE_BITS)
                .sha256();
    }

    /** Q. */
    public BigInteger modulus() {
        return primes.stream().map(p -> BigInteger.valueOf(p.q())).reduce(BigInteger.ONE, BigInteger::multiply);
    }

    /** D = floor(Q/t), by which plaintexts are lifted. */
    public BigInteger delta() {
        return modulus().divide(BigInteger.valueOf(t));
    }

    /** D modulo the prime at this index. */
    public long delta(int prime) {
        return delta().mod(BigInteger.valueOf(primes.get(prime).q())).longValueExact();
    }

    /** Bytes of one packed polynomial: n residues of 49 bits for each prime. */
    public int polynomialBytes() {
        return primes.size() * (n / Byte.SIZE * RESIDUE_BITS);
    }

    /** Bytes of the body of a ciphertext of this kind. */
    public int bodyBytes(CipherKind kind) {
        return switch (kind) {
            case PUBLIC_KEY -> 2 * polynomialBytes();
            case SEEDED -> Seed.LENGTH + polynomialBytes();
        };
    }
}
