package io.tamis.jobs;

import io.tamis.catalog.Catalog;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.collaboration.Attachment;
import io.tamis.catalog.collaboration.Collaboration;
import io.tamis.catalog.collaboration.Collaborations;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.Dataset;
import io.tamis.data.Role;
import io.tamis.data.Sharing;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Who may ask about what. Asked when a job is submitted, when it is taken from the queue, and when it is released, each
 * time in the transaction that acts on the answer: a member that left, or an agreement that was closed, is seen.
 */
@Singleton
class Standing {
    private final Catalog catalog;
    private final Collaborations collaborations;

    Standing(Catalog catalog, Collaborations collaborations) {
        this.catalog = catalog;
        this.collaborations = collaborations;
    }

    /** What this caller sees of what the request is about. */
    Sight look(Handle tx, Actor actor, JobRequest request) {
        return request.collaboration().isPresent()
                ? inside(tx, actor, request, request.collaboration().get())
                : outside(actor, request);
    }

    /** Without an agreement: one's own data, for a merchant what is published besides; the answer is one's own. */
    private Sight outside(Actor actor, JobRequest request) {
        if (request.output().receivers().stream().anyMatch(receiver -> !receiver.equals(actor.party()))) {
            return new Sight.Hidden(Code.NOT_MEMBER);
        }
        var sources = new ArrayList<Asked.Source>();
        for (DatasetRef reference : request.datasets()) {
            Optional<Snapshot> snapshot =
                    catalog.snapshot(reference.id(), reference.version()).filter(found -> open(actor, declared(found)));
            if (snapshot.isEmpty()) {
                return new Sight.Hidden(Code.NOT_FOUND);
            }
            sources.add(new Asked.Source(reference, snapshot.get(), Optional.empty()));
        }
        return new Sight.Seen(new Asked(sources, Optional.empty()));
    }

    /** The declaration in force, which the catalogue has found to fit the version. */
    private Dataset declared(Snapshot snapshot) {
        return catalog.policy().datasets().getOrDefault(snapshot.id(), snapshot.dataset());
    }

    private static boolean open(Actor actor, Dataset dataset) {
        return dataset.owner().equals(actor.party())
                || (actor.role() == Role.MERCHANT && dataset.sharing() == Sharing.PUBLISHED);
    }

    private Sight inside(Handle tx, Actor actor, JobRequest request, CollaborationId id) {
        Optional<Collaboration> found =
                collaborations.find(tx, id).filter(collaboration -> member(collaboration, actor));
        if (found.isEmpty()) {
            return new Sight.Hidden(Code.NOT_MEMBER);
        }
        Collaboration collaboration = found.get();
        if (collaboration.state() != Collaboration.State.ACTIVE) {
            return new Sight.Hidden(Code.STATE_CONFLICT);
        }
        if (!request.output().receivers().stream().allMatch(collaboration::includes)) {
            return new Sight.Hidden(Code.NOT_MEMBER);
        }
        var sources = new ArrayList<Asked.Source>();
        for (DatasetRef reference : request.datasets()) {
            Optional<Asked.Source> source = attached(collaboration, reference);
            if (source.isEmpty()) {
                return new Sight.Hidden(Code.NOT_FOUND);
            }
            if (!collaboration.purposes().contains(reference.purpose())) {
                return new Sight.Hidden(Code.POLICY_DENIED);
            }
            sources.add(source.get());
        }
        return joinable(sources)
                .<Sight>map(Sight.Hidden::new)
                .orElseGet(() -> new Sight.Seen(new Asked(sources, Optional.of(collaboration))));
    }

    /** A member that has signed, in a role it signed for. Before all have signed, and after the end, it knows of it too. */
    private static boolean member(Collaboration collaboration, Actor actor) {
        return collaboration
                .member(actor.party())
                .filter(member -> member.roles().contains(actor.role()))
                .isPresent();
    }

    private Optional<Asked.Source> attached(Collaboration collaboration, DatasetRef reference) {
        Optional<Attachment> attachment = collaboration.attachment(reference.id(), reference.version());
        return attachment.flatMap(found -> catalog.snapshot(reference.id(), reference.version())
                .filter(snapshot -> snapshot.contentHash().equals(found.contentHash()))
                .map(snapshot -> new Asked.Source(reference, snapshot, attachment)));
    }

    /** Persons of different epochs, or of different kinds of identifier, have nothing to be joined by. */
    private static Optional<Code> joinable(List<Asked.Source> sources) {
        if (differ(sources, Attachment::semantic)) {
            return Optional.of(Code.JOIN_NOT_ON_UNIT);
        }
        return differ(sources, Attachment::keyEpoch) ? Optional.of(Code.VERSION_MISMATCH) : Optional.empty();
    }

    private static boolean differ(List<Asked.Source> sources, Function<Attachment, Object> property) {
        return sources.stream()
                        .flatMap(source -> source.attachment().stream())
                        .map(property)
                        .distinct()
                        .count()
                > 1;
    }
}
