package io.tamis.policy;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Why a question is answered as it is: for officers, platforms and policy authors. A merchant gets the public code alone.
 *
 * @param matches every rule whose scope holds the question, sorted by id
 */
public record Explanation(Hash bundleHash, Question question, Decision decision, List<Match> matches) {
    public Explanation {
        Objects.requireNonNull(bundleHash);
        Objects.requireNonNull(question);
        Objects.requireNonNull(decision);
        matches = List.copyOf(matches);
    }

    /**
     * A matching rule.
     *
     * @param deciding true when the decision rests on it
     * @param unmet what a permit requires and the question does not meet
     */
    public record Match(Rule rule, boolean deciding, Set<Requirement> unmet) {
        public Match {
            Objects.requireNonNull(rule);
            unmet = Set.copyOf(unmet);
        }

        private Json.Obj toJson() {
            var json = Json.object().put("id", rule.id().value()).put("deciding", deciding);
            switch (rule.effect()) {
                case Rule.Permits(Treatment treatment, Requirements requires) ->
                    json.put("effect", "PERMIT")
                            .put("treatment", treatment.name())
                            .put("requires", requires.toJson())
                            .put(
                                    "unmet",
                                    Json.strings(unmet.stream()
                                            .sorted()
                                            .map(Requirement::wire)
                                            .toList()));
                case Rule.Denies(String reason) -> json.put("effect", "DENY").put("reason", reason);
            }
            return json.put("legal", Json.strings(rule.legal())).build();
        }
    }

    /** What a merchant would be told; empty when permitted. */
    public Optional<Code> publicCode() {
        return switch (decision) {
            case Decision.Permit _ -> Optional.empty();
            case Decision.Deny deny -> Optional.of(deny.publicCode());
        };
    }

    /** All of it, machine-readable. */
    public Json.Obj toJson() {
        return Json.object()
                .put("bundleHash", bundleHash.hex())
                .put("question", question.toJson())
                .put("answer", decision.toJson())
                .putIfPresent("publicCode", publicCode().map(Enum::name))
                .put("matches", Json.array(matches.stream().map(Match::toJson).toList()))
                .build();
    }
}
