package io.tamis.policy.load;

import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.policy.Decision;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.Question;
import io.tamis.policy.Requirement;
import io.tamis.policy.RuleId;
import io.tamis.policy.TransformId;
import io.tamis.policy.Treatment;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A decision written down by people, to be held against a bundle. What the expectation leaves out (transform, rules of a
 * refusal) is not compared.
 */
public record GoldenCase(String id, Question question, Expectation expectation) {
    public GoldenCase {
        Objects.requireNonNull(id);
        Objects.requireNonNull(question);
        Objects.requireNonNull(expectation);
    }

    /** What is to come out. */
    public sealed interface Expectation {}

    /** Permitted in this form by these rules. */
    public record Permitted(Treatment treatment, Optional<TransformId> transform, Set<RuleId> rules)
            implements Expectation {
        public Permitted {
            rules = Set.copyOf(rules);
        }
    }

    /** Refused for this reason. */
    public record Refused(Decision.Reason reason, Optional<Set<RuleId>> rules, Set<Requirement> unmet)
            implements Expectation {
        public Refused {
            rules = rules.map(Set::copyOf);
            unmet = Set.copyOf(unmet);
        }
    }

    /** How the bundle's answer differs from the expected one; empty when it does not. */
    public Optional<String> mismatch(PolicyBundle bundle) {
        Decision decision = bundle.decide(question);
        return holds(decision)
                ? Optional.empty()
                : Optional.of("expected " + describe(expectation) + ", got "
                        + decision.toJson().without("required").canonical());
    }

    private boolean holds(Decision decision) {
        var rules = Set.copyOf(decision.rules());
        return switch (expectation) {
            case Permitted(Treatment treatment, Optional<TransformId> transform, Set<RuleId> expected) ->
                decision instanceof Decision.Permit permit
                        && permit.treatment() == treatment
                        && (transform.isEmpty() || transform.equals(permit.transform()))
                        && rules.equals(expected);
            case Refused(Decision.Reason reason, Optional<Set<RuleId>> expected, Set<Requirement> unmet) ->
                decision instanceof Decision.Deny deny
                        && deny.reason() == reason
                        && deny.unmet().equals(unmet)
                        && expected.map(rules::equals).orElse(true);
        };
    }

    private static String describe(Expectation expectation) {
        return switch (expectation) {
            case Permitted(Treatment treatment, var transform, Set<RuleId> rules) ->
                "PERMIT " + treatment + transform.map(id -> " by " + id).orElse("") + " under " + sorted(rules);
            case Refused(Decision.Reason reason, var rules, Set<Requirement> unmet) ->
                "DENY " + reason + rules.map(ids -> " under " + sorted(ids)).orElse("")
                        + (unmet.isEmpty()
                                ? ""
                                : " for "
                                        + unmet.stream()
                                                .map(Requirement::wire)
                                                .sorted()
                                                .toList());
        };
    }

    private static List<String> sorted(Set<RuleId> rules) {
        return rules.stream().map(RuleId::value).sorted().toList();
    }

    /** Reads the {@code expect} of a case, whose form the schema has checked. */
    static Expectation expectation(Json json) {
        var fields = new JsonFields(json);
        List<RuleId> rules =
                fields.optionalList("rules", Decision.RULES_MAX, item -> new RuleId(JsonFields.text(item, 16)));
        if (fields.string("decision", 8).equals("PERMIT")) {
            return new Permitted(
                    fields.constant("treatment", Treatment.class),
                    fields.optionalString("transform", 64).map(TransformId::new),
                    new HashSet<>(rules));
        }
        var unmet = new HashSet<>(fields.optionalList(
                "unmet", Requirement.values().length, item -> Requirement.fromWire(JsonFields.text(item, 32))));
        boolean stated = !((Json.Obj) json).member("rules").isEmpty();
        return new Refused(
                fields.constant("reason", Decision.Reason.class),
                stated ? Optional.of(new HashSet<>(rules)) : Optional.empty(),
                unmet);
    }
}
