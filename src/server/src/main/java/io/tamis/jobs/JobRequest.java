package io.tamis.jobs;

import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.privacy.Loss;
import io.tamis.privacy.Mechanism;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A job as asked, read strictly. What protects people (bounds, delta, the policy's threshold) is not among its fields;
 * {@code minUsers} can only raise the threshold.
 *
 * @param datasets what is read, in the order of naming, each dataset once
 * @param loss what the merchant offers to spend on each of them
 * @param body the request's canonical form, which names it for idempotency
 */
record JobRequest(
        JobRequestId id,
        String type,
        Optional<CollaborationId> collaboration,
        List<DatasetRef> datasets,
        Json.Obj params,
        Loss loss,
        OptionalInt minUsers,
        Output output,
        int assumedUsers,
        boolean acceptLowUtility,
        String body) {
    /** Most datasets of a job. */
    static final int DATASETS_MAX = 8;

    /** Greatest price that can be offered, in millionths of either unit; the caps are far below. */
    private static final long AMOUNT_MAX = Math.min(MicroRho.VALUE_MAX, MicroEpsilon.VALUE_MAX);

    private static final int USERS_MAX = 1_000_000_000;
    private static final int ASSUMED_USERS_DEFAULT = 1_000;
    private static final int REASON_MIN = 10;
    private static final String NOT_KEPT = "(not kept)";

    static JobRequest parse(Json json) {
        var fields = new JsonFields(json);
        var id = new JobRequestId(fields.string("jobRequestId", 64));
        String type = fields.string("type", 64);
        var collaboration = fields.optionalString("collaborationId", 64).map(CollaborationId::new);
        List<DatasetRef> datasets = fields.list("datasets", DATASETS_MAX, DatasetRef::parse);
        if (datasets.stream().map(DatasetRef::id).distinct().count() != datasets.size()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        if (!(fields.value("params") instanceof Json.Obj params)) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        JsonFields privacy = fields.object("privacy");
        Loss loss = loss(privacy);
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
                datasets,
                params,
                loss,
                minUsers,
                output,
                assumedUsers,
                acceptLowUtility,
                json.canonical());
    }

    /** The reference to this dataset, which is one of the request's. */
    DatasetRef dataset(DatasetId id) {
        return datasets.stream()
                .filter(reference -> reference.id().equals(id))
                .findFirst()
                .orElseThrow();
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

    /** Each mechanism has its own unit: a price in the other's is a field that is not documented. */
    private static Loss loss(JsonFields privacy) {
        var mechanism = privacy.optionalConstant("mechanism", Mechanism.class).orElse(Mechanism.ZCDP_GAUSSIAN);
        return mechanism.loss(privacy.integer(mechanism.amount(), 1, AMOUNT_MAX));
    }
}
