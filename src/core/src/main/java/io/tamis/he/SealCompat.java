package io.tamis.he;

import io.tamis.he.ring.Prime;
import io.tamis.he.ring.Primes;
import java.math.BigInteger;
import java.util.List;

/**
 * Parameters of Microsoft SEAL, for its test vectors and for comparisons: {@code BFVDefault} without the key-switch prime,
 * which is never in a ciphertext, SEAL's roots (the smallest primitive ones) and a batching prime t. No key ceremony and no
 * header from outside can name them.
 */
public final class SealCompat {
    /** n = 4096, 72 bits. */
    public static final HeParams N4096 = new HeParams(
            "SEAL-COMPAT-4096", 4096, List.of(smallest(68719403009L, 4096), smallest(68719230977L, 4096)), 1032193L, 0);

    /** n = 8192, 174 bits. */
    public static final HeParams N8192 = new HeParams(
            "SEAL-COMPAT-8192",
            8192,
            List.of(
                    smallest(8796092858369L, 8192),
                    smallest(8796092792833L, 8192),
                    smallest(17592186028033L, 8192),
                    smallest(17592185438209L, 8192)),
            1032193L,
            0);

    private SealCompat() {}

    /** The prime with the smallest of its n primitive 2n-th roots of unity: all odd powers of one of them. */
    public static Prime smallest(long q, int n) {
        long root = Primes.firstRoot(q, n);
        var modulus = BigInteger.valueOf(q);
        var square = BigInteger.valueOf(root).modPow(BigInteger.TWO, modulus);
        var power = BigInteger.valueOf(root);
        var least = power;
        for (int i = 1; i < n; i++) {
            power = power.multiply(square).mod(modulus);
            least = least.min(power);
        }
        return new Prime(q, least.longValueExact());
    }
}
