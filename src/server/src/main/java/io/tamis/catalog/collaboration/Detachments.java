package io.tamis.catalog.collaboration;

import io.tamis.catalog.Catalog;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.EventId;
import io.tamis.data.PartyId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Takes datasets out of a collaboration. The link keys are destroyed in the transaction; the files, which nobody can read
 * without them, are deleted after its commit, and by the next start's sweep when that fails. A scan that has opened them
 * already may come to its end; one that has not fails.
 */
@Singleton
class Detachments {
    private final Jdbi jdbi;
    private final Catalog catalog;
    private final Minutes minutes;
    private final LinkFolders folders;

    Detachments(Jdbi jdbi, Catalog catalog, Minutes minutes, LinkFolders folders) {
        this.jdbi = jdbi;
        this.catalog = catalog;
        this.minutes = minutes;
        this.folders = folders;
    }

    /** Detaches all versions of a dataset of the caller's, in all epochs, and names the last entry of it; none when nothing was. */
    Optional<EventId> detach(Actor actor, CollaborationId id, DatasetId dataset) {
        var gone = new ArrayList<AttachmentRows.Row>();
        Optional<EventId> last = jdbi.inTransaction(tx -> {
            gone.clear();
            CollaborationRows.Row row = CollaborationRows.held(tx, id, actor);
            List<AttachmentRows.Row> attached =
                    of(row, found -> found.attachment().dataset().equals(dataset));
            if (!attached.stream().allMatch(found -> found.owner().equals(actor.party()))
                    || (attached.isEmpty() && !declaredFor(actor.party(), dataset))) {
                throw new CollaborationException(Code.NOT_FOUND);
            }
            gone.addAll(attached);
            Optional<EventId> event = take(tx, actor, row, attached, minutes.now());
            event.ifPresent(entry -> CollaborationRows.changed(tx, id, entry));
            return event;
        });
        discard(gone);
        return last;
    }

    /** Detaches all that the caller's party attached, in the caller's transaction. */
    List<AttachmentRows.Row> ofOwner(Handle tx, Actor actor, CollaborationRows.Row row, Instant now) {
        List<AttachmentRows.Row> owned = of(row, found -> found.owner().equals(actor.party()));
        take(tx, actor, row, owned, now);
        return owned;
    }

    /** Deletes the files of what was detached; after the commit. */
    void discard(List<AttachmentRows.Row> detached) {
        detached.forEach(row -> folders.discard(row.place()));
    }

    private Optional<EventId> take(
            Handle tx, Actor actor, CollaborationRows.Row row, List<AttachmentRows.Row> detached, Instant now) {
        Optional<EventId> newest = Optional.empty();
        for (AttachmentRows.Row gone : detached) {
            AttachmentRows.detach(tx, gone, now);
            newest = Optional.of(minutes.detached(tx, actor, row.collaboration(), gone.attachment()));
        }
        minutes.keysDestroyed(
                tx,
                actor,
                row.id(),
                detached.stream().map(AttachmentRows.Row::keyId).toList());
        return newest;
    }

    private boolean declaredFor(PartyId party, DatasetId dataset) {
        return Optional.ofNullable(catalog.policy().datasets().get(dataset))
                .filter(declared -> declared.owner().equals(party))
                .isPresent();
    }

    private static List<AttachmentRows.Row> of(CollaborationRows.Row row, Predicate<AttachmentRows.Row> wanted) {
        return row.attachments().stream().filter(wanted).toList();
    }
}
