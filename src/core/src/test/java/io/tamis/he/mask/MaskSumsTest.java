package io.tamis.he.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Samples;
import io.tamis.he.Aggregate;
import io.tamis.he.Bfv;
import io.tamis.he.CipherHeader;
import io.tamis.he.Ciphertext;
import io.tamis.he.CollectiveKey;
import io.tamis.he.Encoding;
import io.tamis.he.Encryptor;
import io.tamis.he.HeException;
import io.tamis.he.KeyEpoch;
import io.tamis.he.Schemes;
import io.tamis.he.threshold.Holders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaskSumsTest {
    private static final Bfv SCHEME = Schemes.SMALL;
    private static final Holders HOLDERS = Holders.additive(SCHEME, 2);
    private static final CollectiveKey KEY = HOLDERS.key();
    private static final int USERS = 150;

    private static final long[] TAGS =
            new SplittableRandom(5).longs(USERS, -500, 500).toArray();
    private static final List<Ciphertext> BLOCKS = blocks(TAGS, 0);

    @Test
    void finish_ofEachSegment_isTheSumOfItsUsers() {
        Samples.forAll(20260508, 20, SplittableRandom::nextLong, seed -> {
            var random = new SplittableRandom(seed);
            var masks = IntStream.range(0, 3)
                    .mapToObj(s -> BitMask.of(USERS, i -> i == s || random.nextInt(4) == s))
                    .toList();
            var sums = summed(masks, new FreshMaskForms(SCHEME), BLOCKS);
            for (int s = 0; s < 3; s++) {
                assertEquals(expected(masks.get(s)), HOLDERS.openFirst(sums.get(s)));
            }
        });
    }

    @Test
    void finish_ofAnotherOrderOrACache_isTheSameBytes() {
        var masks = List.of(BitMask.of(USERS, i -> i % 2 == 0), BitMask.of(USERS, i -> i % 7 == 3));
        var straight = summed(masks, new FreshMaskForms(SCHEME), BLOCKS);
        var cache = new CachedMaskForms(SCHEME, 1 << 20);
        var backwards = new MaskSums(SCHEME, cache, 2);
        for (int block = BLOCKS.size() - 1; block >= 0; block--) {
            backwards.add(BLOCKS.get(block), block, masks);
        }
        var cachedAgain = summed(masks, cache, BLOCKS);
        var reversed = backwards.finish();
        for (int s = 0; s < 2; s++) {
            assertEquals(straight.get(s).hash(), reversed.get(s).hash());
            assertEquals(straight.get(s).hash(), cachedAgain.get(s).hash());
            assertEquals(3, straight.get(s).summed());
        }
    }

    @Test
    void add_blocksWithoutTheSegment_areNotCounted() {
        var sum = summed(List.of(BitMask.of(USERS, i -> i == 70)), new FreshMaskForms(SCHEME), BLOCKS);
        assertEquals(1, sum.getFirst().summed());
        assertEquals(TAGS[70], HOLDERS.openFirst(sum.getFirst()));
    }

    /** Everybody can read a ciphertext of nothing: c1 = 0. */
    @Test
    void finish_ofASegmentWithoutAnybody_isRefused() {
        var sums = new MaskSums(SCHEME, new FreshMaskForms(SCHEME), 1);
        var nobody = BitMask.of(USERS, i -> false);
        for (int block = 0; block < BLOCKS.size(); block++) {
            sums.add(BLOCKS.get(block), block, List.of(nobody));
        }
        assertThrows(HeException.class, sums::finish);
    }

    /** The bound counts each fresh noise once: twice the same would be twice as much. */
    @Test
    void add_ofTheSameCiphertextTwice_isRefused() {
        var sums = new MaskSums(SCHEME, new FreshMaskForms(SCHEME), 1);
        var all = List.of(BitMask.of(USERS, i -> true));
        sums.add(BLOCKS.get(0), 0, all);
        var copy = Ciphertext.read(SCHEME, BLOCKS.get(0).bytes());
        assertThrows(HeException.class, () -> sums.add(copy, 1, all));
    }

    @Test
    void add_ofABlockThatDoesNotFitTheMask_isRefused() {
        var sums = new MaskSums(SCHEME, new FreshMaskForms(SCHEME), 1);
        var all = List.of(BitMask.of(USERS, i -> true));
        assertThrows(HeException.class, () -> sums.add(BLOCKS.get(0), 3, all));
        assertThrows(HeException.class, () -> sums.add(BLOCKS.get(1), -1, all));
        // The last block has 22 positions, the others 64.
        assertThrows(HeException.class, () -> sums.add(BLOCKS.get(2), 1, all));
        var fewer = List.of(BitMask.of(USERS - 1, i -> true));
        var others = new MaskSums(SCHEME, new FreshMaskForms(SCHEME), 1);
        assertThrows(HeException.class, () -> others.add(BLOCKS.get(2), 2, fewer));
    }

    /** Products under two keys open to nothing: no holder has both. */
    @Test
    void add_ofAnotherKeyEpoch_isRefused() {
        var sums = new MaskSums(SCHEME, new FreshMaskForms(SCHEME), 1);
        var all = List.of(BitMask.of(USERS, i -> true));
        sums.add(BLOCKS.get(0), 0, all);
        var header = BLOCKS.get(1).header();
        var other = new CipherHeader(
                header.kind(), header.params(), new KeyEpoch(4), header.alignment(), 1, Encoding.TAGS, 64);
        var made = new Encryptor(KEY).encrypt(other, new long[64], Schemes.seed(1), Schemes.seed(2));
        assertThrows(HeException.class, () -> sums.add(made, 1, all));
    }

    @Test
    void add_ofBuckets_isRefused() {
        var sums = new MaskSums(SCHEME, new FreshMaskForms(SCHEME), 1);
        var buckets = new Encryptor(KEY)
                .encrypt(
                        Schemes.header(SCHEME, 0, Encoding.BUCKETS, 64),
                        new long[64],
                        Schemes.seed(1),
                        Schemes.seed(2));
        assertThrows(HeException.class, () -> sums.add(buckets, 0, List.of(BitMask.of(USERS, i -> true))));
    }

    @Test
    void add_ofMasksForOtherSegments_isRefused() {
        var sums = new MaskSums(SCHEME, new FreshMaskForms(SCHEME), 2);
        assertThrows(HeException.class, () -> sums.add(BLOCKS.get(0), 0, List.of(BitMask.of(USERS, i -> true))));
        assertThrows(HeException.class, () -> new MaskSums(SCHEME, new FreshMaskForms(SCHEME), 0));
        assertThrows(
                HeException.class, () -> new MaskSums(SCHEME, new FreshMaskForms(SCHEME), MaskSums.SEGMENTS_MAX + 1));
    }

    @Test
    void cache_keepsWithinItsBound() {
        long form = 64 * 3 * Double.BYTES;
        var cache = new CachedMaskForms(SCHEME, 2 * form);
        var mask = BitMask.of(USERS, i -> true);
        var first = cache.form(mask, 0);
        assertEquals(form, cache.bytes());
        cache.form(mask, 1);
        assertEquals(first, cache.form(mask, 0));
        cache.form(mask, 2);
        assertEquals(2 * form, cache.bytes());
        // Block 0 was asked for after block 1, which had to go.
        assertEquals(first, cache.form(mask, 0));
        assertEquals(0, emptied().bytes());
    }

    private static CachedMaskForms emptied() {
        var none = new CachedMaskForms(SCHEME, 0);
        none.form(BitMask.of(USERS, i -> true), 0);
        return none;
    }

    @Test
    void sum_ofPlainCiphertexts_refusesDoublesAndStrangers() {
        var other = Schemes.header(SCHEME, 9, Encoding.BUCKETS, 64);
        var buckets = new Encryptor(KEY).encrypt(other, new long[64], Schemes.seed(1), Schemes.seed(2));
        assertThrows(HeException.class, () -> Aggregate.sum(SCHEME, List.of()));
        assertThrows(HeException.class, () -> Aggregate.sum(SCHEME, Collections.nCopies(2, BLOCKS.get(0))));
        assertThrows(HeException.class, () -> Aggregate.sum(SCHEME, List.of(BLOCKS.get(0), buckets)));
    }

    @Test
    void aggregate_readFromItsBody_hasTheSameHash() {
        var sum = Aggregate.sum(SCHEME, BLOCKS);
        assertEquals(sum.hash(), Aggregate.read(SCHEME, sum.body(), 3).hash());
        var body = sum.body();
        assertThrows(
                HeException.class, () -> Aggregate.read(SCHEME, java.util.Arrays.copyOf(body, body.length - 1), 3));
        java.util.Arrays.fill(body, body.length / 2, body.length, (byte) 0);
        assertThrows(HeException.class, () -> Aggregate.read(SCHEME, body, 3));
    }

    private static long expected(BitMask mask) {
        return IntStream.range(0, USERS)
                .filter(mask::get)
                .mapToLong(i -> TAGS[i])
                .sum();
    }

    private static List<Aggregate> summed(List<BitMask> masks, MaskForms forms, List<Ciphertext> blocks) {
        var sums = new MaskSums(SCHEME, forms, masks.size());
        for (int block = 0; block < blocks.size(); block++) {
            sums.add(blocks.get(block), block, masks);
        }
        return sums.finish();
    }

    private static List<Ciphertext> blocks(long[] tags, int firstSlot) {
        var blocks = new ArrayList<Ciphertext>();
        var encryptor = new Encryptor(KEY);
        for (int from = 0; from < tags.length; from += 64) {
            int slot = firstSlot + from / 64;
            long[] values = java.util.Arrays.copyOfRange(tags, from, Math.min(tags.length, from + 64));
            blocks.add(encryptor.encrypt(
                    Schemes.header(SCHEME, slot, Encoding.TAGS, values.length),
                    values,
                    Schemes.seed(1000 + slot),
                    Schemes.seed(2000 + slot)));
        }
        return blocks;
    }
}
