package io.tamis.synthetic;

import io.tamis.data.Code;
import io.tamis.data.DataException;

/**
 * Phone numbers: person i's first is number 2i, the second 2i + 1, put through an affine permutation of the 5 x 10^8
 * numbers of five blocks that have the form of a Chinese mobile number and, as far as we know, belong to no operator. So
 * no two persons share a number, neighbours look unrelated, and nobody's phone rings.
 */
final class Phones {
    /** Most persons: two numbers each, with room to spare. */
    static final long PERSONS_MAX = 100_000_000;

    private static final int[] BLOCKS = {154, 160, 161, 163, 164};
    private static final long BLOCK = 100_000_000;
    private static final long NUMBERS = BLOCKS.length * BLOCK;

    /** Odd and no multiple of five, hence coprime to 5 x 10^8 = 2^8 x 5^9; near its golden section. */
    private static final long FACTOR = 309_016_993;

    private final long shift;

    Phones(Seed seed) {
        // The streams of a person are told apart from this by the index -1, which no person has.
        this.shift = Long.remainderUnsigned(Draws.bits(Draws.personKey(seed, -1), 0), NUMBERS);
    }

    /** The eleven digits of this person's first (0) or second (1) phone. */
    long number(long person, int slot) {
        if (person < 0 || person >= PERSONS_MAX || slot < 0 || slot > 1) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        long place = ((2 * person + slot) * FACTOR + shift) % NUMBERS;
        return BLOCKS[(int) (place / BLOCK)] * BLOCK + place % BLOCK;
    }
}
