package io.tamis.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZcdpTest {
    private static final DeltaE18 DELTA = new DeltaE18(1_000_000_000_000L);

    @ParameterizedTest
    @CsvSource({"1000000, 24355", "2000000, 88152", "4000000, 311064", "8000000, 1052357"})
    void rho_ofTheDesignsEpsilons_isTheDesignsRho(long epsilon, long rho) {
        assertEquals(new MicroRho(rho), Zcdp.rho(new MicroEpsilon(epsilon), DELTA));
    }

    @ParameterizedTest
    @CsvSource({"1000000, 24355", "2000000, 88152", "4000000, 311064", "8000000, 1052357"})
    void epsilon_aroundTheVectors_crossesThem(long epsilon, long rho) {
        assertTrue(Zcdp.epsilon(new MicroRho(rho), DELTA).value() <= epsilon);
        assertTrue(Zcdp.epsilon(new MicroRho(rho + 1), DELTA).value() > epsilon);
    }

    @Test
    void epsilon_isNeverUnderTheFormulaAtAnyAlpha_nearItsMinimum() {
        for (long rho : new long[] {1, 50, 24_355, 1_000_000, 50_000_000}) {
            double granted = Zcdp.epsilon(new MicroRho(rho), DELTA).value() / 1e6;
            double least = minimumByTernarySearch(rho / 1e6, 1e-6);
            assertTrue(granted >= least, "never below the true minimum");
            assertTrue(granted <= least * 1.00001 + 3e-6, "nor far above it");
        }
    }

    @Test
    void epsilon_isUnderTheSimplerBoundOfBunAndSteinke() {
        for (long rho : new long[] {100, 24_355, 500_000}) {
            double simple = rho / 1e6 + 2 * Math.sqrt(rho / 1e6 * Math.log(1e6));
            assertTrue(Zcdp.epsilon(new MicroRho(rho), DELTA).value() / 1e6 < simple);
        }
    }

    @Test
    void epsilon_growsWithRhoAndShrinksWithDelta() {
        long before = -1;
        for (long rho = 0; rho < 100_000; rho += 997) {
            long here = Zcdp.epsilon(new MicroRho(rho), DELTA).value();
            assertTrue(here > before);
            before = here;
        }
        var rho = new MicroRho(10_000);
        assertTrue(Zcdp.epsilon(rho, new DeltaE18(1)).compareTo(Zcdp.epsilon(rho, DELTA)) > 0);
    }

    @Test
    void rho_roundTrips_againstTheUser() {
        for (long epsilon : new long[] {0, 1, 1_000, 123_456, 10_000_000}) {
            MicroRho rho = Zcdp.rho(new MicroEpsilon(epsilon), DELTA);
            assertTrue(Zcdp.epsilon(rho, DELTA).value() <= epsilon);
        }
        assertEquals(MicroRho.ZERO, Zcdp.rho(MicroEpsilon.ZERO, DELTA));
    }

    @Test
    void epsilon_ofNothing_isNothing() {
        assertEquals(MicroEpsilon.ZERO, Zcdp.epsilon(MicroRho.ZERO, DELTA));
    }

    @Test
    void epsilon_ofEverything_staysInRange() {
        assertEquals(
                MicroEpsilon.VALUE_MAX,
                Zcdp.epsilon(new MicroRho(MicroRho.VALUE_MAX), DELTA).value());
    }

    @Test
    void epsilon_withoutDelta_isRefused() {
        assertEquals(
                Code.INVALID_REQUEST,
                assertThrows(DataException.class, () -> Zcdp.epsilon(new MicroRho(1), DeltaE18.ZERO))
                        .code());
    }

    private static double minimumByTernarySearch(double rho, double delta) {
        double low = Math.log(1e-6);
        double high = Math.log(1e9);
        for (int i = 0; i < 300; i++) {
            double third = (high - low) / 3;
            if (formula(rho, delta, Math.exp(low + third)) < formula(rho, delta, Math.exp(high - third))) {
                high -= third;
            } else {
                low += third;
            }
        }
        return formula(rho, delta, Math.exp(low));
    }

    private static double formula(double rho, double delta, double shift) {
        double alpha = 1 + shift;
        return rho * alpha + Math.log(1 / (alpha * delta)) / shift + Math.log(shift) - Math.log(alpha);
    }
}
