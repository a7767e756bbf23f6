package io.tamis.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.ConsentClass;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Level;
import io.tamis.data.MicroRho;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.data.Semantic;
import io.tamis.policy.load.PolicyFiles;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyBundleTest {
    private static final PolicyBundle BUNDLE = PolicyFiles.bundle();
    private static final Semantic PHONE = new Semantic("CN_MOBILE");

    private static Question.Builder officer() {
        return Question.asking()
                .role(PolicyRole.COMPLIANCE_OFFICER)
                .level(Level.L4)
                .purpose(Purpose.COMPLIANCE_REVIEW)
                .context(Context.CASE_UI)
                .action(Action.READ)
                .consent(ConsentClass.NONE)
                .pia(PiaState.NONE)
                .region(Region.DOMESTIC);
    }

    private static Question.Builder merchant() {
        return Question.asking()
                .role(PolicyRole.MERCHANT)
                .level(Level.L3)
                .purpose(Purpose.CLV_MODELLING)
                .context(Context.SANDBOX_OUTPUT)
                .action(Action.AGGREGATE)
                .consent(ConsentClass.SEPARATE)
                .pia(PiaState.APPROVED)
                .region(Region.DOMESTIC)
                .cohort(50)
                .rho(new MicroRho(1000));
    }

    @Test
    void transform_ofATreatment_isPickedByMeaning() {
        var permit = assertInstanceOf(
                Decision.Permit.class, BUNDLE.decide(officer().semantic(PHONE).build()));
        assertEquals(Treatment.PARTIAL, permit.treatment());
        assertEquals(Optional.of(new TransformId("PHONE_DISPLAY")), permit.transform());
    }

    @Test
    void pseudonym_ofAMeaning_isThePseudonymTransformThatServesIt() {
        var transform = BUNDLE.pseudonym(PHONE).orElseThrow();
        assertEquals(new TransformId("PHONE_PSEUDONYM"), transform.id());
        assertEquals("HMAC_SHA256", transform.algorithm());
        assertEquals(Optional.empty(), BUNDLE.pseudonym(new Semantic("IRIS_SCAN")));
    }

    @Test
    void treatment_ofAMeaningWithoutTransform_isSuppress() {
        var permit = assertInstanceOf(
                Decision.Permit.class,
                BUNDLE.decide(officer().semantic(new Semantic("IRIS_SCAN")).build()));
        assertEquals(Treatment.SUPPRESS, permit.treatment());
        assertEquals(Optional.of(new TransformId("DROP")), permit.transform());
    }

    @Test
    void treatment_ofANamelessMeaning_hasNoTransform() {
        var permit =
                assertInstanceOf(Decision.Permit.class, BUNDLE.decide(officer().build()));
        assertEquals(Treatment.PARTIAL, permit.treatment());
        assertEquals(Optional.empty(), permit.transform());
    }

    @Test
    void raw_hasNoTransform() {
        var permit = assertInstanceOf(
                Decision.Permit.class,
                BUNDLE.decide(officer()
                        .semantic(PHONE)
                        .action(Action.BREAK_GLASS)
                        .approvals(2)
                        .build()));
        assertEquals(Treatment.RAW, permit.treatment());
        assertEquals(Optional.empty(), permit.transform());
    }

    @Test
    void explanation_ofAPermit_namesRuleAndLaw() {
        Explanation explanation = BUNDLE.explain(merchant().build());
        assertEquals(1, explanation.matches().size());
        Explanation.Match match = explanation.matches().getFirst();
        assertEquals(new RuleId("AC-M-02"), match.rule().id());
        assertTrue(match.deciding());
        assertEquals(Set.of(), match.unmet());
        assertEquals(List.of("PIPL-23", "PIPL-24", "PIPL-55"), match.rule().legal());
        assertEquals(Optional.empty(), explanation.publicCode());
        assertEquals(BUNDLE.contentHash(), explanation.bundleHash());
    }

    @Test
    void explanation_ofAnOverride_showsThePermitThatLost() {
        Explanation explanation =
                BUNDLE.explain(merchant().region(Region.ABROAD).build());
        assertEquals(
                List.of("AC-M-02 false", "AC-X-03 true"),
                explanation.matches().stream()
                        .map(match -> match.rule().id() + " " + match.deciding())
                        .toList());
        assertEquals(Optional.of(Code.POLICY_DENIED), explanation.publicCode());
    }

    @Test
    void explanation_ofAnUnmetRequirement_namesItAndItsLimit() {
        Explanation explanation =
                BUNDLE.explain(merchant().pia(PiaState.NONE).cohort(49).build());
        assertEquals(
                EnumSet.of(Requirement.PIA, Requirement.MIN_COHORT),
                explanation.matches().getFirst().unmet());
        assertEquals(Optional.of(Code.PIA_MISSING), explanation.publicCode());
        String json = explanation.toJson().canonical();
        assertTrue(json.contains("\"unmet\":[\"pia\",\"minCohort\"]"), json);
        assertTrue(json.contains("\"minCohort\":50"), json);
        assertTrue(json.contains("\"publicCode\":\"PIA_MISSING\""), json);
        assertTrue(json.contains(BUNDLE.contentHash().hex()), json);
    }

    @Test
    void explanation_ofADenial_carriesItsReason() {
        String json =
                BUNDLE.explain(merchant().level(Level.L5).build()).toJson().canonical();
        assertTrue(json.contains("core identity is never open to a merchant"), json);
    }

    @Test
    void explanation_ofAnIncompleteQuestion_hasNoMatches() {
        Explanation explanation = BUNDLE.explain(Question.asking().build());
        assertEquals(List.of(), explanation.matches());
        assertEquals(Optional.of(Code.POLICY_DENIED), explanation.publicCode());
    }

    @Test
    void files_ofABundle_cannotBeChangedFromOutside() {
        byte[] file = BUNDLE.files().get("access.yaml");
        byte[] before = file.clone();
        file[0] ^= 1;
        assertArrayEquals(before, BUNDLE.files().get("access.yaml"));
        assertThrows(UnsupportedOperationException.class, () -> BUNDLE.files().clear());
        assertThrows(
                UnsupportedOperationException.class, () -> BUNDLE.datasets().clear());
    }

    @Test
    void bundle_withTwoRulesOfOneId_isRefused() {
        Rule rule = BUNDLE.rules().getFirst();
        var access = new PolicyBundle.Access(List.of(rule, rule), List.of());
        assertThrows(
                DataException.class,
                () -> new PolicyBundle(Hash.sha256(new byte[0]), Map.of(), Map.of(), BUNDLE.budgets(), access));
    }

    @Test
    void scope_thatIsEmpty_isRefused() {
        assertThrows(
                DataException.class,
                () -> new Rule.Scope(
                        Set.of(),
                        EnumSet.allOf(Level.class),
                        EnumSet.allOf(Purpose.class),
                        EnumSet.allOf(Context.class),
                        EnumSet.allOf(Action.class),
                        EnumSet.allOf(Region.class)));
    }
}
