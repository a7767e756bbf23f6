package io.tamis.policy.load;

import io.tamis.data.Flag;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.Level;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.Semantic;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code taxonomy.yaml} fixes: the level of an unlabelled column, the floors, and the least conditions under which
 * an aggregate counts as L2.
 */
record Taxonomy(Level unlabelled, Map<Flag, Level> floors, Level digestFloor, Aggregate aggregate) {
    /** The meaning of a column that holds digests; a digest of an identifier identifies as well as the identifier. */
    static final Semantic DIGEST = new Semantic("DIGEST");

    Taxonomy {
        floors = Map.copyOf(floors);
    }

    /** Conditions of a DP aggregate; a rule may only be stricter. */
    record Aggregate(int cohortMin, MicroRho rhoMax, MicroEpsilon epsilonMax) {}

    /** The least level for a column with these flags and this meaning. */
    Level floor(Set<Flag> flags, Semantic semantic) {
        Level floor = semantic.equals(DIGEST) ? digestFloor : Level.L1;
        for (Flag flag : flags) {
            floor = floor.max(floors.getOrDefault(flag, Level.L1));
        }
        return floor;
    }

    static Taxonomy read(Yaml document) {
        var fields = new JsonFields(document.toJson());
        JsonFields floors = fields.object("floors");
        JsonFields aggregate = fields.object("derivation").object("aggregate");
        return new Taxonomy(
                fields.constant("default", Level.class),
                Map.of(
                        Flag.PERSONAL, floors.constant("personal", Level.class),
                        Flag.SENSITIVE_PERSONAL, floors.constant("sensitivePersonal", Level.class),
                        Flag.MINOR_U14, floors.constant("minorUnder14", Level.class)),
                floors.constant("digest", Level.class),
                new Aggregate(
                        (int) aggregate.integer("minCohort", 1, Integer.MAX_VALUE),
                        new MicroRho(aggregate.integer("maxRhoMicro", 1, MicroRho.VALUE_MAX)),
                        new MicroEpsilon(aggregate.integer("maxEpsilonMicro", 1, MicroEpsilon.VALUE_MAX))));
    }

    /** True when the five levels are each described once, L1 first: a reader must not find two stories of one level. */
    static boolean describesEveryLevelInOrder(Yaml document) {
        List<String> ids = new JsonFields(document.toJson())
                .list("levels", 16, (Json level) -> new JsonFields(level).string("id", 8));
        return ids.equals(List.of("L1", "L2", "L3", "L4", "L5"));
    }
}
