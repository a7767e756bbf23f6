package io.tamis.ledger;

import io.tamis.data.Json;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** A legal hold: what it covers is not erased while it stands. */
record LegalHold(String id, KeyTarget target, Reason reason, Instant placedAt, Optional<Instant> liftedAt) {
    /** What an id looks like: an officer's own file number. */
    static final String ID_FORM = "[a-z0-9][a-z0-9-]{0,63}";

    /** Why. */
    enum Reason {
        LITIGATION,
        INVESTIGATION,
        AUTHORITY_REQUEST,
        DISPUTE
    }

    LegalHold {
        Objects.requireNonNull(id);
        Objects.requireNonNull(target);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(placedAt);
        Objects.requireNonNull(liftedAt);
    }

    /** True when the two say the same, whenever they were placed. */
    boolean sameAs(KeyTarget other, Reason why) {
        return target.equals(other) && reason == why;
    }

    /** As an officer reads it. */
    Json.Obj toJson() {
        var json = Json.object().put("id", id).put("reason", reason.name());
        target.describe(json);
        if (target instanceof KeyTarget.OfSubject person) {
            json.put("subjectRef", person.subject().hex());
        }
        json.put("placedAt", placedAt.toString());
        liftedAt.ifPresent(at -> json.put("liftedAt", at.toString()));
        return json.build();
    }
}
