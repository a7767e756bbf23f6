package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Clamp;
import io.tamis.data.MicroRho;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZcdpAccountantTest {
    @Test
    void split_isEvenWithTheRemainderFirst() {
        assertEquals(
                List.of(new MicroRho(334), new MicroRho(333), new MicroRho(333)),
                ZcdpAccountant.split(new MicroRho(1_000), 3));
        assertEquals(List.of(new MicroRho(7)), ZcdpAccountant.split(new MicroRho(7), 1));
    }

    @Test
    void split_alwaysAddsUpToTheCharge() {
        Samples.forAll(
                1, 1_000, random -> new long[] {random.nextInt(1, 18), random.nextLong(20, 1L << 50)}, sample -> {
                    List<MicroRho> shares = ZcdpAccountant.split(new MicroRho(sample[1]), (int) sample[0]);
                    assertEquals(
                            sample[1],
                            shares.stream().mapToLong(MicroRho::value).sum());
                    assertTrue(shares.stream().allMatch(share -> share.value() >= 1));
                });
    }

    @Test
    void split_ofLessThanOneEach_isRefused() {
        assertThrows(PrivacyException.class, () -> ZcdpAccountant.split(new MicroRho(2), 3));
        assertThrows(PrivacyException.class, () -> ZcdpAccountant.split(MicroRho.ZERO, 1));
        assertThrows(PrivacyException.class, () -> ZcdpAccountant.split(new MicroRho(5), 0));
    }

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
