package io.tamis.he;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BatchingTest {
    private static final long T = 1032193;
    private static final int N = 64;
    private static final Batching BATCHING = new Batching(N, SealCompat.smallest(T, N));

    @Test
    void slots_ofCoefficients_areTheValuesAtThePowers() {
        long[] coefficients = new SplittableRandom(6).longs(N, 0, T).toArray();
        long[] slots = BATCHING.slots(coefficients);
        long psi = SealCompat.smallest(T, N).psi();
        for (int i = 0; i < N / 2; i++) {
            long exponent = BigInteger.valueOf(3)
                    .modPow(BigInteger.valueOf(i), BigInteger.valueOf(2 * N))
                    .longValueExact();
            assertEquals(value(coefficients, power(psi, exponent)), slots[i]);
            assertEquals(value(coefficients, power(psi, 2 * N - exponent)), slots[N / 2 + i]);
        }
    }

    @Test
    void coefficients_ofSlots_comeBack() {
        long[] slots = new SplittableRandom(7).longs(N, 0, T).toArray();
        assertArrayEquals(slots, BATCHING.slots(BATCHING.coefficients(slots)));
    }

    @Test
    void slots_ofAnotherLength_areRefused() {
        assertThrows(HeException.class, () -> BATCHING.slots(new long[N - 1]));
        assertThrows(HeException.class, () -> BATCHING.coefficients(new long[N + 1]));
    }

    private static long value(long[] coefficients, long at) {
        long value = 0;
        for (int k = N - 1; k >= 0; k--) {
            value = (value * at + coefficients[k]) % T;
        }
        return value;
    }

    private static long power(long base, long exponent) {
        return BigInteger.valueOf(base)
                .modPow(BigInteger.valueOf(exponent), BigInteger.valueOf(T))
                .longValueExact();
    }
}
