package io.tamis.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import io.tamis.policy.load.PolicyFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What holds for every rule set: the properties that make a policy safe to edit. Seeds are fixed. */
class DecisionPropertyTest {
    private static final int RULE_SETS = 60;
    private static final int QUESTIONS = 400;

    private interface Check {
        void on(AccessRules rules, Question question);
    }

    private interface Pair {
        void on(Decision before, Decision after);
    }

    private static void forAll(Check check) {
        for (int seed = 0; seed < RULE_SETS; seed++) {
            var source = new RandomRules(seed);
            var rules = new AccessRules(source.rules(1 + seed % 12));
            for (int i = 0; i < QUESTIONS; i++) {
                check.on(rules, source.question());
            }
        }
    }

    /** Decisions before and after a rule is added. */
    private static void forAllAdding(Function<RandomRules, Rule> addition, Pair check) {
        for (int seed = 0; seed < RULE_SETS; seed++) {
            var source = new RandomRules(seed);
            List<Rule> rules = source.rules(1 + seed % 12);
            var before = new AccessRules(rules);
            var more = new ArrayList<>(rules);
            more.add(addition.apply(source));
            var after = new AccessRules(more);
            for (int i = 0; i < QUESTIONS; i++) {
                Question question = source.question();
                check.on(before.decide(question), after.decide(question));
            }
        }
    }

    @Test
    void samples_ofAllKinds_occur() {
        int[] seen = new int[4];
        forAll((rules, question) -> {
            switch (rules.decide(question)) {
                case Decision.Permit _ -> seen[0]++;
                case Decision.Deny deny -> {
                    seen[1] += deny.reason() == Decision.Reason.RULE_DENIED ? 1 : 0;
                    seen[2] += deny.reason() == Decision.Reason.NO_MATCH ? 1 : 0;
                    seen[3] += deny.reason() == Decision.Reason.REQUIREMENT_UNMET ? 1 : 0;
                }
            }
        });
        for (int count : seen) {
            assertTrue(count > 200, () -> "a property test needs samples of every kind: " + count);
        }
    }

    @Test
    void denial_added_opensNothing() {
        forAllAdding(RandomRules::denial, (before, after) -> {
            if (before instanceof Decision.Deny) {
                assertInstanceOf(Decision.Deny.class, after);
            } else if (after instanceof Decision.Permit) {
                assertEquals(before, after);
            }
        });
    }

    @Test
    void permit_addedToAPermittedCell_neverLoosens() {
        forAllAdding(RandomRules::permit, (before, after) -> {
            if (before instanceof Decision.Permit old && after instanceof Decision.Permit now) {
                assertTrue(old.treatment().atMost(now.treatment()), () -> old + " loosened to " + now);
                assertEquals(now.required(), now.required().and(old.required()));
            }
        });
    }

    @Test
    void permit_addedToADeniedCell_opensItByItselfOnly() {
        forAllAdding(RandomRules::permit, (before, after) -> {
            if (before instanceof Decision.Deny deny && deny.reason() != Decision.Reason.NO_MATCH) {
                assertInstanceOf(Decision.Deny.class, after);
            }
        });
    }

    @Test
    void attribute_removed_isNeverPermitted() {
        List<UnaryOperator<Question>> removals = List.of(
                q -> copy(q, 0),
                q -> copy(q, 1),
                q -> copy(q, 2),
                q -> copy(q, 3),
                q -> copy(q, 4),
                q -> copy(q, 5),
                q -> copy(q, 6),
                q -> copy(q, 7));
        forAll((rules, question) -> {
            for (var removal : removals) {
                var deny = assertInstanceOf(Decision.Deny.class, rules.decide(removal.apply(question)));
                assertEquals(Decision.Reason.ATTRIBUTE_MISSING, deny.reason());
            }
        });
    }

    /** The question without its attribute number {@code gone}. */
    private static Question copy(Question q, int gone) {
        return new Question(
                gone == 0 ? Optional.empty() : q.role(),
                gone == 1 ? Optional.empty() : q.level(),
                gone == 2 ? Optional.empty() : q.purpose(),
                gone == 3 ? Optional.empty() : q.context(),
                gone == 4 ? Optional.empty() : q.action(),
                gone == 5 ? Optional.empty() : q.consent(),
                gone == 6 ? Optional.empty() : q.pia(),
                gone == 7 ? Optional.empty() : q.region(),
                q.semantic(),
                q.flags(),
                q.cohort(),
                q.rho(),
                q.epsilon(),
                q.approvals(),
                q.strongAuth(),
                q.dpoApproval());
    }

