package io.tamis.he.additive;

import io.tamis.data.Hash;
import io.tamis.data.RandomSource;
import io.tamis.he.HeException;

/**
 * Adds what several senders encrypted under one owner's public key: senders encrypt, a service without a key adds, the sum
 * gets noise, and the {@link SumOwner} opens it.
 *
 * <p>Which one: {@link BfvScheme} for vectors (thousands of values at 37 bytes and 50 ns each, sums to 2^37); it rests on
 * ring-LWE, for which no quantum attack is known. {@link PaillierScheme} where somebody asks for the classical scheme with
 * its proofs and has a few sums of money (95 values to 2^30 in 805 bytes, some 20 ms); it rests on factoring, which a quantum
 * computer would do. Both are for ONE owner, who can read every single ciphertext: where no one may, use the threshold keys
 * of {@code io.tamis.he.threshold}.
 *
 * <p>NOT promised: that nobody changed a ciphertext, whoever wants that signs it; that a sender kept to what it declared: a
 * sender who raises somebody else's ciphertext to a power, or makes its randomness by other rules, gets more out of an opened
 * sum than its own values, so senders are honest but curious or have passed a cut and choose
 * ({@code he.SlotCandidates}, {@code PaillierPublicKey.slotPart}); anything against the owner; constant time of Paillier.
 */
public sealed interface AggregationScheme permits BfvScheme, PaillierScheme {
    /** What fits. */
    Limits limits();

    /** SHA-256 that names the public key; every ciphertext carries it. */
    Hash keyId();

    /**
     * Encrypts a vector with fresh randomness.
     *
     * @param values at most {@link Limits#slots()}, each from 0 to max; missing ones are 0
     * @param max the declared greatest value of a slot, at most {@link Limits#sumMax()}
     */
    EncryptedSum encrypt(long[] values, SlotMax max, RandomSource random);

    /**
     * Reads a vector that was encrypted under this key elsewhere; anything else is refused ({@link
     * HeException.Fault#REJECTED}), without saying why.
     *
     * @param max what its sender declared
     */
    EncryptedSum read(byte[] bytes, SlotMax max);

    /**
     * The sums, slot by slot. Refused when the greatest sum could pass {@link Limits#sumMax()}, when one is finished, or
     * ({@link HeException.Fault#REJECTED}) when one is under another key.
     */
    EncryptedSum add(EncryptedSum left, EncryptedSum right);

    /**
     * Adds noise and fresh randomness, once, by whoever answers for the noise: only then is a sum opened. An outsider who
     * knows all that was added does not recognise the result.
     *
     * @param noise one number for each slot, each of magnitude at most {@link Limits#noiseMax()}
     */
    EncryptedSum finish(EncryptedSum sum, long[] noise, RandomSource random);
}
