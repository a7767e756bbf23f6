package io.tamis.he;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoiseBoundsTest {
    /** Python integers, from the formulas of the design. */
    @Test
    void ofMasked_oneMillionUsersOfTwoHolders_isTheDesigns() {
        var bounds = NoiseBounds.ofMasked(HeParams.AGG_8192, 2, 123);
        assertEquals(BigInteger.valueOf(688149), bounds.fresh());
        assertEquals(BigInteger.valueOf(688149L * 8192 * 123), bounds.sum());
        assertEquals(BigInteger.valueOf(5091436453888L), bounds.total());
        assertEquals(97, bounds.floodBits());
        assertEquals(BigInteger.ONE.shiftLeft(97), bounds.flood());
        assertTrue(bounds.admitted());
    }

    @Test
    void ofPlain_growsByCiphertextsAlone() {
        var bounds = NoiseBounds.ofPlain(HeParams.AGG_8192, 2, 123);
        assertEquals(BigInteger.valueOf(688149L * 123), bounds.sum());
        assertEquals(BigInteger.valueOf(688149L * 123 + (4L << 40)), bounds.total());
    }

    /** Largest lambda that is still admitted: section 2 of the design. */
    @ParameterizedTest
    @CsvSource({"2, 46", "8, 43"})
    void admitted_atTheBorderOfLambda_endsWhereTheDesignSays(int holders, int lambda) {
        assertTrue(NoiseBounds.ofMasked(withLambda(HeParams.AGG_8192, lambda), holders, 123)
                .admitted());
        assertFalse(NoiseBounds.ofMasked(withLambda(HeParams.AGG_8192, lambda + 1), holders, 123)
                .admitted());
    }

    @Test
    void admitted_ofTheSingleHoldersProfile_endsAtLambda18() {
        assertTrue(NoiseBounds.ofMasked(HeParams.AGG_4096, 1, 245).admitted());
        assertFalse(
                NoiseBounds.ofMasked(withLambda(HeParams.AGG_4096, 19), 1, 245).admitted());
    }

    @Test
    void admitted_ofTenMillionUsersWithLambda80_holds() {
        assertTrue(NoiseBounds.ofMasked(HeParams.AGG_8192_HI, 8, 1221).admitted());
    }

    @Test
    void flood_isTheSmallestPowerOfTwoThatCovers() {
        for (int summed : new int[] {1, 7, 123, 1221}) {
            var bounds = NoiseBounds.ofMasked(HeParams.AGG_8192, 3, summed);
            var least = bounds.total().multiply(BigInteger.valueOf(8192)).shiftLeft(41);
            assertTrue(bounds.flood().compareTo(least) >= 0);
            assertTrue(bounds.flood().shiftRight(1).compareTo(least) < 0);
            assertEquals(1, bounds.flood().bitCount());
        }
    }

    /** 2^10 openings at lambda 40 are 2^-32, 2^16 at lambda 80 2^-66. */
    @ParameterizedTest
    @CsvSource({"1, 42", "2, 41", "3, 40", "4, 40", "1024, 32", "1025, 31"})
    void distanceBits_atLambda40_countsOpenings(int openings, int bits) {
        assertEquals(bits, NoiseBounds.distanceBits(HeParams.AGG_8192, openings));
    }

    @Test
    void distanceBits_atLambda80_allows65536Openings() {
        assertEquals(66, NoiseBounds.distanceBits(HeParams.AGG_8192_HI, 1 << 16));
    }

    @Test
    void plaintextFits_offByOne_isBelowHalfOfT() {
        var half = BigInteger.ONE.shiftLeft(39);
        assertTrue(NoiseBounds.plaintextFits(HeParams.AGG_8192, half.subtract(BigInteger.ONE)));
        assertFalse(NoiseBounds.plaintextFits(HeParams.AGG_8192, half));
        assertFalse(NoiseBounds.plaintextFits(HeParams.AGG_8192, BigInteger.ONE.negate()));
    }

    @Test
    void bounds_outsideTheirLimits_areRefused() {
        assertThrows(HeException.class, () -> NoiseBounds.ofMasked(HeParams.AGG_8192, 0, 1));
        assertThrows(HeException.class, () -> NoiseBounds.ofMasked(HeParams.AGG_8192, 65, 1));
        assertThrows(HeException.class, () -> NoiseBounds.ofMasked(HeParams.AGG_8192, 2, 0));
        assertThrows(HeException.class, () -> NoiseBounds.distanceBits(HeParams.AGG_8192, 0));
    }

    private static HeParams withLambda(HeParams params, int lambda) {
        return new HeParams(params.profile(), params.n(), params.primes(), params.t(), lambda);
    }
}
