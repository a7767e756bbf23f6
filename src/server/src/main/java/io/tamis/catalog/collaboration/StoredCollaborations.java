package io.tamis.catalog.collaboration;

import io.tamis.catalog.link.LinkSet;
import io.tamis.data.CollaborationId;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The door for jobs, on the tables and the folders. */
@Singleton
class StoredCollaborations implements Collaborations {
    private final Links links;

    StoredCollaborations(Links links) {
        this.links = links;
    }

    @Override
    public Optional<Collaboration> find(Handle tx, CollaborationId id) {
        return CollaborationRows.find(tx, id, CollaborationRows.Hold.SHARED).map(CollaborationRows.Row::collaboration);
    }

    @Override
    public LinkSet links(CollaborationId id, Attachment attachment) {
        var place = new AttachmentRows.Place(id, attachment.dataset(), attachment.version(), attachment.keyEpoch());
        return links.open(place, attachment);
    }
}
