package io.tamis.he.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Samples;
import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PackingTest {
    private static final Ring RING = Ring.of(64, primesOf64());
    private static final Packing PACKING = new Packing(RING);

    private static List<Prime> primesOf64() {
        return Primes.AGG_8192.stream()
                .map(prime -> new Prime(prime.q(), Primes.firstRoot(prime.q(), 64)))
                .toList();
    }

    @Test
    void bytes_ofTheProfiles_areTheDesigns() {
        assertEquals(100_352 / 2, new Packing(Ring.of(4096, Primes.AGG_4096)).bytes());
        assertEquals(301_056 / 2, new Packing(Ring.of(8192, Primes.AGG_8192)).bytes());
        assertEquals(401_408 / 2, new Packing(Ring.of(8192, Primes.AGG_8192_HI)).bytes());
    }

    /** The whole prime is one number in base 2^49, its bytes reversed: a definition that shares nothing with the loop. */
    @Test
    void pack_isOneLittleEndianNumberAPrime() {
        Samples.forAll(31, 20, PackingTest::residues, residues -> {
            byte[] packed = PACKING.pack(RING.transformed(residues));
            for (int l = 0; l < residues.length; l++) {
                var number = BigInteger.ZERO;
                for (int i = residues[l].length - 1; i >= 0; i--) {
                    number = number.shiftLeft(49).or(BigInteger.valueOf(residues[l][i]));
                }
                for (int k = 0; k < 392; k++) {
                    assertEquals(number.shiftRight(8 * k).byteValue(), packed[l * 392 + k]);
                }
            }
        });
    }

    @Test
    void unpack_ofPacked_isTheSamePolynomialAtAnyOffset() {
        Samples.forAll(57, 50, PackingTest::residues, residues -> {
            NttPoly poly = RING.transformed(residues);
            byte[] packed = PACKING.pack(poly);
            var shifted = new byte[packed.length + 13];
            System.arraycopy(packed, 0, shifted, 13, packed.length);
            NttPoly read = PACKING.unpack(shifted, 13).orElseThrow();
            assertTrue(read.sameAs(poly));
            assertArrayEquals(packed, PACKING.pack(read));
        });
    }

    @Test
    void unpack_ofTheLargestResidue_isRead_andOfItsPrime_isRefused() {
        for (int l = 0; l < 3; l++) {
            long q = RING.primes().get(l).q();
            for (int i : new int[] {0, 1, 7, 31, 63}) {
                assertTrue(PACKING.unpack(withOne(l, i, q - 1), 0).isPresent());
                assertTrue(PACKING.unpack(withOne(l, i, q), 0).isEmpty());
                assertTrue(PACKING.unpack(withOne(l, i, q + 1), 0).isEmpty());
                assertTrue(PACKING.unpack(withOne(l, i, (1L << 49) - 1), 0).isEmpty());
            }
        }
    }

    @Test
    void unpackNonZero_ofZero_isEmpty_andOneResidueIsEnough() {
        byte[] zero = new byte[PACKING.bytes()];
        assertTrue(PACKING.unpackNonZero(zero, 0).isEmpty());
        assertTrue(PACKING.unpack(zero, 0).orElseThrow().isZero());
        byte[] one = zero.clone();
        one[one.length - 1] = 1;
        assertTrue(PACKING.unpackNonZero(one, 0).isPresent());
    }

    @Test
    void unpack_ofTooFewBytes_isTheCallersError() {
        var packed = new byte[PACKING.bytes()];
        assertThrows(IndexOutOfBoundsException.class, () -> PACKING.unpack(packed, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> PACKING.unpack(packed, -1));
    }

    @Test
    void packing_ofPrimesOf50Bits_isRefused() {
        Ring wide = Ring.of(64, List.of(new Prime(1125899904679937L, Primes.firstRoot(1125899904679937L, 64))));
        assertThrows(IllegalArgumentException.class, () -> new Packing(wide));
        assertThrows(IllegalArgumentException.class, () -> PACKING.pack(wide.zero()));
    }

    /** Zeros but for the bits of one residue. */
    private static byte[] withOne(int prime, int index, long value) {
        var packed = new byte[PACKING.bytes()];
        for (int bit = 0; bit < 49; bit++) {
            int at = prime * 392 * 8 + index * 49 + bit;
            packed[at / 8] |= (byte) ((value >>> bit & 1) << at % 8);
        }
        return packed;
    }

    private static long[][] residues(SplittableRandom random) {
        var residues = new long[3][64];
        for (int l = 0; l < 3; l++) {
            long q = RING.primes().get(l).q();
            for (int i = 0; i < 64; i++) {
                residues[l][i] = random.nextInt(8) == 0 ? q - 1 : random.nextLong(q);
            }
        }
        return residues;
    }
}
