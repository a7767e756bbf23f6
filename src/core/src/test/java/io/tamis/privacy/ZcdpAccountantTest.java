package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Clamp;
import io.tamis.data.MicroRho;
import org.junit.jupiter.api.Test;

class ZcdpAccountantTest {
    /** Sigma is made from the charge and the charge from sigma: both formulas agree, exactly. */
    @Test
    void charge_ofTheNoiseItBought_isItself() {
        Samples.forAll(
                2,
                1_000,
                random ->
                        new long[] {random.nextInt(1, 1_000_000), random.nextInt(1, 100), random.nextInt(1, 1_000_000)},
                sample -> {
                    var measure = new Measure.Sum(new Clamp(0, sample[0]));
                    var charge = new MicroRho(sample[2]);
                    var variance = GaussianVariance.of(measure, (int) sample[1], charge);
                    assertEquals(charge, ZcdpAccountant.charge(measure, (int) sample[1], variance));
                });
    }

    @Test
    void charge_isRoundedUp() {
        // 1 / (2*3) rho = 166,666.67 micro-rho.
        assertEquals(new MicroRho(166_667), ZcdpAccountant.charge(Specs.USERS, 1, SamplersTest.variance(3, 1)));
        assertEquals(new MicroRho(500_000), ZcdpAccountant.charge(Specs.USERS, 1, SamplersTest.variance(1, 1)));
    }

    @Test
    void charge_beyondAnyBudget_isRefused() {
        var measure = new Measure.Sum(new Clamp(0, 1L << 50));
        assertThrows(PrivacyException.class, () -> ZcdpAccountant.charge(measure, 1, SamplersTest.variance(1, 1)));
    }
}
