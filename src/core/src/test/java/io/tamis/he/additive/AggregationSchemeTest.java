package io.tamis.he.additive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.PredictableRandom;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import io.tamis.he.HeException.Fault;
import io.tamis.he.HeParams;
import io.tamis.he.Schemes;
import io.tamis.he.paillier.PaillierKey;
import io.tamis.he.paillier.TestKeys;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What both schemes promise, by the same tests: under a small ring, the single holder's profile, and Paillier. */
class AggregationSchemeTest {
    private static final PaillierKey OTHER_PAILLIER = PaillierKey.generate(new PredictableRandom(31));

    private final PredictableRandom random = new PredictableRandom(1);

    /** A scheme in the tests' names, and the owner of another key of it. */
    record Case(String name, SumOwner owner, SumOwner stranger) {
        @Override
        public String toString() {
            return name;
        }

        AggregationScheme scheme() {
            return owner.scheme();
        }

        Limits limits() {
            return scheme().limits();
        }
    }

    static Stream<Case> cases() {
        var profile = Bfv.of(HeParams.AGG_4096);
        return Stream.of(
                new Case("bfv-64", bfv(Schemes.SMALL, 1), bfv(Schemes.SMALL, 5)),
                new Case("AGG-4096", bfv(profile, 1), bfv(profile, 5)),
                new Case("paillier", new PaillierOwner(TestKeys.FIRST), new PaillierOwner(OTHER_PAILLIER)));
    }

