package io.tamis.he.threshold;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.he.Aggregate;
import io.tamis.he.Bfv;
import io.tamis.he.Ciphertext;
import io.tamis.he.Encoding;
import io.tamis.he.Encryptor;
import io.tamis.he.HeParams;
import io.tamis.he.Schemes;
import io.tamis.he.mask.BitMask;
import io.tamis.he.mask.FreshMaskForms;
import io.tamis.he.mask.MaskSums;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real profiles at their real sizes, with the holders and the flooding they are for. */
class ProfilesTest {
    @ParameterizedTest
    @CsvSource({"AGG-4096, 1, 1", "AGG-8192, 2, 2", "AGG-8192, 2, 3", "AGG-8192, 5, 8", "AGG-8192-HI, 2, 3"})
    void open_ofAMaskedSum_isExact(String profile, int threshold, int holders) {
        var scheme = Bfv.of(HeParams.named(profile).orElseThrow());
        var key = holders == 1 ? Holders.additive(scheme, 1) : Holders.shamir(scheme, threshold, holders);
        int n = scheme.params().n();
        int users = n + 100;
        long[] tags = new SplittableRandom(8).longs(users, -1000, 1001).toArray();
        var mask = BitMask.of(users, i -> i % 5 != 2);
        var sum = masked(key, tags, mask);
        long expected = IntStream.range(0, users)
                .filter(mask::get)
                .mapToLong(i -> tags[i])
                .sum();
        var active = ActiveSet.of(IntStream.rangeClosed(holders - threshold + 1, holders)
                .mapToObj(HolderIndex::new)
                .toList());
        assertTrue(key.request(sum, active, Outputs.FIRST).bounds().admitted());
        assertEquals(expected, key.open(sum, active, Outputs.FIRST, new long[1])[0]);
    }

    /** Counts of several platforms' buckets, with noise of each active holder. */
    @Test
    void open_ofBucketsOfThreePlatforms_isTheirSumAndTheNoise() {
        var scheme = Bfv.of(HeParams.AGG_8192);
        var key = Holders.shamir(scheme, 2, 3);
        var encryptor = new Encryptor(key.key());
        var batches = new ArrayList<Ciphertext>();
        for (int platform = 0; platform < 3; platform++) {
            int factor = platform + 1;
            long[] counts =
                    IntStream.range(0, 500).mapToLong(i -> (long) factor * i).toArray();
            batches.add(encryptor.encrypt(
                    Schemes.header(scheme, platform, Encoding.BUCKETS, 500),
                    counts,
                    Schemes.seed(20 + platform),
                    Schemes.seed(30 + platform)));
        }
        var sum = Aggregate.sum(scheme, batches);
        var noise = new long[500];
        noise[3] = 11;
        long[] opened = key.open(sum, ActiveSet.of(2, 3), Outputs.first(500), noise);
        long[] expected = IntStream.range(0, 500).mapToLong(i -> 6L * i).toArray();
        expected[3] += 22;
        assertArrayEquals(expected, opened);
    }

    /** Each platform has its own positions and its own mask; the sum is over both. */
    @Test
    void open_ofTwoDatasetsUnderTheirOwnMasks_isTheSumOfBoth() {
        var scheme = Schemes.SMALL;
        var key = Holders.shamir(scheme, 2, 3);
        var sums = new MaskSums(scheme, new FreshMaskForms(scheme), 2);
        long expected = 0;
        long others = 0;
        for (int dataset = 0; dataset < 2; dataset++) {
            int users = 64 + 30 * dataset;
            long[] tags = new SplittableRandom(dataset).longs(users, 0, 100).toArray();
            int rest = dataset;
            var mask = BitMask.of(users, i -> i % 3 == rest);
            var complement = BitMask.of(users, i -> i % 3 != rest);
            for (int i = 0; i < users; i++) {
                expected += mask.get(i) ? tags[i] : 0;
                others += mask.get(i) ? 0 : tags[i];
            }
            add(sums, key, tags, List.of(mask, complement), 10 * dataset);
        }
        var aggregates = sums.finish();
        assertEquals(expected, key.open(aggregates.get(0), ActiveSet.of(1, 3), Outputs.FIRST, new long[1])[0]);
        assertEquals(others, key.open(aggregates.get(1), ActiveSet.of(1, 2), Outputs.FIRST, new long[1])[0]);
    }

    private static Aggregate masked(Holders key, long[] tags, BitMask mask) {
        var scheme = key.key().scheme();
        var sums = new MaskSums(scheme, new FreshMaskForms(scheme), 1);
        add(sums, key, tags, List.of(mask), 0);
        return sums.finish().getFirst();
    }

    private static void add(MaskSums sums, Holders key, long[] tags, List<BitMask> masks, int firstSlot) {
        var scheme = key.key().scheme();
        int n = scheme.params().n();
        for (int block = 0; block * n < tags.length; block++) {
            long[] values = java.util.Arrays.copyOfRange(tags, block * n, Math.min(tags.length, (block + 1) * n));
            int slot = firstSlot + block;
            var made = new Encryptor(key.key())
                    .encrypt(
                            Schemes.header(scheme, slot, Encoding.TAGS, values.length),
                            values,
                            Schemes.seed(500 + slot),
                            Schemes.seed(600 + slot));
            sums.add(made, block, masks);
        }
    }
}
