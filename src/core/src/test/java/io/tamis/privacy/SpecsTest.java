package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Charge;
import io.tamis.data.Clamp;
import io.tamis.data.DeltaE18;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** An invalid spec cannot exist. */
class SpecsTest {
    private static final List<Statistic> ASK_USERS = List.of(new Statistic.Users());
    private static final Layout ONE_COLUMN = new Layout(List.of(), List.of(new Layout.Named("n", 0)));

    @Test
    void measures_haveTheirBounds() {
        assertEquals(1, Specs.USERS.bound());
        assertEquals(5, Specs.ROWS.bound());
        assertEquals(15_000, Specs.AMOUNT.bound());
        assertEquals(100, Specs.BALANCE.bound());
        refused(() -> new Measure.Count(0));
        refused(() -> new Measure.Sum(new Clamp(0, 0)));
    }

    @Test
    void kernelSpec_needsUsersFirstAndOnce() {
        refused(() -> new KernelSpec(1, 1, List.of()));
        refused(() -> new KernelSpec(1, 1, List.of(Specs.ROWS)));
        refused(() -> new KernelSpec(1, 1, List.of(Specs.ROWS, Specs.USERS)));
        refused(() -> new KernelSpec(1, 1, List.of(Specs.USERS, Specs.USERS)));
        refused(() -> new KernelSpec(1, 1, many(KernelSpec.MEASURES_MAX)));
        assertEquals(
                17,
                new KernelSpec(1, 1, many(KernelSpec.MEASURES_MAX - 1))
                        .measures()
                        .size());
    }

    @Test
    void kernelSpec_keepsToItsGroups() {
        refused(() -> new KernelSpec(0, 1, List.of(Specs.USERS)));
        refused(() -> new KernelSpec(KernelSpec.GROUPS_MAX + 1, 1, List.of(Specs.USERS)));
        refused(() -> new KernelSpec(3, 0, List.of(Specs.USERS)));
        refused(() -> new KernelSpec(3, 4, List.of(Specs.USERS)));
    }

    @Test
    void releaseSpec_isConsistent() {
        var kernel = new KernelSpec(1, 1, List.of(Specs.USERS, Specs.ROWS));
        List<Loss> shares = new Loss.Zcdp(new MicroRho(10)).split(2);
        assertEquals(
                Charge.ofRho(new MicroRho(10)),
                new ReleaseSpec(kernel, shares, 1, List.of(), ASK_USERS, ONE_COLUMN).charge());
        refused(() -> new ReleaseSpec(kernel, shares.subList(0, 1), 1, List.of(), ASK_USERS, ONE_COLUMN));
        refused(() -> new ReleaseSpec(
                kernel, List.of(shares.getFirst(), new Loss.Zcdp(MicroRho.ZERO)), 1, List.of(), ASK_USERS, ONE_COLUMN));
        refused(() -> new ReleaseSpec(kernel, shares, 0, List.of(), ASK_USERS, ONE_COLUMN));
        refused(() -> new ReleaseSpec(kernel, shares, 1, List.of(Specs.key("k", 2)), ASK_USERS, ONE_COLUMN));
        refused(() -> new ReleaseSpec(kernel, shares, 1, List.of(Specs.key("k", 1)), ASK_USERS, ONE_COLUMN));
        refused(() -> new ReleaseSpec(kernel, shares, 1, List.of(), List.of(), ONE_COLUMN));
        refused(() -> new ReleaseSpec(kernel, shares, 1, List.of(), List.of(new Statistic.Sum(1)), ONE_COLUMN));
        refused(() -> new ReleaseSpec(kernel, shares, 1, List.of(), List.of(new Statistic.Count(2)), ONE_COLUMN));
        refused(() -> new ReleaseSpec(
                kernel,
                shares,
                1,
                List.of(),
                List.of(new Statistic.Mean(new Statistic.Sum(1), new Statistic.Count(1))),
                ONE_COLUMN));
    }

