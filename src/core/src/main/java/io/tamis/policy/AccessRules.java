package io.tamis.policy;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Level;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules, indexed by role, level and purpose. Within a cell of the index the few remaining rules are tested by bit
 * masks, so that a decision costs well under a microsecond and the whole decision space can be walked.
 */
final class AccessRules {
    private static final int LEVELS = Level.values().length;
    private static final int PURPOSES = Purpose.values().length;

    private record Compiled(Rule rule, int contexts, int actions, int regions) {
        boolean matches(int context, int action, int region) {
            return (contexts & context) != 0 && (actions & action) != 0 && (regions & region) != 0;
        }
    }

    private final List<Rule> rules;
    private final Compiled[][] index = new Compiled[PolicyRole.values().length * LEVELS * PURPOSES][];

    AccessRules(List<Rule> rules) {
        // Sorted by id: the order in the file has no meaning and must not show in answers either.
        this.rules = rules.stream().sorted(Comparator.comparing(Rule::id)).toList();
        var ids = new HashSet<RuleId>();
        if (rules.size() > Decision.RULES_MAX || !rules.stream().allMatch(rule -> ids.add(rule.id()))) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        for (PolicyRole role : PolicyRole.values()) {
            for (Level level : Level.values()) {
                for (Purpose purpose : Purpose.values()) {
                    index[cell(role, level, purpose)] = compile(role, level, purpose);
                }
            }
        }
    }

    List<Rule> rules() {
        return rules;
    }

    /** The rules whose scope holds the question, sorted by id; empty for an incomplete question. */
    List<Rule> matching(Question question) {
        if (question.incomplete()) {
            return List.of();
        }
        int context = bit(question.context().orElseThrow());
        int action = bit(question.action().orElseThrow());
        int region = bit(question.region().orElseThrow());
        Compiled[] candidates = index[
                cell(
                        question.role().orElseThrow(),
                        question.level().orElseThrow(),
                        question.purpose().orElseThrow())];
        var matching = new ArrayList<Rule>(4);
        for (Compiled candidate : candidates) {
            if (candidate.matches(context, action, region)) {
                matching.add(candidate.rule);
            }
        }
        return matching;
    }

    /** Decides; the transform of a permit is left to {@link PolicyBundle}. */
    Decision decide(Question question) {
        if (question.incomplete()) {
            return new Decision.Deny(Decision.Reason.ATTRIBUTE_MISSING, List.of(), Set.of());
        }
        List<RuleId> denials = new ArrayList<>(2);
        List<RuleId> permits = new ArrayList<>(2);
        List<RuleId> unmetRules = new ArrayList<>(0);
        var unmet = EnumSet.noneOf(Requirement.class);
        var treatments = EnumSet.noneOf(Treatment.class);
        Requirements required = Requirements.NONE;
        for (Rule rule : matching(question)) {
            switch (rule.effect()) {
                case Rule.Denies _ -> denials.add(rule.id());
                case Rule.Permits(Treatment treatment, Requirements requires) -> {
                    permits.add(rule.id());
                    treatments.add(treatment);
                    required = required.and(requires);
                    Set<Requirement> missing = requires.unmet(question);
                    unmet.addAll(missing);
                    if (!missing.isEmpty()) {
                        unmetRules.add(rule.id());
                    }
                }
            }
        }
        if (!denials.isEmpty()) {
            return new Decision.Deny(Decision.Reason.RULE_DENIED, denials, Set.of());
        }
        if (permits.isEmpty()) {
            return new Decision.Deny(Decision.Reason.NO_MATCH, List.of(), Set.of());
        }
        // All matching permits must be met. Dropping an unmet one would let a laxer permit decide alone.
        if (!unmet.isEmpty()) {
            return new Decision.Deny(Decision.Reason.REQUIREMENT_UNMET, unmetRules, unmet);
        }
        return new Decision.Permit(Treatment.strictest(treatments), Optional.empty(), permits, required);
    }

    private Compiled[] compile(PolicyRole role, Level level, Purpose purpose) {
        return rules.stream()
                .filter(rule -> rule.scope().roles().contains(role)
                        && rule.scope().levels().contains(level)
                        && rule.scope().purposes().contains(purpose))
                .map(rule -> new Compiled(
                        rule,
                        mask(rule.scope().contexts()),
                        mask(rule.scope().actions()),
                        mask(rule.scope().regions())))
                .toArray(Compiled[]::new);
    }

    // The ordinals index tables of this object alone; none is ever stored.
    @SuppressWarnings("EnumOrdinal")
    private static int cell(PolicyRole role, Level level, Purpose purpose) {
        return (role.ordinal() * LEVELS + level.ordinal()) * PURPOSES + purpose.ordinal();
    }

    private static int mask(Set<? extends Enum<?>> constants) {
        return constants.stream().mapToInt(AccessRules::bit).reduce(0, (one, other) -> one | other);
    }

    // The ordinals index tables of this object alone; none is ever stored.
    @SuppressWarnings("EnumOrdinal")
    private static int bit(Enum<?> constant) {
        return 1 << constant.ordinal();
    }
}
