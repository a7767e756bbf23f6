package io.tamis.he.paillier;

import io.tamis.data.Hash;
import io.tamis.data.RandomSource;
import io.tamis.he.HeException;
import io.tamis.he.Tuple;
import io.tamis.he.ring.Seed;
import java.math.BigInteger;

/**
 * Encrypts and adds: {@code c = (1 + m*n) * r modulo n^2}, r an n-th residue (Paillier, Eurocrypt 1999, scheme 1). For speed
 * the residue is a power of a fixed one with an exponent of half the modulus's bits (Damgard, Jurik, Nielsen, Int. J. Inf.
 * Secur. 9, 2010, section 4.2); with 320 bits it would be faster and is not what they prove.
 *
 * <p>Assumes the decisional composite residuosity of n, and for the fixed base that its powers by short exponents look like
 * all. NOT promised: constant time (BigInteger's exponentiation is not), nor anything against the key's owner, who reads
 * every ciphertext.
 */
public final class PaillierPublicKey {
    /** Bytes of n. */
    public static final int MODULUS_BYTES = Modulus.BITS / Byte.SIZE;

    /** Bits of the exponent. */
    private static final int EXPONENT_BITS = Modulus.BITS / 2;

    private static final int SURPLUS_BITS = 128;

    private final Modulus modulus;
    private final BigInteger x;
    private final BigInteger residue;
    private final Hash id;

    private PaillierPublicKey(Modulus modulus, BigInteger x) {
        this.modulus = modulus;
        this.x = x;
        BigInteger n = modulus.n();
        // Minus a square, raised here: whatever x is, this is an n-th residue.
        this.residue = n.subtract(x.multiply(x).mod(n)).modPow(n, modulus.squared());
        this.id = Tuple.of("tamis-paillier-key-v1")
                .bytes(fixed(n, MODULUS_BYTES))
                .bytes(fixed(x, MODULUS_BYTES))
                .sha256();
    }

    /**
     * A key from outside: refused unless n is of 3,072 bits, odd, composite, without a factor below 2^20 and proven.
     *
     * @param n the modulus
     * @param x the number whose negative square is the base, 1 &lt; x &lt; n
     */
    public static PaillierPublicKey of(BigInteger n, BigInteger x, ModulusProof proof) {
        var modulus = Modulus.of(n);
        HeException.accept(proof.proves(modulus));
        return known(modulus, x);
    }

    /** The owner's own. */
    static PaillierPublicKey known(Modulus modulus, BigInteger x) {
        BigInteger n = modulus.n();
        HeException.accept(x.compareTo(BigInteger.ONE) > 0
                && x.compareTo(n) < 0
                && x.gcd(n).equals(BigInteger.ONE));
        return new PaillierPublicKey(modulus, x);
    }

    /** SHA-256 of the tuple (tamis-paillier-key-v1, n, x), both of 384 bytes. Every ciphertext carries it. */
    public Hash id() {
        return id;
    }

    /** n. */
    public BigInteger n() {
        return modulus.n();
    }

    /** The number whose negative square is the base. */
    public BigInteger x() {
        return x;
    }

    /** Encrypts 0 &lt;= plain &lt; n. */
    PaillierCiphertext encrypt(BigInteger plain, RandomSource random) {
        return new PaillierCiphertext(this, lift(plain).multiply(fresh(random)).mod(modulus.squared()));
    }

    /**
     * Encrypts with the residue of a seed that a cut and choose has passed; twice as slow. A seed serves one ciphertext: two
     * of one seed give the difference of their plaintexts to everybody.
     */
    PaillierCiphertext encrypt(BigInteger plain, Seed slot) {
        BigInteger residueOfSeed = root(slot).modPow(modulus.n(), modulus.squared());
        return new PaillierCiphertext(this, lift(plain).multiply(residueOfSeed).mod(modulus.squared()));
    }

    /**
     * What a slot's candidate is committed by: the hash of r^n modulo n. A ciphertext fits it when its {@link
     * PaillierCiphertext#slotPart()} is equal, as 1 + m*n is 1 modulo n: no sender can then raise somebody else's ciphertext
     * to a power W and pass it as an own one, which would multiply what one person adds by W.
     */
    public Hash slotPart(Seed slot) {
        return slotPart(root(slot).modPow(modulus.n(), modulus.n()));
    }

    Hash slotPart(BigInteger residueModN) {
        return Tuple.of("tamis-paillier-slot-v1")
                .hash(id)
                .bytes(fixed(residueModN, MODULUS_BYTES))
                .sha256();
    }

    /** The sum: the product of the two. */
    PaillierCiphertext add(PaillierCiphertext left, PaillierCiphertext right) {
        HeException.accept(left.key().id().equals(id) && right.key().id().equals(id));
        return new PaillierCiphertext(this, left.value().multiply(right.value()).mod(modulus.squared()));
    }

    /** The sum with a plaintext, re-randomised: nobody who knows the ciphertexts that were added recognises it. */
    PaillierCiphertext addFresh(PaillierCiphertext sum, BigInteger plain, RandomSource random) {
        return add(sum, encrypt(plain, random));
    }

    /** A ciphertext from outside; refused unless it is a unit modulo n^2. */
    PaillierCiphertext ciphertext(BigInteger value) {
        HeException.accept(modulus.isUnit(value));
        return new PaillierCiphertext(this, value);
    }

    Modulus modulus() {
        return modulus;
    }

    private BigInteger lift(BigInteger plain) {
        HeException.require(plain.signum() >= 0 && plain.compareTo(modulus.n()) < 0);
        return modulus.lift(plain);
    }

    private BigInteger fresh(RandomSource random) {
        var exponent = new BigInteger(1, random.bytes(EXPONENT_BITS / Byte.SIZE));
        return residue.modPow(exponent, modulus.squared());
    }

    private BigInteger root(Seed slot) {
        byte[] seed = slot.reveal();
        // Zero, or a factor of n, comes out with probability 2^-1500.
        return ModulusProof.Expansion.below(seed, modulus.n(), SURPLUS_BITS);
    }

    /** Big-endian in exactly so many bytes. */
    static byte[] fixed(BigInteger value, int length) {
        byte[] bytes = value.toByteArray();
        var out = new byte[length];
        int skip = bytes.length > length ? 1 : 0;
        System.arraycopy(bytes, skip, out, length - (bytes.length - skip), bytes.length - skip);
        return out;
    }
}
