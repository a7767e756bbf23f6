package io.tamis.he;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Samples;
import io.tamis.he.ring.CoefficientPoly;
import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BfvTest {
    private static final Bfv SCHEME = Schemes.SMALL;
    private static final HeParams PARAMS = SCHEME.params();

    /** Noise up to the margin of admission, plus and minus, at all sizes of plaintexts. */
    @Test
    void round_withNoiseUpToTheMargin_isThePlaintext() {
        var margin = PARAMS.modulus().divide(BigInteger.valueOf(PARAMS.t()).shiftLeft(2));
        long half = PARAMS.t() / 2;
        Samples.forAll(7, 50, random -> random, random -> {
            var values = new BigInteger[64];
            var plain = new long[64];
            for (int i = 0; i < 64; i++) {
                plain[i] = i < 4 ? new long[] {0, half - 1, -(half - 1), 1}[i] : random.nextLong(-half + 1, half);
                var noise = i % 3 == 0 ? margin : i % 3 == 1 ? margin.negate() : below(random, margin);
                values[i] =
                        PARAMS.delta().multiply(BigInteger.valueOf(plain[i])).add(noise);
            }
            assertArrayEquals(plain, SCHEME.round(poly(values), all()));
        });
    }

    /** Any residues at all, against whole numbers; values within a thousandth of a border are not compared. */
    @Test
    void round_ofAnyPolynomial_isTheNearestMultiple() {
        Samples.forAll(8, 50, random -> random, random -> {
            var values = new BigInteger[64];
            for (int i = 0; i < 64; i++) {
                values[i] = new BigInteger(160, new java.util.Random(random.nextLong())).mod(PARAMS.modulus());
            }
            var poly = poly(values);
            BigInteger[] centred = Crt.centred(poly);
            long[] rounded = SCHEME.round(poly, all());
            for (int i = 0; i < 64; i++) {
                var fraction =
                        centred[i].multiply(BigInteger.valueOf(PARAMS.t())).mod(PARAMS.modulus());
                double position = fraction.doubleValue() / PARAMS.modulus().doubleValue();
                if (Math.abs(position - 0.5) > 0.001) {
                    long difference = rounded[i] - Crt.plain(centred[i], PARAMS);
                    assertEquals(0, Math.floorMod(difference, PARAMS.t()));
                }
            }
        });
    }

    @Test
    void of_aPlaintextModulusBeyondDoubles_isRefused() {
        var wide = new HeParams("x", PARAMS.n(), PARAMS.primes(), (1L << 40) + 1, 0);
        assertThrows(HeException.class, () -> Bfv.of(wide));
    }

    @Test
    void unpack_tooShort_isRefusedBeforeReading() {
        var bytes = new byte[PARAMS.polynomialBytes()];
        for (int offset : new int[] {-1, 1, bytes.length, Integer.MAX_VALUE}) {
            assertEquals(
                    HeException.Fault.REJECTED,
                    assertThrows(HeException.class, () -> SCHEME.unpack(bytes, offset))
                            .fault());
        }
    }

    private static BigInteger below(SplittableRandom random, BigInteger bound) {
        return new BigInteger(bound.bitLength() - 1, new java.util.Random(random.nextLong()));
    }

    private static int[] all() {
        return IntStream.range(0, 64).toArray();
    }

    private static CoefficientPoly poly(BigInteger[] values) {
        var residues = new long[PARAMS.primes().size()][];
        for (int l = 0; l < residues.length; l++) {
            var q = BigInteger.valueOf(PARAMS.primes().get(l).q());
            residues[l] = java.util.Arrays.stream(values)
                    .mapToLong(v -> v.mod(q).longValueExact())
                    .toArray();
        }
        return SCHEME.ring().coefficients(residues);
    }
}
