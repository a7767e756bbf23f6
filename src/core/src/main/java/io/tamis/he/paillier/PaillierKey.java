package io.tamis.he.paillier;

import io.tamis.data.RandomSource;
import io.tamis.he.HeException;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * The owner's key: the factors of n, by which it opens with the Chinese remainder theorem (Paillier 1999, section 7).
 *
 * <p>NOT promised: that the factors can be wiped from memory, as BigInteger's digits cannot; nor constant time. Open on a
 * machine of your own, and only what has noise.
 */
public final class PaillierKey {
    private static final int CERTAINTY = 128;
    private static final int PRIME_BITS = Modulus.BITS / 2;
    private static final int PRIME_BYTES = PRIME_BITS / Byte.SIZE;

    /** Length of the sealed form. */
    public static final int LENGTH = 2 * PRIME_BYTES + PaillierPublicKey.MODULUS_BYTES;

    private final PaillierPublicKey publicKey;
    private final ModulusProof proof;
    private final Half p;
    private final Half q;
    private final BigInteger qInverse;

    private PaillierKey(BigInteger p, BigInteger q, BigInteger x) {
        var modulus = Modulus.of(p.multiply(q));
        BigInteger n = modulus.n();
        publicKey = PaillierPublicKey.known(modulus, x);
        proof = ModulusProof.of(n, p.subtract(BigInteger.ONE).multiply(q.subtract(BigInteger.ONE)));
        this.p = Half.of(p, n);
        this.q = Half.of(q, n);
        qInverse = q.modInverse(p);
    }

    /** A fresh key; takes some seconds. */
    public static PaillierKey generate(RandomSource random) {
        BigInteger p;
        BigInteger q;
        do {
            p = prime(random);
            q = prime(random);
        } while (!fit(p, q));
        BigInteger n = p.multiply(q);
        BigInteger x;
        do {
            x = new BigInteger(1, random.bytes(PaillierPublicKey.MODULUS_BYTES)).mod(n);
        } while (x.compareTo(BigInteger.ONE) <= 0 || !x.gcd(n).equals(BigInteger.ONE));
        return new PaillierKey(p, q, x);
    }

    /** The key that {@link #reveal} gave; anything else is refused. */
    public static PaillierKey read(byte[] bytes) {
        HeException.accept(bytes.length == LENGTH);
        var p = new BigInteger(1, bytes, 0, PRIME_BYTES);
        var q = new BigInteger(1, bytes, PRIME_BYTES, PRIME_BYTES);
        HeException.accept(p.bitLength() == PRIME_BITS && q.bitLength() == PRIME_BITS && fit(p, q));
        HeException.accept(p.isProbablePrime(CERTAINTY) && q.isProbablePrime(CERTAINTY));
        return new PaillierKey(p, q, new BigInteger(1, bytes, 2 * PRIME_BYTES, PaillierPublicKey.MODULUS_BYTES));
    }

    /** The factors and the public key's base, for the one place that seals them; the caller zeroes the array. */
    public byte[] reveal() {
        return ByteBuffer.allocate(LENGTH)
                .put(PaillierPublicKey.fixed(p.prime(), PRIME_BYTES))
                .put(PaillierPublicKey.fixed(q.prime(), PRIME_BYTES))
                .put(PaillierPublicKey.fixed(publicKey.x(), PaillierPublicKey.MODULUS_BYTES))
                .array();
    }

    /** What everybody may have. */
    public PaillierPublicKey publicKey() {
        return publicKey;
    }

    /** Shows that {@link #publicKey()} opens to one value only. */
    public ModulusProof proof() {
        return proof;
    }

    /** The plaintext, 0 &lt;= m &lt; n. */
    BigInteger open(PaillierCiphertext ciphertext) {
        HeException.accept(ciphertext.key().id().equals(publicKey.id()));
        BigInteger modP = p.open(ciphertext.value());
        BigInteger modQ = q.open(ciphertext.value());
        // Garner: the one number below p*q with these remainders.
        return modP.subtract(modQ)
                .multiply(qInverse)
                .mod(p.prime)
                .multiply(q.prime)
                .add(modQ);
    }

    /** Three modulo four, and without a common factor of p-1 and q-1 but two: then minus a square has full order. */
    private static boolean fit(BigInteger p, BigInteger q) {
        BigInteger two = BigInteger.TWO;
        return !p.equals(q)
                && p.testBit(1)
                && q.testBit(1)
                && p.multiply(q).bitLength() == Modulus.BITS
                && p.subtract(BigInteger.ONE).gcd(q.subtract(BigInteger.ONE)).equals(two);
    }

    private static BigInteger prime(RandomSource random) {
        while (true) {
            var candidate = new BigInteger(1, random.bytes(PRIME_BITS / Byte.SIZE))
                    .setBit(PRIME_BITS - 1)
                    .setBit(PRIME_BITS - 2)
                    .setBit(1)
                    .setBit(0);
            if (candidate.isProbablePrime(CERTAINTY)) {
                return candidate;
            }
        }
    }

    @Override
    public String toString() {
        return "PaillierKey";
    }

    /** Opening modulo one prime. */
    private record Half(BigInteger prime, BigInteger squared, BigInteger inverse) {
        static Half of(BigInteger prime, BigInteger n) {
            BigInteger squared = prime.multiply(prime);
            BigInteger generator = n.add(BigInteger.ONE).mod(squared);
            BigInteger power = generator.modPow(prime.subtract(BigInteger.ONE), squared);
            return new Half(prime, squared, quotient(power, prime).modInverse(prime));
        }

        BigInteger open(BigInteger value) {
            BigInteger power = value.mod(squared).modPow(prime.subtract(BigInteger.ONE), squared);
            return quotient(power, prime).multiply(inverse).mod(prime);
        }

        private static BigInteger quotient(BigInteger power, BigInteger prime) {
            return power.subtract(BigInteger.ONE).divide(prime);
        }
    }
}
