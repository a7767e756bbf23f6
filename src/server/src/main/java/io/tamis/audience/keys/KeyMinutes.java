package io.tamis.audience.keys;

import io.tamis.audience.board.BoardException;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.TamisException;
import io.tamis.holder.ceremony.CeremonyTerms;
import io.tamis.ledger.Events;
import io.tamis.ledger.Ledger;
import io.tamis.log.EventType;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What happens to keys, as entries of the log. Each is written in the transaction of the change it records. */
@Singleton
class KeyMinutes {
    /** What is not the caller's doing, cannot be written just then, or would fill the log at no cost. */
    private static final Set<Code> UNRECORDED =
            Set.copyOf(EnumSet.of(Code.INTERNAL, Code.LEDGER_UNAVAILABLE, Code.NOT_READY, Code.RATE_LIMITED));

    private final Jdbi jdbi;
    private final Ledger ledger;
    private final Events events;
    private final InstantSource clock;

    KeyMinutes(Jdbi jdbi, Ledger ledger, Events events, InstantSource clock) {
        this.jdbi = jdbi;
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** Does what a caller asks, and records a refusal. */
    <T> T recording(Actor actor, Supplier<T> request) {
        try {
            return request.get();
        } catch (TamisException refusal) {
            if (UNRECORDED.contains(refusal.code())) {
                throw refusal;
            }
            EventId event = jdbi.inTransaction(tx -> ledger.append(
                    tx,
                    events.of(EventType.REQUEST_REFUSED, actor)
                            .permitted(false)
                            .reasonCode(refusal.code())
                            .build()));
            throw BoardException.recorded(refusal, event);
        }
    }

    EventId opened(Handle tx, Actor actor, CeremonyTerms terms) {
        return ledger.append(
                tx,
                about(events.of(EventType.KEY_CEREMONY, actor), terms)
                        .state(CeremonyRows.State.OPEN.name())
                        .build());
    }

    EventId aborted(Handle tx, Actor actor, CeremonyTerms terms, CeremonyRows.Abortion abortion) {
        return ledger.append(
                tx,
                about(events.of(EventType.KEY_CEREMONY, actor), terms)
                        .state(CeremonyRows.State.ABORTED.name())
                        .with("fault", Json.of(abortion.fault()))
                        .with(
                                "by",
                                Json.strings(abortion.parties().stream()
                                        .map(PartyId::value)
                                        .toList()))
                        .build());
    }

    EventId finished(Handle tx, Actor actor, CeremonyTerms terms, Hash transcript) {
        return ledger.append(
                tx,
                about(events.of(EventType.KEY_CEREMONY, actor), terms)
                        .state(CeremonyRows.State.FINISHED.name())
                        .with("transcript", Json.of(transcript.hex()))
                        .build());
    }

    EventId created(Handle tx, Actor actor, CeremonyTerms terms, Hash publicKey, Hash transcript) {
        return ledger.append(
                tx,
                about(events.of(EventType.KEY_CREATED, actor), terms)
                        .with("publicKey", Json.of(publicKey.hex()))
                        .with("transcript", Json.of(transcript.hex()))
                        .build());
    }

    /** A merchant's own key, which nobody here can read with. */
    EventId merchantKey(Handle tx, Actor merchant, Hash publicKey) {
        return ledger.append(
                tx,
                events.of(EventType.KEY_CREATED, merchant)
                        .with("publicKey", Json.of(publicKey.hex()))
                        .build());
    }

    /** Nobody but the holders can destroy a share; from here on nothing of ours uses the key again. */
    EventId ended(Handle tx, Actor actor, KeyStanding key, KeyStanding.State state) {
        return ledger.append(
                tx,
                events.of(EventType.KEY_DESTROYED, actor)
                        .with("keyEpoch", Json.of(key.epoch().number()))
                        .with("ceremony", Json.of(key.ceremony().value()))
                        .state(state.name())
                        .build());
    }

    private static Events.Builder about(Events.Builder event, CeremonyTerms terms) {
        return event.with("ceremony", Json.of(terms.id().toString()))
                .with("keyEpoch", Json.of(terms.epoch().number()))
                .with("rosterHash", Json.of(terms.roster().hash().hex()));
    }
}
