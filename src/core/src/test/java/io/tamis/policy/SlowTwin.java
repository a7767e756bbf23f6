package io.tamis.policy;

import io.tamis.data.ConsentClass;
import io.tamis.data.Flag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides by reading section 4 of the policy note aloud: no index, no masks, every rule every time, the order of
 * treatments as a closed table of pairs. An oracle: it shares no line with what it judges.
 */
final class SlowTwin {
    private static final boolean[][] AT_MOST = closure(List.of(
            "RAW PARTIAL",
            "RAW GENERALIZE",
            "RAW TOKEN",
            "RAW PSEUDONYM",
            "RAW ENCRYPTED",
            "TOKEN PSEUDONYM",
            "PARTIAL DP_AGGREGATE",
            "GENERALIZE DP_AGGREGATE",
            "PSEUDONYM DP_AGGREGATE",
            "DP_AGGREGATE SUPPRESS",
            "ENCRYPTED SUPPRESS"));

    private final List<Rule> rules;

    SlowTwin(List<Rule> rules) {
        this.rules = rules.stream()
                .sorted((one, other) -> one.id().value().compareTo(other.id().value()))
                .toList();
    }

    /** The answer as text: outcome, rules, what is unmet. */
    String decide(Question question) {
        List<RuleId> permits = new ArrayList<>();
        List<RuleId> denials = new ArrayList<>();
        List<RuleId> lacking = new ArrayList<>();
        Set<String> unmet = new TreeSet<>();
        List<Treatment> treatments = new ArrayList<>();
        for (Rule rule : rules) {
            if (!matches(rule.scope(), question)) {
                continue;
            }
            if (rule.effect() instanceof Rule.Permits permit) {
                permits.add(rule.id());
                treatments.add(permit.treatment());
                Set<String> lacks = lacks(permit.requires(), question);
                unmet.addAll(lacks);
                if (!lacks.isEmpty()) {
                    lacking.add(rule.id());
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
        return unmet.isEmpty() ? greatest(treatments) + " " + permits : "REQUIREMENT_UNMET " + lacking + " " + unmet;
    }

    /** The engine's answer in the twin's words. */
    static String outcome(Decision decision) {
        return switch (decision) {
            case Decision.Permit permit -> permit.treatment() + " " + permit.rules();
            case Decision.Deny deny -> {
                var unmet = new TreeSet<String>();
                deny.unmet().forEach(requirement -> unmet.add(requirement.wire()));
                yield deny.reason() + " " + deny.rules() + (unmet.isEmpty() ? "" : " " + unmet);
            }
        };
    }

    private static boolean matches(Rule.Scope scope, Question question) {
        return scope.roles().contains(question.role().orElseThrow())
                && scope.levels().contains(question.level().orElseThrow())
                && scope.purposes().contains(question.purpose().orElseThrow())
                && scope.contexts().contains(question.context().orElseThrow())
                && scope.actions().contains(question.action().orElseThrow())
                && scope.regions().contains(question.region().orElseThrow());
    }

    private static Set<String> lacks(Requirements requires, Question question) {
        var lacks = new TreeSet<String>();
        List<ConsentClass> weakestFirst =
                List.of(ConsentClass.NONE, ConsentClass.GENERAL, ConsentClass.SEPARATE, ConsentClass.GUARDIAN);
        ConsentClass least = question.flags().contains(Flag.MINOR_U14) ? ConsentClass.GUARDIAN : requires.consent();
        if (weakestFirst.indexOf(question.consent().orElseThrow()) < weakestFirst.indexOf(least)) {
            lacks.add("consent");
        }
        if (requires.pia() && question.pia().orElseThrow() == PiaState.NONE) {
            lacks.add("pia");
        }
        if (requires.cohortMin().isPresent()
                && (question.cohort().isEmpty()
                        || question.cohort().getAsInt() < requires.cohortMin().getAsInt())) {
            lacks.add("minCohort");
        }
        if (requires.approvals() > question.approvals()) {
            lacks.add("approvals");
        }
        if (requires.strongAuth() && !question.strongAuth()) {
            lacks.add("strongAuth");
        }
        if (requires.dpoApproval() && !question.dpoApproval()) {
            lacks.add("dpoApproval");
        }
        lacks.addAll(costs(requires, question));
        return lacks;
    }

    /** Each limit holds the cost it is about; a cost left out is excused only by the other kind, held and stated. */
    private static Set<String> costs(Requirements requires, Question question) {
        var lacks = new TreeSet<String>();
        boolean rhoLimit = requires.rhoMax().isPresent();
        boolean epsilonLimit = requires.epsilonMax().isPresent();
        boolean rho = question.rho().isPresent();
        boolean epsilon = question.epsilon().isPresent();
        if (rhoLimit
                && rho
                && question.rho().get().value() > requires.rhoMax().get().value()) {
            lacks.add("maxRhoMicro");
        }
        if (rhoLimit && !rho && !(epsilonLimit && epsilon)) {
            lacks.add("maxRhoMicro");
        }
        if (epsilonLimit
                && epsilon
                && question.epsilon().get().value()
                        > requires.epsilonMax().get().value()) {
            lacks.add("maxEpsilonMicro");
        }
        if (epsilonLimit && !epsilon && !(rhoLimit && rho)) {
            lacks.add("maxEpsilonMicro");
        }
        return lacks;
    }

    private static Treatment greatest(List<Treatment> treatments) {
        for (Treatment candidate : treatments) {
            boolean greatest = true;
            for (Treatment other : treatments) {
                greatest &= AT_MOST[index(other)][index(candidate)];
            }
            if (greatest) {
                return candidate;
            }
        }
        return Treatment.SUPPRESS;
    }

    private static boolean[][] closure(List<String> pairs) {
        int size = Treatment.values().length;
        var atMost = new boolean[size][size];
        for (int i = 0; i < size; i++) {
            atMost[i][i] = true;
        }
        for (String pair : pairs) {
            String[] names = pair.split(" ", 2);
            atMost[index(Treatment.valueOf(names[0]))][index(Treatment.valueOf(names[1]))] = true;
        }
        for (int via = 0; via < size; via++) {
            for (int from = 0; from < size; from++) {
                for (int to = 0; to < size; to++) {
                    atMost[from][to] |= atMost[from][via] && atMost[via][to];
                }
            }
        }
        return atMost;
    }

    private static int index(Treatment treatment) {
        return List.of(Treatment.values()).indexOf(treatment);
    }

    /** The twin's order of treatments. */
    static boolean atMost(Treatment one, Treatment other) {
        return AT_MOST[index(one)][index(other)];
    }
}
