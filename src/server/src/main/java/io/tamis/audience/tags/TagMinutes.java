package io.tamis.audience.tags;

import io.tamis.audience.board.BoardException;
import io.tamis.audience.board.BoardId;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.DatasetId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import io.tamis.holder.slots.SlotContext;
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

/** What happens to tags, as entries of the log. Each is written in the transaction of the change it records. */
@Singleton
class TagMinutes {
    /** What is not the caller's doing, cannot be written just then, or would fill the log at no cost. */
    private static final Set<Code> UNRECORDED =
            Set.copyOf(EnumSet.of(Code.INTERNAL, Code.LEDGER_UNAVAILABLE, Code.NOT_READY, Code.RATE_LIMITED));

    private final Jdbi jdbi;
    private final Ledger ledger;
    private final Events events;
    private final InstantSource clock;

    TagMinutes(Jdbi jdbi, Ledger ledger, Events events, InstantSource clock) {
        this.jdbi = jdbi;
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** Does what a caller asks about a dataset, and records a refusal. */
    <T> T recording(Actor actor, DatasetId dataset, Supplier<T> request) {
        try {
            return request.get();
        } catch (TamisException refusal) {
            if (UNRECORDED.contains(refusal.code())) {
                throw refusal;
            }
            EventId event = jdbi.inTransaction(tx -> ledger.append(
                    tx,
                    events.of(EventType.REQUEST_REFUSED, actor)
                            .dataset(dataset)
                            .permitted(false)
                            .reasonCode(refusal.code())
                            .build()));
            throw BoardException.recorded(refusal, event);
        }
    }

    EventId committed(Handle tx, Actor actor, BoardId round, SlotContext context, Hash message) {
        return ledger.append(
                tx,
                about(events.of(EventType.TAGS_COMMITTED, actor), round, context)
                        .with("try", Json.of(context.attempt()))
                        .with("message", Json.of(message.hex()))
                        .build());
    }

    /** The evidence is the hash of all the round said: {@code audit verify} finds the messages by it. */
    EventId audited(Handle tx, Actor actor, RoundRows.Row row, RoundRows.State state, Hash evidence) {
        return ledger.append(
                tx,
                about(events.of(EventType.TAGS_AUDITED, actor), row.id(), row.context())
                        .with("try", Json.of(row.context().attempt()))
                        .state(state.name())
                        .with("evidence", Json.of(evidence.hex()))
                        .build());
    }

    EventId uploaded(Handle tx, Actor actor, RoundRows.Row row, int slot, Hash ciphertext) {
        return ledger.append(
                tx,
                about(events.of(EventType.TAGS_UPLOADED, actor), row.id(), row.context())
                        .with("slot", Json.of(slot))
                        .with("ciphertext", Json.of(ciphertext.hex()))
                        .build());
    }

    private static Events.Builder about(Events.Builder event, BoardId round, SlotContext context) {
        return event.dataset(context.dataset())
                .version(context.version())
                .with("keyEpoch", Json.of(context.keyEpoch().number()))
                .with("round", Json.of(round.value()));
    }
}
