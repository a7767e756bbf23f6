package io.tamis.catalog.collaboration;

import io.tamis.data.CollaborationId;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The door for jobs, on the tables. */
@Singleton
class StoredCollaborations implements Collaborations {
    @Override
    public Optional<Collaboration> find(Handle tx, CollaborationId id) {
        return CollaborationRows.find(tx, id, CollaborationRows.Hold.SHARED).map(CollaborationRows.Row::collaboration);
    }
}
