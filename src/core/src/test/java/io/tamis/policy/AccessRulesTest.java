package io.tamis.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.ConsentClass;
import io.tamis.data.DataException;
import io.tamis.data.Level;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Section 4 of the policy note, sentence by sentence, on rule sets small enough to read. */
class AccessRulesTest {
    private static final Rule.Scope EVERYWHERE = scope(EnumSet.allOf(PolicyRole.class), EnumSet.allOf(Context.class));

    private static Rule.Scope scope(Set<PolicyRole> roles, Set<Context> contexts) {
        return new Rule.Scope(
                roles,
                EnumSet.allOf(Level.class),
                EnumSet.allOf(Purpose.class),
                contexts,
                EnumSet.allOf(Action.class),
                EnumSet.allOf(Region.class));
    }

    private static Rule permit(int number, Treatment treatment, Requirements requires) {
        return new Rule(
                new RuleId("AC-P-0" + number), EVERYWHERE, new Rule.Permits(treatment, requires), List.of("PIPL-51"));
    }

    private static Rule permit(int number, Treatment treatment) {
        return permit(number, treatment, Requirements.NONE);
    }

    private static Rule deny(int number, Rule.Scope scope) {
        return new Rule(new RuleId("AC-X-0" + number), scope, new Rule.Denies("because"), List.of("PIPL-51"));
    }

    private static Question.Builder question() {
        return Question.asking()
                .role(PolicyRole.MERCHANT)
                .level(Level.L3)
                .purpose(Purpose.CLV_MODELLING)
                .context(Context.SANDBOX_OUTPUT)
                .action(Action.AGGREGATE)
                .consent(ConsentClass.GENERAL)
                .pia(PiaState.NONE)
                .region(Region.DOMESTIC);
    }

    private static Requirements needs(int cohort, long rho) {
        return new Requirements(
                ConsentClass.GENERAL,
                false,
                OptionalInt.of(cohort),
                Optional.of(new MicroRho(rho)),
                Optional.empty(),
                0,
                false,
                false);
    }

    private static Decision decide(Question question, Rule... rules) {
        return new AccessRules(List.of(rules)).decide(question);
    }

    private static List<RuleId> ids(String... ids) {
        return List.of(ids).stream().map(RuleId::new).toList();
    }

    private static Decision.Permit permitted(Treatment treatment, Requirements required, String... rules) {
        return new Decision.Permit(treatment, Optional.empty(), ids(rules), required);
    }

    @Test
    void noRules_denyEverything() {
        assertEquals(
                new Decision.Deny(Decision.Reason.NO_MATCH, List.of(), Set.of()),
                decide(question().build()));
    }

    @Test
    void missingAttribute_isDeniedBeforeAnyRule() {
        assertEquals(
                new Decision.Deny(Decision.Reason.ATTRIBUTE_MISSING, List.of(), Set.of()),
                decide(Question.asking().role(PolicyRole.MERCHANT).build(), permit(1, Treatment.RAW)));
    }

    @Test
    void permit_alone_decides() {
        assertEquals(
                permitted(Treatment.RAW, Requirements.NONE, "AC-P-01"),
                decide(question().build(), permit(1, Treatment.RAW)));
    }

    @Test
    void denial_overridesEveryPermit() {
        assertEquals(
                new Decision.Deny(Decision.Reason.RULE_DENIED, ids("AC-X-01"), Set.of()),
                decide(question().build(), permit(1, Treatment.RAW), permit(2, Treatment.RAW), deny(1, EVERYWHERE)));
    }

    @Test
    void denials_areAllNamed() {
        assertEquals(
                new Decision.Deny(Decision.Reason.RULE_DENIED, ids("AC-X-01", "AC-X-02"), Set.of()),
                decide(question().build(), deny(2, EVERYWHERE), deny(1, EVERYWHERE)));
    }

    @Test
    void denial_elsewhere_changesNothing() {
        Rule ofOfficers = deny(1, scope(EnumSet.of(PolicyRole.COMPLIANCE_OFFICER), EnumSet.allOf(Context.class)));
        Rule inLogs = deny(2, scope(EnumSet.allOf(PolicyRole.class), EnumSet.of(Context.LOG)));
        assertEquals(
                permitted(Treatment.RAW, Requirements.NONE, "AC-P-01"),
                decide(question().build(), permit(1, Treatment.RAW), ofOfficers, inLogs));
        assertEquals(
                new Decision.Deny(Decision.Reason.RULE_DENIED, ids("AC-X-02"), Set.of()),
                decide(question().context(Context.LOG).build(), permit(1, Treatment.RAW), ofOfficers, inLogs));
    }

    @Test
    void denial_winsOverAnUnmetRequirement() {
        assertEquals(
                new Decision.Deny(Decision.Reason.RULE_DENIED, ids("AC-X-01"), Set.of()),
                decide(question().build(), permit(1, Treatment.RAW, needs(50, 100)), deny(1, EVERYWHERE)));
    }

    @Test
    void unmetPermit_isNotDroppedForALaxerOne() {
        assertEquals(
                new Decision.Deny(
                        Decision.Reason.REQUIREMENT_UNMET,
                        ids("AC-P-02"),
                        EnumSet.of(Requirement.MIN_COHORT, Requirement.MAX_RHO_MICRO)),
                decide(
                        question().build(),
                        permit(1, Treatment.RAW),
                        permit(2, Treatment.DP_AGGREGATE, needs(50, 100))));
    }

