package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.MicroRho;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ExactNoiseTest {
    private static final GaussianVariance VARIANCE = GaussianVariance.of(Specs.USERS, 1, new MicroRho(1_000));

    /** Two releases at once share one source: no draw is lost, none is seen twice, the spread is right. */
    @Test
    void gaussian_fromFourThreads_staysGaussian() throws InterruptedException, ExecutionException {
        Noise noise = new ExactNoise(InsecureSeededRandom.bits(1));
        Callable<List<Long>> draws = () -> draws(noise, 20_000);
        var all = new ArrayList<Long>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (Future<List<Long>> part : threads.invokeAll(List.of(draws, draws, draws, draws))) {
                all.addAll(part.get());
            }
        }
        assertEquals(80_000, all.size());
        double squares =
                all.stream().mapToDouble(drawn -> (double) drawn * drawn).sum();
        // The interleaving is not repeatable, the distribution is: six standard errors, 2e-9.
        assertEquals(500, squares / 80_000, 6 * 500 * Math.sqrt(2.0 / 80_000));
    }

    @Test
    void gaussian_ofOneSeed_isRepeatable_ofAnotherIsNot() {
        assertEquals(draws(noise(5), 100), draws(noise(5), 100));
        assertNotEquals(draws(noise(5), 100), draws(noise(6), 100));
    }

    /** Cells are independent: the correlation of neighbouring draws is within 5 standard errors of none. */
    @Test
    void gaussian_ofNeighbouringCells_isIndependent() {
        List<Long> drawn = draws(noise(7), 100_000);
        double products = 0;
        for (int i = 1; i < drawn.size(); i++) {
            products += (double) drawn.get(i) * drawn.get(i - 1);
        }
        assertEquals(0, products / drawn.size() / 500, 5 / Math.sqrt(drawn.size()));
    }

    /** As many draws above zero as below. */
    @Test
    void gaussian_isSymmetric() {
        List<Long> drawn = draws(noise(8), 100_000);
        long above = drawn.stream().filter(x -> x > 0).count();
        long below = drawn.stream().filter(x -> x < 0).count();
        assertTrue(Math.abs(above - below) < 5 * Math.sqrt(100_000));
    }

    private static Noise noise(long seed) {
        return new ExactNoise(InsecureSeededRandom.bits(seed));
    }

    private static List<Long> draws(Noise noise, int count) {
        var drawn = new ArrayList<Long>(count);
        for (int i = 0; i < count; i++) {
            drawn.add(noise.draw(VARIANCE));
        }
        return drawn;
    }
}
