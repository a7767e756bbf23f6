package io.tamis.he.paillier;

import io.tamis.data.Hash;
import io.tamis.he.HeException;
import io.tamis.he.Tuple;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Proves that raising to the power n is a bijection modulo n, so that what is encrypted opens to one value only: n-th roots
 * of challenges nobody chose (Goldberg, Reyzin, Sagga, Baldimtsi, "Efficient Noninteractive Certification of RSA Moduli and
 * Beyond", eprint 2018/057, section 3.2). A modulus that shares a factor with phi(n), all its prime factors being at least
 * 2^20, has all {@value #ROOTS} roots with probability 2^-140 for each try of its maker's.
 *
 * <p>Assumes SHA-256 to be a random oracle. NOT promised: that n has two factors, or factors of equal size. Its maker knows
 * them anyway, and weakens only the own key.
 *
 * @param roots in the order of the challenges
 */
public record ModulusProof(List<BigInteger> roots) {
    /** 20 bits each. */
    public static final int ROOTS = 7;

    /** Extra bits, so that the reduction modulo n is uniform but for 2^-128. */
    private static final int SURPLUS_BITS = 128;

    /** A proof of the right number of roots. */
    public ModulusProof {
        roots = List.copyOf(roots);
        HeException.accept(roots.size() == ROOTS);
    }

    /** True when the roots prove this modulus. */
    boolean proves(Modulus modulus) {
        BigInteger n = modulus.n();
        for (int i = 0; i < ROOTS; i++) {
            BigInteger root = roots.get(i);
            boolean inRange = root.signum() > 0 && root.compareTo(n) < 0;
            if (!inRange || !root.modPow(n, n).equals(challenge(n, i))) {
                return false;
            }
        }
        return true;
    }

    /** The proof by who knows phi(n), which has no factor in common with n. */
    static ModulusProof of(BigInteger n, BigInteger phi) {
        BigInteger exponent = n.modInverse(phi);
        var roots = new ArrayList<BigInteger>();
        for (int i = 0; i < ROOTS; i++) {
            roots.add(challenge(n, i).modPow(exponent, n));
        }
        return new ModulusProof(roots);
    }

    private static BigInteger challenge(BigInteger n, int index) {
        return Expansion.below(
                Tuple.of("tamis-paillier-challenge-v1")
                        .bytes(n.toByteArray())
                        .number(index)
                        .sha256()
                        .bytes(),
                n,
                SURPLUS_BITS);
    }

    /** Bytes out of a seed by SHA-256 with a counter (NIST SP 800-108r1 in counter mode, the hash as PRF). */
    static final class Expansion {
        private Expansion() {}

        /** A number below the bound, uniform but for 2^-surplus. */
        static BigInteger below(byte[] seed, BigInteger bound, int surplus) {
            int bytes = (bound.bitLength() + surplus + Byte.SIZE - 1) / Byte.SIZE;
            var out = new byte[(bytes + Hash.LENGTH - 1) / Hash.LENGTH * Hash.LENGTH];
            for (int block = 0; block * Hash.LENGTH < bytes; block++) {
                byte[] hashed = Tuple.of("tamis-expansion-v1")
                        .bytes(seed)
                        .number(block)
                        .sha256()
                        .bytes();
                System.arraycopy(hashed, 0, out, block * Hash.LENGTH, Hash.LENGTH);
            }
            return new BigInteger(1, out, 0, bytes).mod(bound);
        }
    }
}
