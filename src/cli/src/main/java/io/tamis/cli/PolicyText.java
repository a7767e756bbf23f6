package io.tamis.cli;

import io.tamis.data.Json;
import io.tamis.policy.Decision;
import io.tamis.policy.Explanation;
import io.tamis.policy.Requirement;
import io.tamis.policy.Requirements;
import io.tamis.policy.Rule;
import io.tamis.policy.TransformId;
import io.tamis.policy.Treatment;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** An explanation for people. */
record PolicyText(PrintStream out) {
    void print(Explanation explanation) {
        out.println(headline(explanation.decision()));
        out.println("bundle   " + explanation.bundleHash().hex());
        out.println("asked    " + asked(explanation));
        explanation.matches().forEach(this::match);
        explanation.publicCode().ifPresent(code -> out.println("merchant is told " + code + " and nothing else"));
    }

    private static String headline(Decision decision) {
        return switch (decision) {
            case Decision.Permit(Treatment treatment, var transform, var _, var _) ->
                "PERMIT as " + treatment
                        + transform
                                .map(TransformId::value)
                                .map(id -> " (" + id + ")")
                                .orElse("");
            case Decision.Deny(Decision.Reason reason, var _, Set<Requirement> unmet) ->
                "DENY " + reason + (unmet.isEmpty() ? "" : ": " + names(unmet));
        };
    }

    private static String asked(Explanation explanation) {
        Json.Obj question = explanation.question().toJson();
        return question.members().entrySet().stream()
                .filter(member -> !(member.getValue() instanceof Json.Obj empty
                        && empty.members().isEmpty()))
                .map(member -> member.getKey() + "=" + plain(member.getValue()))
                .collect(Collectors.joining(" "));
    }

    private void match(Explanation.Match match) {
        Rule rule = match.rule();
        String part = match.deciding() ? "decides" : "matches, does not decide";
        switch (rule.effect()) {
            case Rule.Permits(Treatment treatment, Requirements requires) -> {
                out.println("rule     " + rule.id() + " PERMIT " + treatment + ", " + part + "; " + legal(rule));
                out.println("         requires " + plain(requires.toJson())
                        + (match.unmet().isEmpty() ? "" : "; unmet: " + names(match.unmet())));
            }
            case Rule.Denies(String reason) -> {
                out.println("rule     " + rule.id() + " DENY, " + part + "; " + legal(rule));
                out.println("         " + reason);
            }
        }
    }

    private static String legal(Rule rule) {
        return String.join(", ", rule.legal());
    }

    private static String names(Collection<Requirement> requirements) {
        return requirements.stream().sorted().map(Requirement::wire).collect(Collectors.joining(", "));
    }

    /** JSON without its quotes: every value here is a name or a number of ours. */
    private static String plain(Json json) {
        return json.canonical().replaceAll("[\"{}\\[\\]]", "").replace(":", "=").replace(",", ", ");
    }
}
