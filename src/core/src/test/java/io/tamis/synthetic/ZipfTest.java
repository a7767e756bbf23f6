package io.tamis.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipfTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 200})
    void probabilities_areInProportionToOneOverRank(int ranks) {
        var zipf = new Zipf(ranks);
        double harmonic = 0;
        for (int rank = 1; rank <= ranks; rank++) {
            harmonic += 1.0 / rank;
        }
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            assertEquals(1 / harmonic / (rank + 1), zipf.probability(rank), 1e-12);
            sum += zipf.probability(rank);
        }
        assertEquals(1, sum, 1e-12);
    }

    @Test
    void rank_atTheEnds_isFirstAndLast() {
        var zipf = new Zipf(7);
        assertEquals(0, zipf.rank(0));
        assertEquals(6, zipf.rank(1 - 0x1p-53));
        assertEquals(0, new Zipf(1).rank(.999));
    }

    /** [lower, upper): a draw on an upper end belongs to the next rank. */
    @Test
    void rank_onABorder_isTheNext() {
        var zipf = new Zipf(2);
        double border = zipf.probability(0);
        assertEquals(0, zipf.rank(Math.nextDown(border)));
        assertEquals(1, zipf.rank(border));
    }

    @Test
    void ranks_drawn_haveTheirShares() {
        var zipf = new Zipf(Planted.CATEGORIES);
        var counts = new int[Planted.CATEGORIES];
        int draws = 300_000;
        for (long i = 0; i < draws; i++) {
            counts[zipf.rank(Draws.unit(Draws.personKey(new Seed(1), i), Stream.SHOP_CATEGORY.number()))]++;
        }
        for (int rank = 0; rank < counts.length; rank++) {
            double p = zipf.probability(rank);
            // 6.5 standard deviations in each of 200 ranks: false alarm under 2e-8.
            assertTrue(Math.abs(counts[rank] - draws * p) < 6.5 * Math.sqrt(draws * p), "rank " + rank);
        }
    }
}
