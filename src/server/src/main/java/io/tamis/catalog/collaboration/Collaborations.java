package io.tamis.catalog.collaboration;

import io.tamis.catalog.link.LinkSet;
import io.tamis.data.CollaborationId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which agreements there are, as jobs ask for them. */
public interface Collaborations {
    /**
     * The collaboration as it stands. It is held until the caller's transaction ends: a closure, a withdrawal or a
     * detachment waits for the transaction, or is seen by it.
     */
    Optional<Collaboration> find(Handle tx, CollaborationId id);

    /** The links of an attachment, for one scan; whoever opens them closes them. INTERNAL when they are destroyed. */
    default LinkSet links(CollaborationId id, Attachment attachment) {
        throw new CollaborationException(io.tamis.data.Code.INTERNAL);
    }
}
