package io.tamis.catalog.collaboration;

import io.tamis.catalog.collaboration.Collaboration.State;
import io.tamis.catalog.collaboration.CollaborationRows.Hold;
import io.tamis.catalog.collaboration.CollaborationRows.Row;
import io.tamis.catalog.collaboration.Minutes.Change;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.IdSource;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The life of an agreement: proposed, signed by all, closed for ever. Each step holds the collaboration's row alone, so
 * steps of one collaboration follow each other, on whichever replica, and wait for a job that is just being admitted.
 *
 * <p>Crash story. A step's rows, its keys' making or destruction and its ledger entries commit together. What is left on
 * disk of an attachment is deleted after the commit: its key is gone already, so a crash in between leaves noise, which the
 * next start sweeps ({@link LinkFolders}).
 */
@Singleton
class Agreements {
    /** Most collaborations of a party's making that are not closed. */
    static final int OPEN_MAX = 1_000;

    private final Jdbi jdbi;
    private final CollaborationKeys keys;
    private final Minutes minutes;
    private final Detachments detachments;
    private final IdSource ids;

    Agreements(Jdbi jdbi, CollaborationKeys keys, Minutes minutes, Detachments detachments, IdSource ids) {
        this.jdbi = jdbi;
        this.keys = keys;
        this.minutes = minutes;
        this.detachments = detachments;
        this.ids = ids;
    }

    /** Proposes an agreement. Its creator is one of its members, and signs like the others. */
    Row create(Actor actor, Terms terms) {
        var roles = terms.members().get(actor.party());
        if (roles == null) {
            throw new CollaborationException(Code.NOT_MEMBER);
        }
        if (!roles.contains(actor.role())) {
            throw new CollaborationException(Code.ROLE_REQUIRED);
        }
        var id = CollaborationId.of(ids.next());
        return jdbi.inTransaction(tx -> {
            CollaborationRows.lockCreator(tx, actor.party());
            if (CollaborationRows.open(tx, actor.party()) >= OPEN_MAX) {
                throw new CollaborationException(Code.TOO_LARGE);
            }
            EventId event = minutes.created(tx, actor, id, terms);
            CollaborationRows.insert(tx, id, actor.party(), terms, event, minutes.now());
            return again(tx, id);
        });
    }

    /** Signs for the caller's party; signing twice is signing once. The last signature makes the agreement active. */
    Row sign(Actor actor, CollaborationId id, Hash agreementHash) {
        return jdbi.inTransaction(tx -> {
            Row row = CollaborationRows.held(tx, id, actor);
            Collaboration agreement = row.collaboration();
            if (agreement.state() == State.CLOSED) {
                throw new CollaborationException(Code.STATE_CONFLICT);
            }
            if (!agreement.agreementHash().equals(agreementHash)) {
                throw new CollaborationException(Code.SUBJECT_CHANGED);
            }
            if (agreement.includes(actor.party())) {
                return row;
            }
            CollaborationRows.sign(tx, id, actor.party(), minutes.now());
            if (!again(tx, id).collaboration().signedByAll()) {
                CollaborationRows.changed(tx, id, minutes.signed(tx, actor, agreement, State.DRAFT));
                return again(tx, id);
            }
            EventId event = minutes.signed(tx, actor, agreement, State.ACTIVE);
            minutes.keyCreated(tx, actor, id, keys.create(tx, id, 1, minutes.now()));
            CollaborationRows.activate(tx, id, 1, event);
            return again(tx, id);
        });
    }

    /**
     * Takes the caller's party and its datasets out. An agreement that is not signed by all yet can then never be, and one
     * party alone agrees with nobody: both are closed.
     */
    EventId withdraw(Actor actor, CollaborationId id) {
        var gone = new ArrayList<AttachmentRows.Row>();
        EventId event = jdbi.inTransaction(tx -> {
            Row row = CollaborationRows.held(tx, id, actor);
            if (row.collaboration().state() == State.CLOSED) {
                throw new CollaborationException(Code.STATE_CONFLICT);
            }
            Instant now = minutes.now();
            CollaborationRows.withdraw(tx, id, actor.party(), now);
            boolean over = row.collaboration().state() == State.DRAFT
                    || row.collaboration().remaining() - 1 < Collaboration.MEMBERS_MIN;
            EventId withdrawn = minutes.changed(
                    tx, actor, row.collaboration(), Change.WITHDRAWN, over ? State.CLOSED : State.ACTIVE);
            if (over) {
                gone.addAll(destroyAll(tx, actor, row, now));
                CollaborationRows.close(tx, id, Optional.empty(), withdrawn, now);
            } else {
                gone.addAll(detachments.ofOwner(tx, actor, row, now));
                CollaborationRows.changed(tx, id, withdrawn);
            }
            return withdrawn;
        });
        detachments.discard(gone);
        return event;
    }

    /** Ends the agreement for all its members. Closing what is closed changes nothing. */
    Row close(Actor actor, CollaborationId id, String reason) {
        var gone = new ArrayList<AttachmentRows.Row>();
        Row closed = jdbi.inTransaction(tx -> {
            Row row = CollaborationRows.held(tx, id, actor);
            if (row.collaboration().state() == State.CLOSED) {
                return row;
            }
            Instant now = minutes.now();
            EventId event = minutes.changed(tx, actor, row.collaboration(), Change.CLOSED, State.CLOSED);
            gone.addAll(destroyAll(tx, actor, row, now));
            CollaborationRows.close(tx, id, Optional.of(reason), event, now);
            return again(tx, id);
        });
        detachments.discard(gone);
        return closed;
    }

    /**
     * Begins a new epoch under a new key and destroys the old one's at once: what is attached goes on working, but nothing
     * can be attached beside it any more. Begins the one after {@code from}: asked again, or by two members at once, it is
     * begun once, or everybody would have to attach again for nothing.
     */
    Row rotate(Actor actor, CollaborationId id, int from) {
        return jdbi.inTransaction(tx -> {
            Row row = CollaborationRows.held(tx, id, actor).requireActive();
            int epoch = Math.incrementExact(from);
            if (row.collaboration().keyEpoch() == epoch) {
                return row;
            }
            if (row.collaboration().keyEpoch() != from) {
                throw new CollaborationException(Code.VERSION_MISMATCH);
            }
            Instant now = minutes.now();
            EventId event = minutes.changed(tx, actor, row.collaboration(), Change.KEY_ROTATED, State.ACTIVE);
            minutes.keysDestroyed(tx, actor, id, keys.destroy(tx, id, now));
            minutes.keyCreated(tx, actor, id, keys.create(tx, id, epoch, now));
            CollaborationRows.activate(tx, id, epoch, event);
            return again(tx, id);
        });
    }

    private List<AttachmentRows.Row> destroyAll(Handle tx, Actor actor, Row row, Instant now) {
        var destroyed = new ArrayList<UUID>(keys.destroy(tx, row.id(), now));
        row.attachments().forEach(attached -> {
            AttachmentRows.detach(tx, attached, now);
            destroyed.add(attached.keyId());
        });
        minutes.keysDestroyed(tx, actor, row.id(), destroyed);
        return row.attachments();
    }

    private static Row again(Handle tx, CollaborationId id) {
        return CollaborationRows.find(tx, id, Hold.NONE).orElseThrow();
    }
}
