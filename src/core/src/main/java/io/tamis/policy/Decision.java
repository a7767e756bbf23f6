package io.tamis.policy;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The answer to a {@link Question}. A refusal is a value. */
public sealed interface Decision {
    /** Most rules that one cell may match; a bundle has fewer. */
    int RULES_MAX = 1000;

    /** The rules that decided, sorted by id. */
    List<RuleId> rules();

    /** The form in an {@code access.decided} entry. */
    Json.Obj toJson();

    /**
     * Permitted in this form.
     *
     * @param transform how the form is made; empty for RAW, and when the question names no semantic that picks one
     * @param required what all matching permits together ask for, and the question met
     */
    record Permit(Treatment treatment, Optional<TransformId> transform, List<RuleId> rules, Requirements required)
            implements Decision {
        public Permit {
            Objects.requireNonNull(treatment);
            Objects.requireNonNull(transform);
            Objects.requireNonNull(required);
            rules = List.copyOf(rules);
        }

        @Override
        public Json.Obj toJson() {
            return Json.object()
                    .put("decision", "PERMIT")
                    .put("treatment", treatment.name())
                    .putIfPresent("transform", transform.map(TransformId::value))
                    .put("ruleIds", ids(rules))
                    .put("required", required.toJson())
                    .build();
        }
    }

    /**
     * Refused.
     *
     * @param rules the denying rules, or the permits whose requirements are unmet; empty otherwise
     * @param unmet what is unmet; empty but for REQUIREMENT_UNMET
     */
    record Deny(Reason reason, List<RuleId> rules, Set<Requirement> unmet) implements Decision {
        public Deny {
            Objects.requireNonNull(reason);
            rules = List.copyOf(rules);
            unmet = Set.copyOf(unmet);
            if (unmet.isEmpty() == (reason == Reason.REQUIREMENT_UNMET)) {
                throw new DataException(Code.INVALID_REQUEST);
            }
        }

        /** What a merchant is told: no rule, no number (policy note, section 4). */
        public Code publicCode() {
            if (unmet.contains(Requirement.CONSENT)) {
                return Code.PURPOSE_NOT_CONSENTED;
            }
            return unmet.contains(Requirement.PIA) ? Code.PIA_MISSING : Code.POLICY_DENIED;
        }

        @Override
        public Json.Obj toJson() {
            var json = Json.object()
                    .put("decision", "DENY")
                    .put("reason", reason.name())
                    .put("ruleIds", ids(rules));
            if (!unmet.isEmpty()) {
                json.put(
                        "unmet",
                        Json.strings(
                                unmet.stream().sorted().map(Requirement::wire).toList()));
            }
            return json.build();
        }
    }

    /** Why a question is refused. */
    enum Reason {
        ATTRIBUTE_MISSING,
        RULE_DENIED,
        NO_MATCH,
        REQUIREMENT_UNMET
    }

    /** Reads {@link #toJson()}. */
    static Decision fromJson(Json json) {
        var fields = new JsonFields(json);
        var decision = read(fields);
        fields.end();
        return decision;
    }

    /** Reads the members of {@link #toJson()} among others. */
    static Decision read(JsonFields fields) {
        List<RuleId> rules = fields.optionalList("ruleIds", RULES_MAX, item -> new RuleId(JsonFields.text(item, 16)));
        return switch (fields.string("decision", 16)) {
            case "PERMIT" ->
                new Permit(
                        fields.constant("treatment", Treatment.class),
                        fields.optionalString("transform", 64).map(TransformId::new),
                        rules,
                        Requirements.fromJson(fields.value("required")));
            case "DENY" -> {
                var unmet = EnumSet.noneOf(Requirement.class);
                unmet.addAll(fields.optionalList(
                        "unmet", Requirement.values().length, item -> Requirement.fromWire(JsonFields.text(item, 32))));
                yield new Deny(fields.constant("reason", Reason.class), rules, unmet);
            }
            default -> throw new DataException(Code.INVALID_REQUEST);
        };
    }

    private static Json.Arr ids(List<RuleId> rules) {
        return Json.strings(rules.stream().map(RuleId::value).toList());
    }
}
