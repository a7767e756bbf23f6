package io.tamis.cli.soak.he;

import io.tamis.he.HeParams;
import java.util.Arrays;
import java.util.SplittableRandom;

/** What is done to bytes before they are read. */
enum Damage {
    /** The end is missing. */
    TRUNCATED {
        @Override
        byte[] of(byte[] bytes, int polynomialAt, SplittableRandom random) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
    },
    /** Bytes follow the end. */
    EXTENDED {
        @Override
        byte[] of(byte[] bytes, int polynomialAt, SplittableRandom random) {
            return Arrays.copyOf(bytes, bytes.length + random.nextInt(1, TAIL_MAX));
        }
    },
    /** One to eight bits anywhere. */
    BITS_FLIPPED {
        @Override
        byte[] of(byte[] bytes, int polynomialAt, SplittableRandom random) {
            for (int i = random.nextInt(1, 9); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            }
            return bytes;
        }
    },
    /** One bit of what stands before the first polynomial. */
    HEADER_FLIPPED {
        @Override
        byte[] of(byte[] bytes, int polynomialAt, SplittableRandom random) {
            bytes[random.nextInt(polynomialAt)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            return bytes;
        }
    },
    /** A length or count in the header says up to 2 GiB, or less than nothing. */
    LENGTH_BOMB {
        @Override
        byte[] of(byte[] bytes, int polynomialAt, SplittableRandom random) {
            int at = random.nextInt(polynomialAt - Integer.BYTES + 1);
            int bomb = random.nextBoolean() ? Integer.MAX_VALUE - random.nextInt(8) : -1 - random.nextInt(8);
            for (int i = 0; i < Integer.BYTES; i++) {
                bytes[at + i] = (byte) (bomb >>> (Integer.SIZE - Byte.SIZE * (i + 1)));
            }
            return bytes;
        }
    },
    /** A span is copied over another. */
    SPAN_MOVED {
        @Override
        byte[] of(byte[] bytes, int polynomialAt, SplittableRandom random) {
            int length = random.nextInt(1, SPAN_MAX);
            int from = random.nextInt(bytes.length - length);
            System.arraycopy(bytes, from, bytes, random.nextInt(bytes.length - length), length);
            return bytes;
        }
    },
    /** A residue of all ones: not below any prime. */
    RESIDUE_TOO_LARGE {
        @Override
        byte[] of(byte[] bytes, int polynomialAt, SplittableRandom random) {
            int residues = (bytes.length - polynomialAt) * Byte.SIZE / HeParams.RESIDUE_BITS;
            setOnes(bytes, polynomialAt, random.nextInt(residues));
            return bytes;
        }
    },
    /** Nothing but zeros from somewhere on: a transparent ciphertext among them. */
    ZEROED {
        @Override
        byte[] of(byte[] bytes, int polynomialAt, SplittableRandom random) {
            Arrays.fill(bytes, random.nextInt(bytes.length), bytes.length, (byte) 0);
            return bytes;
        }
    };

    private static final int TAIL_MAX = 1 << 12;
    private static final int SPAN_MAX = 64;

    /**
     * The bytes, damaged.
     *
     * @param bytes may be changed
     * @param polynomialAt where the first packed polynomial begins
     */
    abstract byte[] of(byte[] bytes, int polynomialAt, SplittableRandom random);

    /** Sets the 49 bits of a residue. */
    static void setOnes(byte[] bytes, int polynomialAt, int residue) {
        long firstBit = (long) polynomialAt * Byte.SIZE + (long) residue * HeParams.RESIDUE_BITS;
        for (long bit = firstBit; bit < firstBit + HeParams.RESIDUE_BITS; bit++) {
            bytes[(int) (bit >>> 3)] |= (byte) (1 << (bit & 7));
        }
    }
}