    @Test
    void proof_removed_neverOpens() {
        forAll((rules, question) -> {
            if (rules.decide(question) instanceof Decision.Deny) {
                var weaker = new Question(
                        question.role(),
                        question.level(),
                        question.purpose(),
                        question.context(),
                        question.action(),
                        question.consent(),
                        Optional.of(PiaState.NONE),
                        question.region(),
                        question.semantic(),
                        question.flags(),
                        OptionalInt.empty(),
                        question.rho(),
                        question.epsilon(),
                        0,
                        false,
                        false);
                assertInstanceOf(Decision.Deny.class, rules.decide(weaker));
            }
        });
    }

    @Test
    void rules_inAnyOrder_decideTheSame() {
        for (int seed = 0; seed < RULE_SETS; seed++) {
            var source = new RandomRules(seed);
            List<Rule> rules = source.rules(12);
            var shuffled = new ArrayList<>(rules);
            Collections.shuffle(shuffled, new Random(seed));
            var inOrder = new AccessRules(rules);
            var inAnother = new AccessRules(shuffled);
            for (int i = 0; i < QUESTIONS; i++) {
                Question question = source.question();
                assertEquals(inOrder.decide(question), inAnother.decide(question));
            }
        }
    }

    @Test
    void rules_thatDoNotMatch_changeNothing() {
        for (int seed = 0; seed < RULE_SETS; seed++) {
            var source = new RandomRules(seed);
            var rules = new AccessRules(source.rules(12));
            for (int i = 0; i < 10; i++) {
                Question question = source.question();
                var matching = new AccessRules(rules.matching(question));
                assertEquals(rules.decide(question), matching.decide(question));
            }
        }
    }

    @Test
    void decision_throughItsJson_isTheSame() {
        forAll((rules, question) -> {
            Decision decision = rules.decide(question);
            assertEquals(decision, Decision.fromJson(decision.toJson()));
            assertEquals(question, Question.fromJson(question.toJson()));
        });
    }

    /** Overlapping permits, numbers, proofs, children: what the repository's bundle does not have. */
    @Test
    void decision_comparedWithASlowTwin_isEqual() {
        for (int seed = 1000; seed < 1000 + 2 * RULE_SETS; seed++) {
            var source = new RandomRules(seed);
            List<Rule> rules = source.rules(1 + seed % 20);
            var engine = new AccessRules(rules);
            var twin = new SlowTwin(rules);
            for (int i = 0; i < QUESTIONS; i++) {
                Question question = source.question();
                assertEquals(twin.decide(question), SlowTwin.outcome(engine.decide(question)), question::toString);
            }
        }
    }

    /** What an explanation calls deciding is enough to decide, and without it the decision is another. */
    @Test
    void explanation_ofAnyDecision_namesWhatDecides() {
        for (int seed = 0; seed < RULE_SETS; seed++) {
            var source = new RandomRules(seed);
            var bundle = new PolicyBundle(
                    Hash.sha256(new byte[0]),
                    Map.of(),
                    Map.of(),
                    PolicyFiles.bundle().budgets(),
                    new PolicyBundle.Access(source.rules(10), List.of()));
            for (int i = 0; i < 50; i++) {
                Explanation explanation = bundle.explain(source.question());
                List<RuleId> deciding = explanation.matches().stream()
                        .filter(Explanation.Match::deciding)
                        .map(match -> match.rule().id())
                        .toList();
                assertEquals(explanation.decision().rules(), deciding);
                boolean unmet = explanation.matches().stream()
                        .anyMatch(match -> match.deciding() && !match.unmet().isEmpty());
                boolean lacking = explanation.decision() instanceof Decision.Deny deny
                        && deny.reason() == Decision.Reason.REQUIREMENT_UNMET;
                assertEquals(lacking, unmet);
                assertEquals(
                        explanation.decision() instanceof Decision.Deny,
                        explanation.publicCode().isPresent());
            }
        }
    }
}
