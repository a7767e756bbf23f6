package io.tamis.catalog.collaboration;

import io.tamis.catalog.Catalog;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.collaboration.AttachmentRows.Place;
import io.tamis.catalog.collaboration.AttachmentRows.Recent;
import io.tamis.catalog.collaboration.CollaborationRows.Hold;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Brings datasets into collaborations: derives the link files of a version in a temporary folder, then, in one
 * transaction that holds the collaboration, looks again, moves the folder into its place and writes row and entry.
 *
 * <p>Race story. Deriving takes up to minutes and holds nothing, so everything may have changed when it is done. The
 * transaction sees a closure, a withdrawal, a new epoch, and refuses as it would have before; it sees that another request
 * has attached the same, throws its own folder away and answers like that one; and it sees that a version of the same
 * family came in elsewhere that this one was not compared with, and has the caller come back. A closure that comes later
 * waits for the transaction, finds the new row and destroys its key.
 *
 * <p>Crash story: see {@link LinkFolders}.
 */
@Singleton
class Attachments {
    private final Jdbi jdbi;
    private final Catalog catalog;
    private final Derivations derivations;
    private final Links links;
    private final Minutes minutes;

    Attachments(Jdbi jdbi, Catalog catalog, Derivations derivations, Links links, Minutes minutes) {
        this.jdbi = jdbi;
        this.catalog = catalog;
        this.derivations = derivations;
        this.links = links;
        this.minutes = minutes;
    }

    /** Which version is to be attached in which epoch. */
    record Wanted(CollaborationId collaboration, DatasetId dataset, int version, int keyEpoch) {
        Place place() {
            return new Place(collaboration, dataset, version, keyEpoch);
        }
    }

    /** What is attached; {@code created} is false when it was before. */
    record Attached(AttachmentRows.Row row, boolean created) {}

    /** Attaches a version of the caller's dataset; what is attached already is answered as the first time. */
    Attached attach(Actor actor, Wanted wanted) {
        CollaborationRows.Row row = jdbi.inTransaction(
                        tx -> CollaborationRows.find(tx, wanted.collaboration(), Hold.NONE))
                .orElseThrow(() -> new CollaborationException(Code.NOT_FOUND))
                .requireMember(actor)
                .requireActive();
        Dataset dataset = owned(actor, wanted.dataset());
        Optional<AttachmentRows.Row> earlier = earlier(row, wanted);
        if (earlier.isPresent()) {
            return new Attached(earlier.get(), false);
        }
        requireRoom(row, wanted);
        Links.Source source = source(dataset, wanted);
        Set<Recent> others = jdbi.inTransaction(tx -> ListRules.others(tx, source.snapshot(), minutes.now()));
        return derivations.run(actor.party(), temporary -> {
            try (Links.Derived derived = links.derive(wanted.place(), source, temporary)) {
                links.requireApart(derived, row, others, temporary);
                return jdbi.inTransaction(tx -> publish(tx, actor, wanted, derived, others));
            }
        });
    }

    private Dataset owned(Actor actor, DatasetId id) {
        return Optional.ofNullable(catalog.policy().datasets().get(id))
                .filter(dataset -> dataset.owner().equals(actor.party()))
                .orElseThrow(() -> new CollaborationException(Code.NOT_FOUND));
    }

    private static Optional<AttachmentRows.Row> earlier(CollaborationRows.Row row, Wanted wanted) {
        return row.attachments().stream()
                .filter(attached -> attached.place().equals(wanted.place()))
                .findFirst();
    }

    private static void requireRoom(CollaborationRows.Row row, Wanted wanted) {
        if (row.collaboration().keyEpoch() != wanted.keyEpoch()) {
            throw new CollaborationException(Code.VERSION_MISMATCH);
        }
        if (row.attachments().size() >= Collaboration.ATTACHMENTS_MAX) {
            throw new CollaborationException(Code.TOO_LARGE);
        }
    }

    private Links.Source source(Dataset dataset, Wanted wanted) {
        Snapshot snapshot = catalog.snapshot(wanted.dataset(), wanted.version())
                .orElseThrow(() -> new CollaborationException(Code.NOT_FOUND));
        var unit = dataset.unit().orElseThrow(() -> new CollaborationException(Code.NO_PRIVACY_UNIT));
        return links.source(snapshot, unit.semantic());
    }

    private Attached publish(Handle tx, Actor actor, Wanted wanted, Links.Derived derived, Set<Recent> compared)
            throws IOException {
        CollaborationRows.Row row =
                CollaborationRows.held(tx, wanted.collaboration(), actor).requireActive();
        Optional<AttachmentRows.Row> earlier = earlier(row, wanted);
        if (earlier.isPresent()) {
            return new Attached(earlier.get(), false);
        }
        requireRoom(row, wanted);
        AttachmentRows.lock(tx, wanted.dataset());
        Instant now = minutes.now();
        if (!contents(compared)
                .containsAll(contents(ListRules.others(tx, derived.source().snapshot(), now)))) {
            throw new CollaborationException(Code.RATE_LIMITED);
        }
        links.publish(tx, derived);
        try {
            return new Attached(entered(tx, actor, row, derived, now), true);
        } catch (RuntimeException rolledBack) {
            links.withdraw(derived);
            throw rolledBack;
        }
    }

    private AttachmentRows.Row entered(
            Handle tx, Actor actor, CollaborationRows.Row row, Links.Derived derived, Instant now) {
        Attachment attachment = derived.attachment();
        var event = minutes.attached(tx, actor, row.collaboration(), attachment);
        minutes.keyCreated(tx, actor, row.id(), derived.key().id());
        var entered = new AttachmentRows.Row(
                row.id(), attachment, actor.party(), event, derived.key().id(), now);
        AttachmentRows.insert(tx, entered, links.wrapped(derived));
        CollaborationRows.changed(tx, row.id(), event);
        return entered;
    }

    private static Set<Hash> contents(Set<Recent> versions) {
        return versions.stream().map(Recent::contentHash).collect(Collectors.toSet());
    }
}