    @Test
    void requirements_ofAllPermits_areMetTogether() {
        var question = question().cohort(80).rho(new MicroRho(70));
        Rule wide = permit(1, Treatment.RAW, needs(50, 100));
        Rule narrow = permit(2, Treatment.PSEUDONYM, needs(80, 70));
        assertEquals(
                permitted(Treatment.PSEUDONYM, needs(80, 70), "AC-P-01", "AC-P-02"),
                decide(question.build(), wide, narrow));
        assertEquals(
                new Decision.Deny(
                        Decision.Reason.REQUIREMENT_UNMET, ids("AC-P-02"), EnumSet.of(Requirement.MIN_COHORT)),
                decide(question.cohort(79).build(), wide, narrow));
        assertEquals(
                new Decision.Deny(
                        Decision.Reason.REQUIREMENT_UNMET,
                        ids("AC-P-01", "AC-P-02"),
                        EnumSet.of(Requirement.MIN_COHORT, Requirement.MAX_RHO_MICRO)),
                decide(question.cohort(49).rho(new MicroRho(101)).build(), wide, narrow));
    }

    @Test
    void treatment_ofSeveralPermits_isTheStrictest() {
        assertEquals(
                permitted(Treatment.DP_AGGREGATE, Requirements.NONE, "AC-P-01", "AC-P-02", "AC-P-03"),
                decide(
                        question().build(),
                        permit(1, Treatment.RAW),
                        permit(2, Treatment.DP_AGGREGATE),
                        permit(3, Treatment.PSEUDONYM)));
    }

    @Test
    void treatment_ofIncomparablePermits_isSuppress() {
        assertEquals(
                permitted(Treatment.SUPPRESS, Requirements.NONE, "AC-P-01", "AC-P-02"),
                decide(question().build(), permit(1, Treatment.PARTIAL), permit(2, Treatment.PSEUDONYM)));
    }

    @Test
    void oneShot_isJudgedByEpsilonOnly() {
        var either = new Requirements(
                ConsentClass.NONE,
                false,
                OptionalInt.empty(),
                Optional.of(new MicroRho(10)),
                Optional.of(new MicroEpsilon(20)),
                0,
                false,
                false);
        assertEquals(
                permitted(Treatment.RAW, either, "AC-P-01"),
                decide(question().epsilon(new MicroEpsilon(20)).build(), permit(1, Treatment.RAW, either)));
        assertEquals(
                new Decision.Deny(
                        Decision.Reason.REQUIREMENT_UNMET, ids("AC-P-01"), EnumSet.of(Requirement.MAX_EPSILON_MICRO)),
                decide(question().epsilon(new MicroEpsilon(21)).build(), permit(1, Treatment.RAW, either)));
    }

    @Test
    void everyAttribute_outsideItsSet_isNoMatch() {
        var narrow = new Rule.Scope(
                EnumSet.of(PolicyRole.MERCHANT),
                EnumSet.of(Level.L3),
                EnumSet.of(Purpose.CLV_MODELLING),
                EnumSet.of(Context.SANDBOX_OUTPUT),
                EnumSet.of(Action.AGGREGATE),
                EnumSet.of(Region.DOMESTIC));
        Rule rule = new Rule(
                new RuleId("AC-P-01"), narrow, new Rule.Permits(Treatment.RAW, Requirements.NONE), List.of("PIPL-51"));
        assertEquals(
                permitted(Treatment.RAW, Requirements.NONE, "AC-P-01"),
                decide(question().build(), rule));
        for (Question other : List.of(
                question().role(PolicyRole.PLATFORM_ANALYST).build(),
                question().level(Level.L2).build(),
                question().level(Level.L4).build(),
                question().purpose(Purpose.ATTRIBUTION).build(),
                question().context(Context.SANDBOX_INPUT).build(),
                question().action(Action.EXPORT).build(),
                question().region(Region.ABROAD).build())) {
            assertEquals(new Decision.Deny(Decision.Reason.NO_MATCH, List.of(), Set.of()), decide(other, rule));
        }
    }

    @Test
    void rules_areKeptSortedById() {
        var rules = new AccessRules(List.of(deny(2, EVERYWHERE), permit(1, Treatment.RAW), deny(1, EVERYWHERE)));
        assertEquals(
                ids("AC-P-01", "AC-X-01", "AC-X-02"),
                rules.rules().stream().map(Rule::id).toList());
    }

    @Test
    void rules_ofOneIdOrTooMany_areRefused() {
        assertThrows(
                DataException.class,
                () -> new AccessRules(List.of(permit(1, Treatment.RAW), permit(1, Treatment.PARTIAL))));
        var many = new ArrayList<Rule>();
        for (int i = 0; i <= Decision.RULES_MAX; i++) {
            many.add(new Rule(
                    new RuleId("AC-%c-%03d".formatted('A' + i / 1000, i % 1000)),
                    EVERYWHERE,
                    new Rule.Denies("because"),
                    List.of("PIPL-51")));
        }
        assertThrows(DataException.class, () -> new AccessRules(many));
        assertEquals(
                Decision.RULES_MAX,
                new AccessRules(many.subList(0, Decision.RULES_MAX)).rules().size());
    }
}
