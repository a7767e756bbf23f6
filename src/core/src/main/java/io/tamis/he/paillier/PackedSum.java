package io.tamis.he.paillier;

import io.tamis.data.RandomSource;
import io.tamis.he.HeException;
import io.tamis.he.ring.Seed;
import java.math.BigInteger;

/**
 * Up to {@value #SLOTS} sums in one ciphertext, 32 bits each, so that one exponentiation pays for all of them.
 *
 * <p>A carry would spoil the neighbour, so each sum's greatest possible value goes with it and never reaches 2^30. It is what
 * the senders declared and the service admitted, not what a ciphertext says of itself: nobody can see inside, and a sender
 * who lies spoils the slots of this sum, which is why a slot's place belongs to one sender's contract.
 *
 * @param ciphertext the slots, the first in the lowest bits
 * @param most greatest value of a slot without noise, 1 to 2^30 - 1
 * @param noised true when noise has been added, the only form that is opened
 */
public record PackedSum(PaillierCiphertext ciphertext, int most, boolean noised) {
    /** Slots of a ciphertext: 95 of 32 bits are 3,040, below the modulus. */
    public static final int SLOTS = 95;

    /** Greatest sum of a slot, and greatest magnitude of its noise. */
    public static final int MAX = (1 << 30) - 1;

    private static final int SLOT_BITS = 32;
    private static final long SLOT_MASK = (1L << SLOT_BITS) - 1;
    private static final long LIMIT = MAX + 1L;

    /** Added with the noise and taken off when opened, so that negative noise borrows from no neighbour. */
    private static final long BIAS = 1L << 31;

    /** Checked bounds. */
    public PackedSum {
        HeException.require(most >= 1 && most < LIMIT);
    }

    /** Encrypts values of at most {@code most}, none negative, one a slot. */
    public static PackedSum encrypt(PaillierPublicKey key, long[] values, int most, RandomSource random) {
        return new PackedSum(key.encrypt(packed(values, most), random), most, false);
    }

    /** The same with the randomness of an audited slot, whose seed serves this one ciphertext. */
    public static PackedSum encrypt(PaillierPublicKey key, long[] values, int most, Seed slot) {
        return new PackedSum(key.encrypt(packed(values, most), slot), most, false);
    }

    /** The sums, slot by slot. */
    public PackedSum add(PackedSum other) {
        HeException.require(!noised && !other.noised);
        long together = (long) most + other.most;
        HeException.require(together < LIMIT);
        return new PackedSum(ciphertext.key().add(ciphertext, other.ciphertext), (int) together, false);
    }

    /**
     * Adds noise and fresh randomness: what may be opened. Whoever opens does it, once for each release.
     *
     * @param noise one number for each of the 95 slots, of magnitude below 2^30
     */
    public PackedSum withNoise(long[] noise, RandomSource random) {
        HeException.require(!noised && noise.length == SLOTS);
        BigInteger packed = BigInteger.ZERO;
        for (int slot = SLOTS - 1; slot >= 0; slot--) {
            HeException.require(noise[slot] > -LIMIT && noise[slot] < LIMIT);
            packed = packed.shiftLeft(SLOT_BITS).add(BigInteger.valueOf(noise[slot] + BIAS));
        }
        return new PackedSum(ciphertext.key().addFresh(ciphertext, packed, random), most, true);
    }

    /** The noised sums of all slots; refused without noise, and when what comes out is out of bounds. */
    public long[] open(PaillierKey key) {
        HeException.require(noised);
        BigInteger plain = key.open(ciphertext);
        HeException.accept(plain.bitLength() <= SLOTS * SLOT_BITS);
        var values = new long[SLOTS];
        for (int slot = 0; slot < SLOTS; slot++) {
            values[slot] = (plain.longValue() & SLOT_MASK) - BIAS;
            plain = plain.shiftRight(SLOT_BITS);
            HeException.accept(Math.abs(values[slot]) < LIMIT + most);
        }
        return values;
    }

    private static BigInteger packed(long[] values, int most) {
        HeException.require(values.length <= SLOTS);
        BigInteger packed = BigInteger.ZERO;
        for (int slot = values.length - 1; slot >= 0; slot--) {
            HeException.require(values[slot] >= 0 && values[slot] <= most);
            packed = packed.shiftLeft(SLOT_BITS).or(BigInteger.valueOf(values[slot]));
        }
        return packed;
    }
}
