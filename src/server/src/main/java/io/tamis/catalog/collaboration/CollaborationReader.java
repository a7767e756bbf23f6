package io.tamis.catalog.collaboration;

import io.tamis.catalog.collaboration.CollaborationRows.Hold;
import io.tamis.catalog.collaboration.CollaborationRows.Row;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.Role;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Shows collaborations: to their members, in whichever role, and to officers; to others there is nothing. */
@Singleton
class CollaborationReader {
    private static final int LIMIT_MAX = 200;

    private final Jdbi jdbi;

    CollaborationReader(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Row view(Actor actor, CollaborationId id) {
        return jdbi.inTransaction(tx -> CollaborationRows.find(tx, id, Hold.NONE))
                .filter(row -> actor.role() == Role.COMPLIANCE_OFFICER
                        || row.collaboration().member(actor.party()).isPresent())
                .orElseThrow(() -> new CollaborationException(Code.NOT_FOUND));
    }

    /** A page, newest first. */
    List<Row> page(Actor actor, Optional<CollaborationId> before, int size) {
        return jdbi.inTransaction(tx -> CollaborationRows.page(
                tx,
                actor.role() == Role.COMPLIANCE_OFFICER ? Optional.empty() : Optional.of(actor.party()),
                before,
                size));
    }

    static int limit(String given) {
        if (!given.matches("[0-9]{1,3}") || Integer.parseInt(given) < 1 || Integer.parseInt(given) > LIMIT_MAX) {
            throw new CollaborationException(Code.INVALID_REQUEST);
        }
        return Integer.parseInt(given);
    }

    static Optional<CollaborationId> cursor(Optional<String> given) {
        return given.map(CollaborationId::new);
    }
}
