package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Charge;
import io.tamis.data.DataException;
import io.tamis.data.DeltaE18;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossTest {
    @ParameterizedTest
    @EnumSource
    void split_isEvenWithTheRemainderFirst(Mechanism mechanism) {
        assertEquals(
                List.of(mechanism.loss(334), mechanism.loss(333), mechanism.loss(333)),
                mechanism.loss(1_000).split(3));
        assertEquals(List.of(mechanism.loss(7)), mechanism.loss(7).split(1));
    }

    @ParameterizedTest
    @EnumSource
    void split_alwaysAddsUpToTheWhole(Mechanism mechanism) {
        Samples.forAll(
                1, 1_000, random -> new long[] {random.nextInt(1, 18), random.nextLong(20, 1L << 50)}, sample -> {
                    Loss whole = mechanism.loss(sample[1]);
                    List<Loss> shares = whole.split((int) sample[0]);
                    assertEquals(whole, shares.stream().reduce(Loss::plus).orElseThrow());
                    assertTrue(shares.stream().allMatch(share -> share.micro() >= 1));
                });
    }

    @ParameterizedTest
    @EnumSource
    void split_ofLessThanOneEach_isRefused(Mechanism mechanism) {
        assertThrows(PrivacyException.class, () -> mechanism.loss(2).split(3));
        assertThrows(PrivacyException.class, () -> mechanism.loss(0).split(1));
        assertThrows(PrivacyException.class, () -> mechanism.loss(5).split(0));
    }

    @Test
    void charge_isInTheMechanismsOwnUnit() {
        assertEquals(Charge.ofRho(new MicroRho(5)), new Loss.Zcdp(new MicroRho(5)).charge());
        assertEquals(
                new Charge(MicroRho.ZERO, DeltaE18.ZERO, new MicroEpsilon(5)),
                new Loss.Pure(new MicroEpsilon(5)).charge());
    }

    /** A sum of both would be neither; a budget holds one kind. */
    @Test
    void plus_ofTwoKinds_isRefused() {
        assertThrows(
                PrivacyException.class, () -> Mechanism.PURE_LAPLACE.loss(1).plus(Mechanism.ZCDP_GAUSSIAN.loss(1)));
    }

    @ParameterizedTest
    @EnumSource
    void plus_beyondAnyBudget_isRefused(Mechanism mechanism) {
        Loss most = mechanism.loss(MicroRho.VALUE_MAX);
        assertThrows(DataException.class, () -> most.plus(mechanism.loss(1)));
        assertThrows(DataException.class, () -> mechanism.loss(-1));
    }

    @Test
    void amount_namesTheMemberOfARequest() {
        assertEquals("rhoMicro", Mechanism.ZCDP_GAUSSIAN.amount());
        assertEquals("epsilonMicro", Mechanism.PURE_LAPLACE.amount());
    }
}
