package io.tamis.synthetic;

import java.util.Arrays;

/** Ranks 0 to n - 1, rank r with probability in proportion to 1 / (r + 1). Sums and quotients only, so exact everywhere. */
final class Zipf {
    private final double[] cumulative;

    Zipf(int ranks) {
        cumulative = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += 1.0 / (rank + 1);
            cumulative[rank] = sum;
        }
        for (int rank = 0; rank < ranks; rank++) {
            cumulative[rank] /= sum;
        }
    }

    /** The rank that a number of [0, 1) falls to. */
    int rank(double unit) {
        int found = Arrays.binarySearch(cumulative, unit);
        // An exact hit on an upper end belongs to the next rank; the last end is 1, which no draw reaches.
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The probability of a rank. */
    double probability(int rank) {
        return rank == 0 ? cumulative[0] : cumulative[rank] - cumulative[rank - 1];
    }
}
