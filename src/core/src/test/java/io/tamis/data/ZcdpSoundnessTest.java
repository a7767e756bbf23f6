package io.tamis.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * The conversion against the mechanism it is used for. What Gaussian noise really gives is known exactly (Balle and Wang
 * 2018, theorem 8): with mu = sqrt(2 rho), delta(eps) = Phi(mu/2 - eps/mu) - e^eps Phi(-mu/2 - eps/mu). A bound that
 * promises more than that would be a lie, whatever the algebra behind it.
 */
class ZcdpSoundnessTest {
    private static final DeltaE18 USUAL = new DeltaE18(1_000_000_000_000L);

    private record Budget(MicroRho rho, DeltaE18 delta) {}

    @Test
    void epsilon_ofAnyBudget_isKeptByGaussianNoise() {
        Samples.forAll(60_000, 2_000, ZcdpSoundnessTest::budget, budget -> {
            double epsilon = Zcdp.epsilon(budget.rho(), budget.delta()).value() / 1e6;
            double promised = budget.delta().value() / 1e18;
            assertTrue(gaussianDelta(budget.rho(), epsilon) <= promised, () -> budget + " gives " + epsilon);
        });
    }

    /** Sound would be easy with an epsilon of a million. A third less already is more than the noise can keep. */
    @Test
    void epsilon_ofAnyBudget_isNotFarAboveWhatIsNeeded() {
        Samples.forAll(61_000, 2_000, ZcdpSoundnessTest::budget, budget -> {
            double epsilon = Zcdp.epsilon(budget.rho(), budget.delta()).value() / 1e6;
            double promised = budget.delta().value() / 1e18;
            assertTrue(gaussianDelta(budget.rho(), epsilon * 2 / 3) > promised, () -> budget + " gives " + epsilon);
        });
    }

    @Test
    void rho_ofAnyEpsilon_isKeptByGaussianNoise() {
        Samples.forAll(62_000, 200, seed -> new MicroEpsilon(seed.nextLong(1_000, 20_000_000)), epsilon -> {
            MicroRho rho = Zcdp.rho(epsilon, USUAL);
            assertTrue(gaussianDelta(rho, epsilon.value() / 1e6) <= 1e-6);
        });
    }

    /**
     * {@link MicroEpsilon} ends somewhere, and there {@link Zcdp#epsilon} can only say "the greatest". That is no promise
     * to be turned round: rho alone is at least epsilon minus a little, never the same number.
     */
    @Test
    void rho_ofTheGreatestEpsilon_isBelowIt() {
        MicroRho rho = Zcdp.rho(new MicroEpsilon(MicroEpsilon.VALUE_MAX), USUAL);
        assertTrue(rho.value() < MicroEpsilon.VALUE_MAX);
        assertTrue(rho.value() > MicroEpsilon.VALUE_MAX / 2);
    }

    @Test
    void rho_withoutDelta_isRefused() {
        var one = new MicroEpsilon(1_000_000);
        assertThrows(DataException.class, () -> Zcdp.rho(one, DeltaE18.ZERO));
    }

    @Test
    void rho_withMoreDelta_isNeverLess() {
        long before = 0;
        for (long delta = 1; delta < 1_000_000_000_000_000L; delta *= 10) {
            long here =
                    Zcdp.rho(new MicroEpsilon(1_000_000), new DeltaE18(delta)).value();
            assertTrue(here > before, "delta " + delta);
            before = here;
        }
    }

    /** The oracle itself, at the point Balle and Wang's own analysis gives: eps 0 is the total variation distance. */
    @Test
    void gaussianDelta_ofKnownPoints_isTheKnownValue() {
        // mu = 1: Phi(1/2) - Phi(-1/2) = 0.3829249225480262 (68-95-99.7 tables give 0.3829).
        assertEquals(0.382_924_922_548, gaussianDelta(new MicroRho(500_000), 1e-12), 1e-6);
        // mu = 1, eps = 1: Phi(-1/2) - e Phi(-3/2) = 0.308537538726 - 2.718281828459 * 0.066807201269.
        assertEquals(0.126_936_737, gaussianDelta(new MicroRho(500_000), 1), 1e-8);
    }

    private static Budget budget(java.util.SplittableRandom seed) {
        long rho = (long) Math.pow(10, seed.nextDouble(1.5, 7));
        long delta = (long) Math.pow(10, seed.nextDouble(6, 15));
        return new Budget(new MicroRho(rho), new DeltaE18(delta));
    }

    /** With x = eps/mu - mu/2, y = x + mu and Mills' ratio m: e^eps phi(y) = phi(x), so delta = phi(x) (m(x) - m(y)). */
    private static double gaussianDelta(MicroRho rho, double epsilon) {
        double mu = Math.sqrt(2 * rho.value() / 1e6);
        double x = epsilon / mu - mu / 2;
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) * (mills(x) - mills(x + mu));
    }

    /** (1 - Phi(x)) / phi(x): Laplace's continued fraction, reflected for x below 0, summed directly near 0. */
    private static double mills(double x) {
        double phi = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
        if (x < 0) {
            return 1 / phi - mills(-x);
        }
        if (x < 2) {
            // Phi(x) - 1/2 = phi(x) (x + x^3/3 + x^5/15 + ...), Abramowitz and Stegun 26.2.11.
            double term = x;
            double sum = x;
            for (int i = 3; i < 100; i += 2) {
                term *= x * x / i;
                sum += term;
            }
            return 0.5 / phi - sum;
        }
        double fraction = x;
        for (int i = 400; i > 0; i--) {
            fraction = x + i / fraction;
        }
        return 1 / fraction;
    }
}