    /** So much noise that a released number might not fit a long: refused before anything is charged. */
    @Test
    void releaseSpec_ofBoundlessNoise_isRefused() {
        var sum = new Measure.Sum(new Clamp(0, (1L << 53) - 1));
        var kernel = new KernelSpec(1, 1, List.of(Specs.USERS, sum));
        refused(() ->
                new ReleaseSpec(kernel, new Loss.Zcdp(new MicroRho(2)).split(2), 1, List.of(), ASK_USERS, ONE_COLUMN));
        assertEquals(false, GaussianVariance.fits(sum, 1, new MicroRho(1)));
        assertEquals(true, GaussianVariance.fits(sum, 1, new MicroRho(1_000_000)));
        assertEquals(false, GaussianVariance.fits(Specs.USERS, 1, MicroRho.ZERO));
    }

    /** Shares of two mechanisms would have no sum. */
    @Test
    void releaseSpec_ofTwoMechanisms_isRefused() {
        var kernel = new KernelSpec(1, 1, List.of(Specs.USERS, Specs.ROWS));
        List<Loss> mixed = List.of(Mechanism.ZCDP_GAUSSIAN.loss(5), Mechanism.PURE_LAPLACE.loss(5));
        refused(() -> new ReleaseSpec(kernel, mixed, 1, List.of(), ASK_USERS, ONE_COLUMN));
    }

    @Test
    void releaseSpec_payingInPureEpsilon_isTheSameQuestionAtAnotherPrice() {
        ReleaseSpec spec = Specs.all(3, 50, 10_000);
        ReleaseSpec oneShot = Specs.oneShot(spec, 1_000_002);
        assertEquals(
                List.of(250_002L, 250_000L, 250_000L, 250_000L),
                oneShot.shares().stream().map(Loss::micro).toList());
        assertEquals(new Charge(MicroRho.ZERO, DeltaE18.ZERO, new MicroEpsilon(1_000_002)), oneShot.charge());
        assertEquals(spec, oneShot.paying(spec.loss()).orElseThrow());
    }

    /** One millionth a measure at least, and noise that fits. */
    @Test
    void releaseSpec_payingTooLittle_isNothing() {
        assertTrue(
                Specs.all(3, 50, 10_000).paying(Mechanism.PURE_LAPLACE.loss(3)).isEmpty());
        assertTrue(
                Specs.all(3, 50, 10_000).paying(Mechanism.PURE_LAPLACE.loss(4)).isPresent());
        var sum = new Measure.Sum(new Clamp(0, (1L << 53) - 1));
        ReleaseSpec huge = Specs.spec(1, 1, List.of(Specs.USERS, sum), ASK_USERS, 1, 1_000_000);
        assertTrue(huge.paying(Mechanism.PURE_LAPLACE.loss(900_000)).isEmpty());
        assertTrue(huge.paying(Mechanism.PURE_LAPLACE.loss(2_000_000)).isPresent());
        refused(() -> new ReleaseSpec(
                huge.kernel(), Mechanism.PURE_LAPLACE.loss(900_000).split(2), 1, List.of(), ASK_USERS, ONE_COLUMN));
    }

    @Test
    void releaseSpec_withKeysOutOfReach_isRefused() {
        var kernel = new KernelSpec(2, 1, List.of(Specs.USERS));
        List<Loss> shares = new Loss.Zcdp(new MicroRho(10)).split(1);
        List<GroupKey> keys = List.of(Specs.key("k", 2));
        refused(() -> new ReleaseSpec(
                kernel, shares, 1, keys, ASK_USERS, new Layout(List.of(1), List.of(new Layout.Named("n", 0)))));
        refused(() -> new ReleaseSpec(
                kernel, shares, 1, keys, ASK_USERS, new Layout(List.of(0), List.of(new Layout.Named("n", 1)))));
        refused(() -> new ReleaseSpec(kernel, shares, 1, keys, ASK_USERS, ONE_COLUMN));
    }

