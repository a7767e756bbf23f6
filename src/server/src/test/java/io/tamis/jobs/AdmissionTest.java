package io.tamis.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Clamp;
import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.DatasetId;
import io.tamis.data.Level;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.policy.Decision;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.Region;
import io.tamis.policy.Treatment;
import io.tamis.privacy.DpPlan;
import io.tamis.privacy.KernelSpec;
import io.tamis.privacy.Layout;
import io.tamis.privacy.Loss;
import io.tamis.privacy.Measure;
import io.tamis.privacy.ReleaseSpec;
import io.tamis.privacy.Statistic;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final LocalDate DAY = LocalDate.of(2026, 12, 15);
    private static final PolicyBundle BUNDLE = TestBundle.load();
    private static final DatasetId CDNOW = new DatasetId("cdnow");

    @Test
    void decide_ofAPlainSum_permitsAndReadsTheUnitAsPseudonym() {
        Admission.Verdict verdict = decide(Purpose.CLV_MODELLING, 50, 24_355, sumOfAmounts());
        assertTrue(verdict.refused().isEmpty());
        assertEquals(Level.L3, verdict.levelIn());
        assertEquals(
                Treatment.PSEUDONYM,
                ((Decision.Permit) verdict.decided()
                                .getFirst()
                                .columns()
                                .getFirst()
                                .decision())
                        .treatment());
        assertEquals(4, verdict.decided().getFirst().columns().size());
    }

    @Test
    void decide_ofAnotherPurposeThanAssessed_saysPiaMissing() {
        assertEquals(
                Optional.of(Code.PIA_MISSING),
                decide(Purpose.ATTRIBUTION, 50, 100, sumOfAmounts()).refused());
    }

    @Test
    void decide_ofAPurposeNoRuleNames_isDenied() {
        assertEquals(
                Optional.of(Code.POLICY_DENIED),
                decide(Purpose.AUTOMATED_MARKETING, 50, 100, sumOfAmounts()).refused());
    }

    @Test
    void decide_oneMicroRhoOver_isDenied() {
        assertEquals(
                Optional.of(Code.POLICY_DENIED),
                decide(Purpose.CLV_MODELLING, 50, 24_356, sumOfAmounts()).refused());
    }

    @Test
    void decide_ofAColumnThatIsNotDeclared_isDenied() {
        assertEquals(
                Optional.of(Code.POLICY_DENIED),
                decide(Purpose.CLV_MODELLING, 50, 100, List.of(input("unknown")))
                        .refused());
    }

    @Test
    void decide_ofAnIdentifierShownAsIs_isDenied() {
        var uses =
                List.of(new ColumnUse(CDNOW, new ColumnName("customer_id"), Context.SANDBOX_OUTPUT, Action.AGGREGATE));
        assertEquals(
                Optional.of(Code.POLICY_DENIED),
                decide(Purpose.CLV_MODELLING, 50, 100, uses).refused());
    }

    @Test
    void decide_ofADatasetNobodyAskedAbout_isDenied() {
        var foreign = new ArrayList<>(sumOfAmounts());
        foreign.add(new ColumnUse(
                new DatasetId("orders"), new ColumnName("sku_category"), Context.SANDBOX_INPUT, Action.COMPUTE));
        assertEquals(
                Optional.of(Code.POLICY_DENIED),
                decide(Purpose.CLV_MODELLING, 50, 100, foreign).refused());
    }

    @Test
    void decide_ofADatasetReadWithoutAnyUse_isDenied() {
        var two = List.of(
                asking(Purpose.CLV_MODELLING),
                new Admission.Asking(BUNDLE.datasets().get(new DatasetId("orders")), Purpose.CLV_MODELLING));
        var admission = new Admission(BUNDLE, two, Optional.of(PolicyRole.MERCHANT), Region.DOMESTIC, DAY, 0);
        assertEquals(
                Optional.of(Code.POLICY_DENIED),
                admission.decide(plan(50, 100, sumOfAmounts())).refused());
    }

    @Test
    void decide_abroad_isDenied() {
        var admission = new Admission(
                BUNDLE,
                List.of(asking(Purpose.CLV_MODELLING)),
                Optional.of(PolicyRole.MERCHANT),
                Region.ABROAD,
                DAY,
                0);
        assertTrue(admission.decide(plan(50, 100, sumOfAmounts())).refused().isPresent());
    }

    @Test
    void decide_ofAOneShot_isJudgedByItsEpsilon() {
        assertEquals(Optional.empty(), oneShot(1_000_000).refused());
        assertEquals(Optional.of(Code.POLICY_DENIED), oneShot(1_000_001).refused());
    }

    private static Admission.Verdict oneShot(long epsilon) {
        Plan zcdp = plan(50, 100, sumOfAmounts());
        var spec = zcdp.release();
        var release = new ReleaseSpec(
                spec.kernel(),
                new Loss.Pure(new MicroEpsilon(epsilon)).split(2),
                spec.minUsers(),
                spec.keys(),
                spec.statistics(),
                spec.layout());
        return new Admission(
                        BUNDLE,
                        List.of(asking(Purpose.CLV_MODELLING)),
                        Optional.of(PolicyRole.MERCHANT),
                        Region.DOMESTIC,
                        DAY,
                        0)
                .decide(new Plan(zcdp.query(), release, zcdp.uses()));
    }

    @Test
    void decide_withoutARole_isDenied() {
        var admission = new Admission(
                BUNDLE, List.of(asking(Purpose.CLV_MODELLING)), Optional.empty(), Region.DOMESTIC, DAY, 0);
        assertEquals(
                Optional.of(Code.POLICY_DENIED),
                admission.decide(plan(50, 100, sumOfAmounts())).refused());
    }

    private static Admission.Verdict decide(Purpose purpose, int minUsers, long rho, List<ColumnUse> uses) {
        return new Admission(
                        BUNDLE, List.of(asking(purpose)), Optional.of(PolicyRole.MERCHANT), Region.DOMESTIC, DAY, 0)
                .decide(plan(minUsers, rho, uses));
    }

    private static Admission.Asking asking(Purpose purpose) {
        return new Admission.Asking(BUNDLE.datasets().get(CDNOW), purpose);
    }

    private static List<ColumnUse> sumOfAmounts() {
        return List.of(
                new ColumnUse(CDNOW, new ColumnName("customer_id"), Context.SANDBOX_INPUT, Action.MATCH),
                new ColumnUse(CDNOW, new ColumnName("customer_id"), Context.SANDBOX_OUTPUT, Action.AGGREGATE),
                input("amount_usd"),
                new ColumnUse(CDNOW, new ColumnName("amount_usd"), Context.SANDBOX_OUTPUT, Action.AGGREGATE));
    }

    private static ColumnUse input(String column) {
        return new ColumnUse(CDNOW, new ColumnName(column), Context.SANDBOX_INPUT, Action.COMPUTE);
    }

    static Plan plan(int minUsers, long rho, List<ColumnUse> uses) {
        var sum = new Measure.Sum(new Clamp(0, 15_000));
        var kernel = new KernelSpec(1, 1, List.of(new Measure.Users(), sum));
        var query = new DpPlan(
                new DatasetId("cdnow"),
                List.of(),
                List.of(),
                3,
                List.of(
                        new DpPlan.Measured(new Measure.Users(), Optional.empty()),
                        new DpPlan.Measured(sum, Optional.of(new ColumnName("amount_usd")))));
        var release = new ReleaseSpec(
                kernel,
                new Loss.Zcdp(new MicroRho(rho)).split(2),
                minUsers,
                List.of(),
                List.of(new Statistic.Sum(1)),
                new Layout(List.of(), List.of(new Layout.Named("revenue", 0))));
        return new Plan(query, release, uses);
    }
}
