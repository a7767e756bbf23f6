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

    /**
     * The link files of an attachment, for one scan; the caller closes them. STATE_CONFLICT when the version is not
     * attached any more, INTERNAL when its files are damaged. A detachment meanwhile ends the reading with INTERNAL.
     */
    LinkSet links(CollaborationId id, Attachment attachment);
}
