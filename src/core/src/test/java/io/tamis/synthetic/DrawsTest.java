package io.tamis.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All statistics are of fixed seeds; bounds are six standard errors, so a sound sampler is blamed with 2e-9 a check. */
class DrawsTest {
    private static final int COUNT = 200_000;
    private static final double SIGMAS = 6;

    private static final long EXPONENTIAL = 0x3feea6730bcbfa3aL;
    private static final long NORMAL = 0xbff84b5efb6bd4f6L;
    private static final long GAMMA_SMALL = 0x3f933133ed8243a7L;
    private static final long GAMMA_LARGE = 0x401d772b323af064L;

    private static Draws draws() {
        return new Draws(Draws.personKey(new Seed(20_261_124), 3), Stream.TOUCHES.sequence());
    }

    private static void assertMoments(ToDoubleFunction<Draws> sampler, double mean, double variance, double fourth) {
        Draws draws = draws();
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < COUNT; i++) {
            double x = sampler.applyAsDouble(draws) - mean;
            sum += x;
            squares += x * x;
        }
        assertEquals(0, sum / COUNT, SIGMAS * Math.sqrt(variance / COUNT), "mean");
        double spread = Math.sqrt((fourth - variance * variance) / COUNT);
        assertEquals(variance, squares / COUNT, SIGMAS * spread, "variance");
    }

    /** The first outputs of SplitMix64 from seed 0 (Vigna's splitmix64.c; JDK's SplittableRandom gives the same). */
    @ParameterizedTest
    @CsvSource({"1, e220a8397b1dcdaf", "2, 6e789e6aa1b965f4", "3, 06c45d188009454f"})
    void mix_isTheFinaliserOfSplitMix64(int step, String hex) {
        assertEquals(Long.parseUnsignedLong(hex, 16), Draws.mix(step * 0x9e3779b97f4a7c15L));
    }

    @Test
    void bits_ofAPersonAndStream_areWhatTheDesignSays() {
        long seed = 42;
        long person = 123_456;
        long stream = 7;
        long expected = Draws.mix(Draws.mix(seed + 0x9e3779b97f4a7c15L * person) + 0xd1342543de82ef95L * stream);
        assertEquals(expected, Draws.bits(Draws.personKey(new Seed(seed), person), stream));
        assertEquals((expected >>> 11) * 0x1p-53, Draws.unit(Draws.personKey(new Seed(seed), person), stream));
    }

    @Test
    void sequence_drawnTwice_isTheSame() {
        Draws one = draws();
        Draws other = draws();
        for (int i = 0; i < 100; i++) {
            assertEquals(one.gamma(.6), other.gamma(.6));
        }
    }

    /**
     * Written down on one machine (and found by another program, to the digits Python prints), true on all: a last bit that
     * differs here would change every world.
     */
    @Test
    void samplers_onAnyMachine_giveTheseBits() {
        Draws draws = draws();
        assertEquals(.35242906076806246, draws.unit());
        assertEquals(EXPONENTIAL, Double.doubleToLongBits(draws.exponential()));
        assertEquals(NORMAL, Double.doubleToLongBits(draws.normal()));
        assertEquals(GAMMA_SMALL, Double.doubleToLongBits(draws.gamma(.6)));
        assertEquals(GAMMA_LARGE, Double.doubleToLongBits(draws.gamma(6)));
    }

    @Test
    void unit_isUniform() {
        assertMoments(Draws::unit, .5, 1 / 12.0, 1 / 80.0);
    }

    @Test
    void exponential_hasMeanAndVarianceOne() {
        assertMoments(Draws::exponential, 1, 1, 9);
    }

    @Test
    void normal_isStandard() {
        assertMoments(Draws::normal, 0, 1, 3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {.25, .6, .8, 1, 2.5, 4, 6, 30})
    void gamma_hasMeanAndVarianceOfItsShape(double shape) {
        assertMoments(draws -> draws.gamma(shape), shape, shape, 3 * shape * shape + 6 * shape);
    }

    /** P(Gamma(1) > t) = e^-t: the shape of the distribution, not only its moments. */
    @ParameterizedTest
    @ValueSource(doubles = {.1, .7, 2, 4})
    void gamma_ofShapeOne_isExponential(double t) {
        Draws draws = draws();
        int above = 0;
        for (int i = 0; i < COUNT; i++) {
            above += draws.gamma(1) > t ? 1 : 0;
        }
        double p = Math.exp(-t);
        assertEquals(p, (double) above / COUNT, SIGMAS * Math.sqrt(p * (1 - p) / COUNT));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 10_000})
    void below_anyBound_reachesAllAndNoMore(int bound) {
        Draws draws = draws();
        var seen = new HashSet<Integer>();
        for (int i = 0; i < COUNT; i++) {
            int drawn = draws.below(bound);
            assertTrue(drawn >= 0 && drawn < bound);
            seen.add(drawn);
        }
        // The chance that one of 10,000 is missed by 200,000 draws is 10,000 e^-20, 2e-5; the seed is fixed.
        assertEquals(bound, seen.size());
    }

    @Test
    void streams_haveNumbersOfTheirOwn() {
        var numbers = new HashSet<Long>();
        for (Stream stream : Stream.values()) {
            assertTrue(numbers.add(stream.number()));
            assertTrue(stream.number() < 1L << 32);
        }
    }

    /** Two streams of the same persons: their correlation is within six standard errors of none. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"AFFLUENCE"})
    void stream_anyOther_isIndependentOfAffluence(Stream stream) {
        double sum = 0;
        int persons = 50_000;
        for (long i = 0; i < persons; i++) {
            long key = Draws.personKey(new Seed(42), i);
            sum += (Draws.unit(key, 0) - .5) * (Draws.unit(key, stream.number()) - .5);
        }
        assertEquals(0, sum / persons, SIGMAS / 12 / Math.sqrt(persons));
    }
}
