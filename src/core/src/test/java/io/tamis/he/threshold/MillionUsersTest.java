package io.tamis.he.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.he.Aggregate;
import io.tamis.he.Bfv;
import io.tamis.he.CipherHeader;
import io.tamis.he.Ciphertext;
import io.tamis.he.Encoding;
import io.tamis.he.Encryptor;
import io.tamis.he.HeParams;
import io.tamis.he.Schemes;
import io.tamis.he.mask.BitMask;
import io.tamis.he.mask.FreshMaskForms;
import io.tamis.he.mask.MaskSums;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** End to end at the default profile: 1,003,520 users, two of two holders, floods of 98 bits. */
class MillionUsersTest {
    private static final int USERS = 1_003_520;
    private static final int CENTS_MAX = 500_000;

    private static final Bfv SCHEME = Bfv.of(HeParams.AGG_8192);
    private static final Holders HOLDERS = Holders.additive(SCHEME, 2);

    @Test
    void open_ofAMaskedMillion_isExactAndWithNoiseSevenExactPlusSeven() {
        long[] cents = new SplittableRandom(20260511).longs(USERS, 0, CENTS_MAX).toArray();
        var mask = BitMask.of(USERS, oneInThree());
        long expected = IntStream.range(0, USERS)
                .filter(mask::get)
                .mapToLong(i -> cents[i])
                .sum();
        var sum = masked(cents, mask);
        assertEquals(123, sum.summed());
        var request = HOLDERS.request(sum, ActiveSet.of(1, 2), Outputs.FIRST);
        assertTrue(request.bounds().floodBits() >= 97);
        assertEquals(expected, HOLDERS.openFirst(sum));
        // The first holder adds 7, the second nothing.
        var first = HOLDERS.shares(sum, ActiveSet.of(1, 2), Outputs.FIRST, new long[] {7})
                .get(0);
        var second = HOLDERS.shares(sum, ActiveSet.of(1, 2), Outputs.FIRST, new long[] {0})
                .get(1);
        long[] opened = new Combiner(SCHEME)
                .open(sum, ActiveSet.of(1, 2), List.of(first, second), Outputs.FIRST, new OpenedMax(expected + 7));
        assertEquals(expected + 7, opened[0]);
    }

    private static IntPredicate oneInThree() {
        var random = new SplittableRandom(20260512);
        var bits = new boolean[USERS];
        for (int i = 0; i < USERS; i++) {
            bits[i] = random.nextInt(3) == 0;
        }
        return i -> bits[i];
    }

    private static Aggregate masked(long[] tags, BitMask mask) {
        var encryptor = new Encryptor(HOLDERS.key());
        var sums = new MaskSums(SCHEME, new FreshMaskForms(SCHEME), 1);
        int n = SCHEME.params().n();
        for (int block = 0; block < mask.blocks(n); block++) {
            long[] values = Arrays.copyOfRange(tags, block * n, Math.min(tags.length, (block + 1) * n));
            CipherHeader header = Schemes.header(SCHEME, block, Encoding.TAGS, values.length);
            Ciphertext made = encryptor.encrypt(header, values, Schemes.seed(block), Schemes.seed(10_000 + block));
            sums.add(made, block, List.of(mask));
        }
        return sums.finish().getFirst();
    }
}