    @Test
    void releaseSpec_readsGroupCodesAsMixedRadix() {
        List<GroupKey> keys = List.of(Specs.key("a", 2), Specs.key("b", 3), Specs.key("c", 4));
        var spec = new ReleaseSpec(
                new KernelSpec(24, 1, List.of(Specs.USERS)),
                new Loss.Zcdp(new MicroRho(10)).split(1),
                1,
                keys,
                ASK_USERS,
                new Layout(List.of(0, 1, 2), List.of(new Layout.Named("n", 0))));
        int group = 0;
        for (int a = 0; a < 2; a++) {
            for (int b = 0; b < 3; b++) {
                for (int c = 0; c < 4; c++) {
                    assertEquals(a, spec.position(group, 0));
                    assertEquals(b, spec.position(group, 1));
                    assertEquals(c, spec.position(group, 2));
                    group++;
                }
            }
        }
    }

    @Test
    void layout_isBounded() {
        var column = new Layout.Named("n", 0);
        refused(() -> new Layout(List.of(), List.of()));
        refused(() -> new Layout(List.of(), List.of(column, column)));
        refused(() -> new Layout(List.of(0, 0), List.of(column)));
        refused(() -> new Layout(List.of(0, 1, 2, 3), List.of(column)));
        refused(() -> new Layout.Named("", 0));
        refused(() -> new Layout.Named("n".repeat(65), 0));
        refused(() -> new Layout.Named("n", -1));
    }

    @Test
    void partialSums_mergeCellByCell() {
        ReleaseSpec spec = Specs.users(3, 1, 10);
        var left = PartialSums.of(spec.kernel(), new long[][] {{1, 2, 3}});
        var right = PartialSums.of(spec.kernel(), new long[][] {{10, 0, -3}});
        assertEquals(PartialSums.of(spec.kernel(), new long[][] {{11, 2, 0}}), left.merge(right));
        assertEquals(left.merge(right), right.merge(left));
        assertEquals(left, left.merge(PartialSums.zero(spec.kernel())));
        assertNotEquals(left, right);
        assertEquals(
                left.hashCode(),
                PartialSums.of(spec.kernel(), new long[][] {{1, 2, 3}}).hashCode());
    }

    @Test
    void partialSums_overflowing_areRefused() {
        ReleaseSpec spec = Specs.users(1, 1, 10);
        var most = Specs.sums(spec, Long.MAX_VALUE);
        assertEquals(
                PrivacyException.Fault.SUM_OUT_OF_RANGE,
                assertThrows(PrivacyException.class, () -> most.merge(Specs.sums(spec, 1)))
                        .fault());
    }

    @Test
    void partialSums_ofAnotherShape_areRefused() {
        ReleaseSpec spec = Specs.users(2, 1, 10);
        refused(() -> PartialSums.of(spec.kernel(), new long[][] {{1}}));
        refused(() -> PartialSums.of(spec.kernel(), new long[][] {{1, 2}, {1, 2}}));
        refused(() -> PartialSums.zero(spec.kernel())
                .merge(PartialSums.zero(Specs.users(3, 1, 10).kernel())));
    }

    /** Exact sums are not to end up in a log by accident. */
    @Test
    void partialSums_printNothing() {
        assertEquals("PartialSums", Specs.sums(Specs.users(1, 1, 10), 123).toString());
    }

    @Test
    void partialSums_areCopiedIn() {
        ReleaseSpec spec = Specs.users(1, 1, 10);
        var cells = new long[][] {{5}};
        var sums = PartialSums.of(spec.kernel(), cells);
        cells[0][0] = 6;
        assertEquals(5, sums.at(0, 0));
    }

    private static List<Measure> many(int others) {
        var measures = new ArrayList<Measure>(List.of(Specs.USERS));
        measures.addAll(Collections.nCopies(others, Specs.ROWS));
        return measures;
    }

    private static void refused(Executable action) {
        assertEquals(
                PrivacyException.Fault.OUT_OF_LIMITS,
                assertThrows(PrivacyException.class, action).fault());
    }
}
