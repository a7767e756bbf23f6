package io.tamis.holder.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.Samples;
import io.tamis.he.mask.BitMask;
import io.tamis.holder.ticket.DecryptionTicket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OverlapsTest {
    @Test
    void masks_withNothingInCommon_overlapOnce() {
        assertEquals(1, Overlaps.most(List.of(BitMask.of(100, i -> i % 2 == 0), BitMask.of(100, i -> i % 2 == 1))));
        assertEquals(0, Overlaps.most(List.of(BitMask.of(100, i -> false))));
    }

    @Test
    void masks_allFull_overlapAsOftenAsThereAreSegments() {
        var full = BitMask.of(9, i -> true);
        assertEquals(64, Overlaps.most(Collections.nCopies(64, full)));
    }

    /** Against counting position by position. */
    @Test
    void most_ofRandomMasks_isWhatASlowCountSays() {
        Samples.forAll(20261124, 300, OverlapsTest::masks, masks -> assertEquals(slow(masks), Overlaps.most(masks)));
    }

    private static List<BitMask> masks(SplittableRandom random) {
        int bits = 1 + random.nextInt(70);
        int odds = 1 + random.nextInt(20);
        var masks = new ArrayList<BitMask>();
        int count = 1 + random.nextInt(DecryptionTicket.SEGMENTS_MAX);
        for (int i = 0; i < count; i++) {
            masks.add(BitMask.of(bits, position -> random.nextInt(odds) == 0));
        }
        return masks;
    }

    private static int slow(List<BitMask> masks) {
        int most = 0;
        for (int position = 0; position < masks.getFirst().bits(); position++) {
            int at = position;
            most = Math.max(
                    most, (int) masks.stream().filter(mask -> mask.get(at)).count());
        }
        return most;
    }
}
