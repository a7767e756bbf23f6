package io.tamis.jobs;

import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.MicroRho;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A job as asked, read strictly. What protects people (bounds, delta, the policy's threshold) is not among its fields;
 * {@code minUsers} can only raise the threshold.
 *
 * @param body the request's canonical form, which names it for idempotency
 */
record JobRequest(
        JobRequestId id,
        String type,
        Optional<CollaborationId> collaboration,
        DatasetRef dataset,
        Json.Obj params,
        MicroRho rho,
        OptionalInt minUsers,
        Output output,
        int assumedUsers,
        boolean acceptLowUtility,
        String body) {
    private static final int USERS_MAX = 1_000_000_000;
    private static final int ASSUMED_USERS_DEFAULT = 1_000;
    private static final int REASON_MIN = 10;
    private static final String NOT_KEPT = "(not kept)";

    static JobRequest parse(Json json) {
        var fields = new JsonFields(json);
        var id = new JobRequestId(fields.string("jobRequestId", 64));
        String type = fields.string("type", 64);
        var collaboration = fields.optionalString("collaborationId", 64).map(CollaborationId::new);
        List<DatasetRef> datasets = fields.list("datasets", 1, DatasetRef::parse);
        if (!(fields.value("params") instanceof Json.Obj params)) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        JsonFields privacy = fields.object("privacy");
        privacy.optionalConstant("mechanism", Mechanism.class);
        var rho = new MicroRho(privacy.integer("rhoMicro", 1, MicroRho.VALUE_MAX));
        OptionalInt minUsers = toInt(privacy, "minUsers");
        privacy.end();
        Output output = Output.parse(fields.optionalObject("output"));
        if (fields.string("reason", 500).length() < REASON_MIN) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        int assumedUsers = toInt(fields, "assumedUsers").orElse(ASSUMED_USERS_DEFAULT);
        boolean acceptLowUtility = fields.flag("acceptLowUtility");
        fields.end();
        return new JobRequest(
                id,
                type,
                collaboration,
                datasets.getFirst(),
                params,
                rho,
                minUsers,
                output,
                assumedUsers,
                acceptLowUtility,
                json.canonical());
    }

    /** The canonical body without parameters and reason: what is kept of a refused job. */
    String withoutQuestion() {
        return ((Json.Obj) Json.parse(body))
                .with("params", Json.object().build())
                .with("reason", Json.of(NOT_KEPT))
                .canonical();
    }

    private static OptionalInt toInt(JsonFields fields, String name) {
        var value = fields.optionalInteger(name, 1, USERS_MAX);
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }

    /** The mechanisms offered; the pure one-shot comes with private SQL. */
    private enum Mechanism {
        ZCDP_GAUSSIAN
    }
}
