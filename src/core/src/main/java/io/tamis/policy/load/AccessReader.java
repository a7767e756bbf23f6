package io.tamis.policy.load;

import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.Level;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.policy.Decision;
import io.tamis.policy.Region;
import io.tamis.policy.Requirements;
import io.tamis.policy.Rule;
import io.tamis.policy.RuleId;
import io.tamis.policy.Treatment;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads {@code access.yaml}, whose form the schema has checked. */
final class AccessReader {
    private static final int TEXT_LENGTH_MAX = 512;
    private static final int LEGAL_MAX = 32;
    private static final String EVERY = "*";

    private AccessReader() {}

    static List<Rule> read(Yaml document) {
        var fields = new JsonFields(document.toJson());
        return fields.list("rules", Decision.RULES_MAX, AccessReader::rule);
    }

    private static Rule rule(Json json) {
        var fields = new JsonFields(json);
        var scope = new Rule.Scope(
                constants(fields, "roles", PolicyRole.class),
                constants(fields, "levels", Level.class),
                constants(fields, "purposes", Purpose.class),
                constants(fields, "contexts", Context.class),
                constants(fields, "actions", Action.class),
                constants(fields, "regions", Region.class));
        boolean permits = fields.string("effect", 8).equals("PERMIT");
        Rule.Effect effect = permits
                ? new Rule.Permits(
                        fields.constant("treatment", Treatment.class), Requirements.fromJson(fields.value("requires")))
                : new Rule.Denies(fields.string("reason", TEXT_LENGTH_MAX));
        return new Rule(
                new RuleId(fields.string("id", 16)),
                scope,
                effect,
                fields.list("legal", LEGAL_MAX, item -> JsonFields.text(item, 16)));
    }

    /** The named constants; all of them for {@code *} and for a list that is absent, which only regions may be. */
    private static <E extends Enum<E>> Set<E> constants(JsonFields fields, String name, Class<E> type) {
        List<String> names = fields.optionalList(name, 32, item -> JsonFields.text(item, 32));
        if (names.isEmpty() || names.equals(List.of(EVERY))) {
            return EnumSet.allOf(type);
        }
        var constants = EnumSet.noneOf(type);
        names.forEach(each -> constants.add(Constants.named(each, type)));
        return constants;
    }
}
