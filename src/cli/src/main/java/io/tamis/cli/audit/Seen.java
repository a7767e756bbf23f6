package io.tamis.cli.audit;

import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.PartyId;
import io.tamis.log.LedgerEvent;
import java.util.Optional;

/**
 * An entry under the auditor's eyes. Reading a field of another form throws {@code DataException}.
 *
 * @param order rises over all logs of an audit
 * @param where how a finding names it
 */
record Seen(long order, String where, LedgerEvent event) {
    private static final int NAME_LENGTH_MAX = 64;

    /** A fresh reader of the body; each may read any field. */
    JsonFields fields() {
        return new JsonFields(event.body());
    }

    JobId job() {
        return JobId.parse(fields().string("job", NAME_LENGTH_MAX));
    }

    Optional<JobId> jobIfAny() {
        return fields().optionalString("job", NAME_LENGTH_MAX).map(JobId::parse);
    }

    PartyId tenant() {
        return new PartyId(fields().string("tenant", NAME_LENGTH_MAX));
    }

    DatasetId dataset() {
        return new DatasetId(fields().string("dataset", NAME_LENGTH_MAX));
    }

    /** Under which agreement, if any. */
    Optional<String> collaboration() {
        return fields().optionalString("collaborationId", NAME_LENGTH_MAX);
    }

    /** True when this field is there and is this text. */
    boolean says(String name, String text) {
        return member(name).equals(Optional.of(Json.of(text)));
    }

    Hash hash(String name) {
        return Hash.parse(fields().string(name, 2 * Hash.LENGTH));
    }

    Optional<Json> member(String name) {
        return event.body().member(name);
    }
}
