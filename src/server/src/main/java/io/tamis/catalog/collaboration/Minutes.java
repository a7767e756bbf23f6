package io.tamis.catalog.collaboration;

import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import io.tamis.ledger.Events;
import io.tamis.ledger.Ledger;
import io.tamis.log.EventType;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What happens to collaborations, as entries of the log. Each is written in the transaction of the change it records. */
@Singleton
class Minutes {
    /** What is not the caller's doing, or cannot be written just then. */
    private static final Set<Code> UNRECORDED =
            Set.copyOf(EnumSet.of(Code.INTERNAL, Code.LEDGER_UNAVAILABLE, Code.NOT_READY));

    private final Jdbi jdbi;
    private final Ledger ledger;
    private final Events events;
    private final InstantSource clock;

    Minutes(Jdbi jdbi, Ledger ledger, Events events, InstantSource clock) {
        this.jdbi = jdbi;
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
    }

    /** What a request is about, as far as its path says. */
    record Subject(Optional<CollaborationId> collaboration, Optional<DatasetId> dataset) {
        static Subject nothingYet() {
            return new Subject(Optional.empty(), Optional.empty());
        }

        static Subject of(CollaborationId id) {
            return new Subject(Optional.of(id), Optional.empty());
        }

        static Subject of(CollaborationId id, DatasetId dataset) {
            return new Subject(Optional.of(id), Optional.of(dataset));
        }
    }

    /** What became of a collaboration: {@code change} in its entries. */
    enum Change {
        CREATED,
        WITHDRAWN,
        CLOSED,
        KEY_ROTATED,
        ATTACHED,
        DETACHED
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * Does what a caller asks, and records a refusal, whether the collaboration exists or not: the answer to an outsider
     * must not tell.
     */
    <T> T recording(Actor actor, Subject subject, Supplier<T> request) {
        try {
            return request.get();
        } catch (TamisException refusal) {
            if (UNRECORDED.contains(refusal.code())) {
                throw refusal;
            }
            EventId event = jdbi.inTransaction(tx -> refused(tx, actor, subject, refusal.code()));
            throw CollaborationException.recorded(refusal, event);
        }
    }

    /** A change of the collaboration as a whole. */
    EventId changed(Handle tx, Actor actor, Collaboration collaboration, Change change, Collaboration.State reached) {
        return ledger.append(
                tx, about(actor, collaboration, change).state(reached.name()).build());
    }

    /** A member's signature, and the state that it brought about. */
    EventId signed(Handle tx, Actor actor, Collaboration collaboration, Collaboration.State reached) {
        return ledger.append(
                tx,
                events.of(EventType.APPROVAL_GIVEN, actor)
                        .collaboration(collaboration.id())
                        .with(
                                "legalRelation",
                                Json.of(collaboration.legalRelation().name()))
                        .with(
                                "agreementHash",
                                Json.of(collaboration.agreementHash().hex()))
                        .state(reached.name())
                        .build());
    }

    /** A version that came in. */
    EventId attached(Handle tx, Actor actor, Collaboration collaboration, Attachment attachment) {
        return ledger.append(
                tx, about(actor, collaboration, Change.ATTACHED, attachment).build());
    }

    /** A version that went out. */
    EventId detached(Handle tx, Actor actor, Collaboration collaboration, Attachment attachment) {
        return ledger.append(
                tx, about(actor, collaboration, Change.DETACHED, attachment).build());
    }

    void keyCreated(Handle tx, Actor actor, CollaborationId id, UUID keyId) {
        ledger.append(
                tx,
                events.of(EventType.KEY_CREATED, actor)
                        .collaboration(id)
                        .keyIds(List.of(keyId.toString()))
                        .build());
    }

    /** At most an epoch's key and each attachment's: they fit into one event. */
    void keysDestroyed(Handle tx, Actor actor, CollaborationId id, List<UUID> keyIds) {
        if (!keyIds.isEmpty()) {
            ledger.append(
                    tx,
                    events.of(EventType.KEY_DESTROYED, actor)
                            .collaboration(id)
                            .keyIds(keyIds.stream().map(UUID::toString).toList())
                            .build());
        }
    }

    /**
     * A new agreement; it has no row yet. The entry tells all terms, so that an auditor can hold to them who acts in it: 16
     * members of the longest names are a third of what an entry may have.
     */
    EventId created(Handle tx, Actor actor, CollaborationId id, Terms terms) {
        Json.Obj signed = terms.toJson(id);
        var event = events.of(EventType.CATALOG_CHANGED, actor)
                .collaboration(id)
                .with("change", Json.of(Change.CREATED.name()))
                .with("agreementHash", Json.of(Terms.agreementHash(signed).hex()))
                .state(Collaboration.State.DRAFT.name());
        // An entry's id is its own: the collaboration's is in collaborationId.
        signed.members().forEach((term, value) -> {
            if (!term.equals("id")) {
                event.with(term, value);
            }
        });
        return ledger.append(tx, event.build());
    }

    private EventId refused(Handle tx, Actor actor, Subject subject, Code code) {
        var event = events.of(EventType.REQUEST_REFUSED, actor).permitted(false).reasonCode(code);
        subject.collaboration().ifPresent(event::collaboration);
        subject.dataset().ifPresent(event::dataset);
        return ledger.append(tx, event.build());
    }

    private Events.Builder about(Actor actor, Collaboration collaboration, Change change) {
        return events.of(EventType.CATALOG_CHANGED, actor)
                .collaboration(collaboration.id())
                .with("change", Json.of(change.name()))
                .with("legalRelation", Json.of(collaboration.legalRelation().name()));
    }

    private Events.Builder about(Actor actor, Collaboration collaboration, Change change, Attachment attachment) {
        return about(actor, collaboration, change)
                .state(collaboration.state().name())
                .dataset(attachment.dataset())
                .version(attachment.version())
                .with("keyEpoch", Json.of(attachment.keyEpoch()))
                .with("semantic", Json.of(attachment.semantic().value()));
    }
}