    private static BfvOwner bfv(Bfv scheme, int seed) {
        return BfvOwner.of(scheme, Schemes.seed(seed), Schemes.seed(100 + seed));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void open_ofASumOfSenders_isExact(Case each) {
        var draws = new SplittableRandom(11);
        var expected = new long[each.limits().slots()];
        EncryptedSum sum = encrypted(each, new long[0], 1);
        for (int sender = 0; sender < 5; sender++) {
            long[] values = draws.longs(expected.length, 0, 100_001).toArray();
            Arrays.setAll(expected, slot -> expected[slot] + values[slot]);
            sum = each.scheme().add(sum, encrypted(each, values, 100_000));
        }
        assertEquals(new SlotMax(500_001), sum.max());
        assertArrayEquals(expected, opened(each, sum, noNoise(each)));
    }

    /** Every slot at its greatest sum, noise at both ends: nothing wraps, nothing reaches the neighbour. */
    @ParameterizedTest
    @MethodSource("cases")
    void open_atAllLimits_isExact(Case each) {
        long max = each.limits().sumMax();
        long noiseMax = each.limits().noiseMax();
        long[] full = filled(each, max);
        long[] noise = alternating(each, noiseMax);
        long[] expected = Arrays.stream(noise).map(one -> max + one).toArray();
        assertArrayEquals(expected, opened(each, encrypted(each, full, max), noise));
        assertArrayEquals(noise, opened(each, encrypted(each, new long[] {0}, 1), noise));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void encrypt_ofFewerValues_fillsWithNothing(Case each) {
        long[] opened = opened(each, encrypted(each, new long[] {3, 4}, 5), noNoise(each));
        assertEquals(3, opened[0]);
        assertEquals(4, opened[1]);
        assertEquals(0, Arrays.stream(opened).skip(2).sum());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void encrypt_beyondWhatWasDeclared_isRefused(Case each) {
        outOfLimits(() -> encrypted(each, new long[] {6}, 5));
        outOfLimits(() -> encrypted(each, new long[] {-1}, 5));
        outOfLimits(() -> encrypted(each, new long[each.limits().slots() + 1], 5));
        outOfLimits(() -> encrypted(each, new long[] {1}, each.limits().sumMax() + 1));
        outOfLimits(() -> encrypted(each, new long[] {1}, Long.MAX_VALUE));
        outOfLimits(() -> new SlotMax(0));
    }

    /** The last sum that fits, and the one behind it. */
    @ParameterizedTest
    @MethodSource("cases")
    void add_beyondTheGreatestSum_isRefused(Case each) {
        long max = each.limits().sumMax();
        var almost = encrypted(each, new long[] {max - 1}, max - 1);
        var one = encrypted(each, new long[] {1}, 1);
        var full = each.scheme().add(almost, one);
        assertEquals(max, opened(each, full, noNoise(each))[0]);
        outOfLimits(() -> each.scheme().add(full, one));
        outOfLimits(() -> each.scheme().add(one, full));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void ciphertext_ofAnotherKey_isRefused(Case each) {
        var own = encrypted(each, new long[] {1}, 1);
        var foreign = each.stranger().scheme().encrypt(new long[] {1}, new SlotMax(1), random);
        assertNotEquals(each.scheme().keyId(), each.stranger().scheme().keyId());
        rejected(() -> each.scheme().add(own, foreign));
        rejected(() -> each.scheme().add(foreign, own));
        rejected(() -> each.scheme().finish(foreign, noNoise(each), random));
        rejected(() -> each.owner().open(each.stranger().scheme().finish(foreign, noNoise(each), random)));
        rejected(() -> each.scheme().read(foreign.bytes(), new SlotMax(1)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void ciphertext_ofAnotherScheme_isRefused(Case each) {
        var own = encrypted(each, new long[] {1}, 1);
        cases().filter(other -> !other.name().equals(each.name())).forEach(other -> {
            var foreign = encrypted(other, new long[] {1}, 1);
            rejected(() -> each.scheme().add(own, foreign));
            rejected(() -> each.owner().open(foreign));
            rejected(() -> each.scheme().read(foreign.bytes(), new SlotMax(1)));
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void read_ofWhatTravelled_addsAndOpensAlike(Case each) {
        var sent = encrypted(each, new long[] {7, 8}, 9);
        byte[] bytes = sent.bytes();
        assertEquals(each.limits().ciphertextBytes(), bytes.length);
        var read = each.scheme().read(bytes, new SlotMax(9));
        assertArrayEquals(bytes, read.bytes());
        assertFalse(read.finished());
        long[] opened = opened(each, each.scheme().add(read, sent), noNoise(each));
        assertEquals(14, opened[0]);
        assertEquals(16, opened[1]);
        outOfLimits(() -> each.scheme().read(bytes, new SlotMax(each.limits().sumMax() + 1)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void read_ofAnotherLengthOrHead_isRefused(Case each) {
        byte[] bytes = encrypted(each, new long[] {7}, 9).bytes();
        for (int length : new int[] {0, 1, 36, 37, bytes.length - 1, bytes.length + 1}) {
            rejected(() -> each.scheme().read(Arrays.copyOf(bytes, length), new SlotMax(9)));
        }
        // Magic, version and key.
        for (int at = 0; at < 37; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            rejected(() -> each.scheme().read(changed, new SlotMax(9)));
        }
    }

    /** Refused when read or when opened; Paillier's chance to pass is 2^-32 for each, BFV's below 2^-64. */
    @ParameterizedTest
    @MethodSource("cases")
    void open_afterOneBitOfTheBodyChanged_isRefused(Case each) {
        byte[] bytes = encrypted(each, new long[] {7}, 9).bytes();
        var draws = new SplittableRandom(12);
        for (int i = 0; i < 20; i++) {
            byte[] changed = bytes.clone();
            int bit = draws.nextInt(37 * Byte.SIZE, bytes.length * Byte.SIZE);
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            rejected(() -> opened(each, each.scheme().read(changed, new SlotMax(9)), noNoise(each)));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void open_withoutNoise_isRefused(Case each) {
        var sum = encrypted(each, new long[] {1}, 1);
        outOfLimits(() -> each.owner().open(sum));
        var finished = each.scheme().finish(sum, noNoise(each), random);
        assertTrue(finished.finished());
        assertFalse(sum.finished());
        outOfLimits(() -> each.scheme().add(finished, sum));
        outOfLimits(() -> each.scheme().add(sum, finished));
        outOfLimits(() -> each.scheme().finish(finished, noNoise(each), random));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void finish_withNoiseOutOfBounds_isRefused(Case each) {
        var sum = encrypted(each, new long[] {1}, 1);
        outOfLimits(() -> each.scheme().finish(sum, new long[each.limits().slots() - 1], random));
        long beyond = each.limits().noiseMax() + 1;
        for (long wrong : new long[] {beyond, -beyond, Long.MIN_VALUE, Long.MAX_VALUE}) {
            long[] noise = noNoise(each);
            noise[2] = wrong;
            outOfLimits(() -> each.scheme().finish(sum, noise, random));
        }
    }

    /** Who knows all that was added does not find the sum among what is opened, and no vector is made twice alike. */
    @ParameterizedTest
    @MethodSource("cases")
    void everyResult_hasFreshRandomness(Case each) {
        var sum = encrypted(each, new long[] {1}, 1);
        assertFalse(
                Arrays.equals(sum.bytes(), encrypted(each, new long[] {1}, 1).bytes()));
        var once = each.scheme().finish(sum, noNoise(each), random);
        var twice = each.scheme().finish(sum, noNoise(each), random);
        assertFalse(Arrays.equals(once.bytes(), sum.bytes()));
        assertFalse(Arrays.equals(once.bytes(), twice.bytes()));
    }

    /** A sender who lies about its greatest value: what comes out of bounds is refused as a whole. */
    @ParameterizedTest
    @MethodSource("cases")
    void open_ofASlotBeyondItsBounds_isRefused(Case each) {
        long most = each.limits().sumMax();
        byte[] lie = encrypted(each, new long[] {most}, most).bytes();
        var read = each.scheme().read(lie, new SlotMax(1));
        rejected(() -> opened(each, read, alternating(each, each.limits().noiseMax())));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void limits_areThoseOfTheScheme(Case each) {
        switch (each.scheme()) {
            case PaillierScheme paillier ->
                assertEquals(new Limits(95, (1L << 30) - 1, (1L << 30) - 1, Integer.MAX_VALUE, 805), paillier.limits());
            case BfvScheme bfv -> {
                boolean profile = each.name().equals("AGG-4096");
                assertEquals(profile ? 4096 : 64, bfv.limits().slots());
                assertEquals((profile ? 1L << 23 : 1L << 37) - 1, bfv.limits().sumMax());
                assertEquals(
                        profile ? 37 + 100_352 : 37 + 6 * 64 / 8 * 49,
                        bfv.limits().ciphertextBytes());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nothing_printsWhatItHolds(Case each) {
        var sum = encrypted(each, new long[] {123_456}, 123_456);
        for (Object object : List.of(each.owner(), sum)) {
            assertEquals(object.getClass().getSimpleName(), object.toString());
        }
    }

    private EncryptedSum encrypted(Case each, long[] values, long max) {
        return each.scheme().encrypt(values, new SlotMax(max), random);
    }

    private long[] opened(Case each, EncryptedSum sum, long[] noise) {
        return each.owner().open(each.scheme().finish(sum, noise, random));
    }

    private static long[] noNoise(Case each) {
        return new long[each.limits().slots()];
    }

    private static long[] filled(Case each, long value) {
        return LongStream.generate(() -> value).limit(each.limits().slots()).toArray();
    }

    private static long[] alternating(Case each, long magnitude) {
        long[] noise = filled(each, magnitude);
        for (int slot = 1; slot < noise.length; slot += 2) {
            noise[slot] = -magnitude;
        }
        return noise;
    }

    private static void outOfLimits(Executable action) {
        assertEquals(
                Fault.OUT_OF_LIMITS, assertThrows(HeException.class, action).fault());
    }

    private static void rejected(Executable action) {
        assertEquals(Fault.REJECTED, assertThrows(HeException.class, action).fault());
    }
}
