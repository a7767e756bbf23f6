package io.tamis.policy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Decides by reading section 4 of the policy note aloud: no index, no masks, every rule every time. An oracle. */
final class SlowTwin {
    private final List<Rule> rules;

    SlowTwin(List<Rule> rules) {
        this.rules = rules;
    }

    String decide(Question question) {
        List<RuleId> permits = new ArrayList<>();
        List<RuleId> denials = new ArrayList<>();
        List<RuleId> unmet = new ArrayList<>();
        var treatments = EnumSet.noneOf(Treatment.class);
        for (Rule rule : rules) {
            if (!matches(rule.scope(), question)) {
                continue;
            }
            if (rule.effect() instanceof Rule.Permits permit) {
                permits.add(rule.id());
                treatments.add(permit.treatment());
                if (!met(permit.requires(), question)) {
                    unmet.add(rule.id());
                }
            } else {
                denials.add(rule.id());
            }
        }
        if (!denials.isEmpty()) {
            return "RULE_DENIED " + denials;
        }
        if (permits.isEmpty()) {
            return "NO_MATCH []";
        }
        return unmet.isEmpty() ? greatest(treatments) + " " + permits : "REQUIREMENT_UNMET " + unmet;
    }

    private static boolean matches(Rule.Scope scope, Question question) {
        return scope.roles().contains(question.role().orElseThrow())
                && scope.levels().contains(question.level().orElseThrow())
                && scope.purposes().contains(question.purpose().orElseThrow())
                && scope.contexts().contains(question.context().orElseThrow())
                && scope.actions().contains(question.action().orElseThrow())
                && scope.regions().contains(question.region().orElseThrow());
    }

    private static boolean met(Requirements requires, Question question) {
        return question.consent().orElseThrow().compareTo(requires.consent()) >= 0
                && (!requires.pia() || question.pia().orElseThrow() == PiaState.APPROVED);
    }

    private static Treatment greatest(EnumSet<Treatment> treatments) {
        if (treatments.size() == 1) {
            return treatments.iterator().next();
        }
        throw new AssertionError("the twin knows no overlapping permits");
    }
}
