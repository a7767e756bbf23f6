package io.tamis.he;

import io.tamis.he.ring.Prime;
import io.tamis.he.ring.Ring;
import java.util.List;

/**
 * SEAL's slots for a prime {@code t = 1 mod 2n}: slot i is the plaintext's value at {@code psi^(3^i)}, slot n/2+i at
 * {@code psi^(-3^i)}, i below n/2, so that sums and products of plaintexts are slot by slot. Test use: for comparison with
 * SEAL only.
 */
public final class Batching {
    private final Ring plain;
    private final int[] entryOfSlot;

    /** Slots modulo t with this primitive 2n-th root. */
    public Batching(int n, Prime t) {
        plain = Ring.of(n, List.of(t));
        entryOfSlot = new int[n];
        int bits = Integer.numberOfTrailingZeros(n);
        long power = 1;
        for (int i = 0; i < n / 2; i++) {
            entryOfSlot[i] = entry(power, bits);
            entryOfSlot[n / 2 + i] = entry(2L * n - power, bits);
            power = power * 3 % (2L * n);
        }
    }

    /** Entry of the transformed form that holds the value at this odd power of the root. */
    private static int entry(long exponent, int bits) {
        return Integer.reverse((int) ((exponent - 1) / 2)) >>> (Integer.SIZE - bits);
    }

    /** The coefficients, in [0, t), of the polynomial with these n slots, each in [0, t). */
    public long[] coefficients(long[] slots) {
        HeException.require(slots.length == entryOfSlot.length);
        var entries = new long[slots.length];
        for (int i = 0; i < slots.length; i++) {
            entries[entryOfSlot[i]] = slots[i];
        }
        return plain.transformed(new long[][] {entries}).toCoefficients().residues(0);
    }

    /** The n slots, in [0, t), of the polynomial with these coefficients, each in [0, t). */
    public long[] slots(long[] coefficients) {
        HeException.require(coefficients.length == entryOfSlot.length);
        long[] entries = plain.coefficients(new long[][] {coefficients}).toNtt().residues(0);
        var slots = new long[entries.length];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = entries[entryOfSlot[i]];
        }
        return slots;
    }
}
