package io.tamis.audience.tags;

import io.tamis.audience.board.BlobShelf;
import io.tamis.audience.board.BoardException;
import io.tamis.audience.board.BoardId;
import io.tamis.audience.board.Boards;
import io.tamis.audience.keys.KeyEpochs;
import io.tamis.audience.keys.KeyStanding;
import io.tamis.audience.tags.RoundRows.Row;
import io.tamis.audience.tags.RoundRows.State;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.Role;
import io.tamis.he.Tuple;
import io.tamis.holder.Roster;
import io.tamis.holder.SignedMessage;
import io.tamis.holder.slots.Round;
import io.tamis.holder.slots.RoundBoard;
import io.tamis.holder.slots.RoundStanding;
import io.tamis.holder.slots.RoundStep;
import io.tamis.holder.slots.SlotFault;
import io.tamis.holder.slots.SlotPlan;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Keeps the board of a round: coins, openings, verdicts. It reads order, signatures and form; what was opened is for the
 * holders to rebuild. Only when one of them accuses does it rebuild that one slot, as anybody can, so that neither a false
 * accusation stops a platform nor a true one is outvoted.
 *
 * <p>Race story. Whatever changes a round holds its row alone. An upload holds it shared: a round cannot fail between the
 * look at its state and the commit of a ciphertext.
 */
@Singleton
class Rounds {
    /** How long a step waits. */
    static final Duration STEP_TIME = Duration.ofHours(24);

    /** How long the toss waits for more holders than it needs. */
    static final Duration TOSS_TIME = Duration.ofMinutes(10);

    private final Jdbi jdbi;
    private final Boards boards;
    private final BlobShelf blobs;
    private final KeyEpochs epochs;
    private final SlotDispute disputes;
    private final TagMinutes minutes;

    Rounds(Jdbi jdbi, Boards boards, BlobShelf blobs, KeyEpochs epochs, SlotDispute disputes, TagMinutes minutes) {
        this.jdbi = jdbi;
        this.boards = boards;
        this.blobs = blobs;
        this.epochs = epochs;
        this.disputes = disputes;
        this.minutes = minutes;
    }

    /** What became of a message. */
    enum Outcome {
        POSTED,
        REPEATED,
        /** Another step is open, or none. */
        LATE
    }

    /** Posts a message of a holder or the platform. */
    Outcome post(Actor sender, BoardId id, SignedMessage signed) {
        return jdbi.inTransaction(tx -> {
            Row seen = visible(tx, RoundRows.find(tx, id), sender);
            if (!signed.message().from().equals(sender.party())) {
                throw new BoardException(Code.INVALID_REQUEST);
            }
            // The epoch before the round, as uploads do: else the two could wait for each other.
            KeyStanding key = epochs.hold(tx, seen.context().keyEpoch());
            Row row = RoundRows.held(tx, id, "UPDATE").orElseThrow();
            var said = boards.said(tx, id, signed.message().type(), sender.party());
            if (said.isPresent()) {
                if (!said.get().hash().equals(signed.hash())) {
                    throw new BoardException(Code.STATE_CONFLICT);
                }
                return Outcome.REPEATED;
            }
            Row now = advanced(tx, sender, row, key);
            Round round = read(tx, now, key);
            if (now.state().over() || !isAwaited(round, signed)) {
                return Outcome.LATE;
            }
            if (!round.takes(signed)) {
                throw new BoardException(Code.INVALID_REQUEST);
            }
            boards.add(tx, id, signed, minutes.now());
            requireBlobs(tx, now, key, signed);
            advanced(tx, sender, now, key);
            return Outcome.POSTED;
        });
    }

    /** Puts a large part on the board; false when it is there. Only the platform has any. */
    boolean putBlob(Actor platform, BoardId id, Hash hash, InputStream body) {
        return blobs.put(id, platform.party(), hash, body, tx -> {
            Row row = visible(tx, RoundRows.held(tx, id, "UPDATE"), platform);
            boolean speaks = row.context().platform().equals(platform.party());
            if (!speaks || row.state().over() || row.state() == State.PASSED || row.state() == State.VERDICTS) {
                throw new BoardException(Code.STATE_CONFLICT);
            }
        });
    }

    /** The round as this caller may see it: its platform, a holder of its key, or an officer; NOT_FOUND else. */
    Row find(Actor caller, BoardId id) {
        return jdbi.inTransaction(tx -> {
            Row row = visible(tx, RoundRows.find(tx, id), caller);
            if (!mayBeOverdue(row, minutes.now())) {
                return row;
            }
            KeyStanding key = epochs.find(tx, row.context().keyEpoch()).orElseThrow();
            return advanced(tx, caller, RoundRows.held(tx, id, "UPDATE").orElseThrow(), key);
        });
    }

    /** Where its messages say it stands. */
    Round read(Handle tx, Row row) {
        return read(tx, row, epochs.find(tx, row.context().keyEpoch()).orElseThrow());
    }

    /** Closes steps whose time is over, settles accusations, and writes down the state that follows. */
    private Row advanced(Handle tx, Actor actor, Row row, KeyStanding key) {
        Row now = row;
        while (true) {
            Round round = read(tx, now, key);
            Row next = switch (round.standing()) {
                case RoundStanding.Open open -> waiting(now, open, key.roster());
                case RoundStanding.Disputed disputed -> settled(tx, actor, now, round, key, disputed);
                case RoundStanding.Failed failed ->
                    ended(tx, actor, now, State.FAILED, failed.fault().name());
                case RoundStanding.Voided ignored -> ended(tx, actor, now, State.VOID, "");
                case RoundStanding.Passed ignored -> ended(tx, actor, now, State.PASSED, "");
            };
            if (next.equals(now)) {
                return now;
            }
            RoundRows.update(tx, next);
            now = next;
        }
    }

    private Row waiting(Row row, RoundStanding.Open open, Roster roster) {
        State state = State.valueOf(open.step().name());
        Instant now = minutes.now();
        if (state != row.state()) {
            return changed(row, state, row.fault(), now);
        }
        if (!now.isAfter(endsAt(row, open, roster))) {
            return row;
        }
        var closed = new HashSet<>(row.closed());
        closed.add(open.step());
        return new Row(
                row.id(),
                row.context(),
                row.extent(),
                row.state(),
                row.fault(),
                closed,
                row.refuted(),
                row.event(),
                row.openedAt(),
                row.stateAt());
    }

    private Row settled(
            Handle tx, Actor actor, Row row, Round round, KeyStanding key, RoundStanding.Disputed disputed) {
        if (row.state() == State.FAILED) {
            return row;
        }
        if (disputes.isTrue(row, round, key, disputed.slot())) {
            return ended(tx, actor, row, State.FAILED, SlotFault.ROOT_DIFFERS.name());
        }
        var refuted = new HashSet<>(row.refuted());
        refuted.add(disputed.by());
        return new Row(
                row.id(),
                row.context(),
                row.extent(),
                row.state(),
                row.fault(),
                row.closed(),
                refuted,
                row.event(),
                row.openedAt(),
                row.stateAt());
    }

    private Row ended(Handle tx, Actor actor, Row row, State state, String fault) {
        if (row.state() == state) {
            return row;
        }
        var event = minutes.audited(tx, actor, row, state, evidence(tx, row));
        return new Row(
                row.id(),
                row.context(),
                row.extent(),
                state,
                fault,
                row.closed(),
                row.refuted(),
                event,
                row.openedAt(),
                minutes.now());
    }

    private Hash evidence(Handle tx, Row row) {
        var tuple = Tuple.of("tamis-round-v1").hash(row.context().hash());
        boards.list(tx, row.id()).forEach(posted -> tuple.hash(posted.hash()));
        return tuple.sha256();
    }

    /** Holders would wait for ever for seeds that are not there, an upload could not be compared: the parts come first, whole. */
    private void requireBlobs(Handle tx, Row row, KeyStanding key, SignedMessage signed) {
        if (!signed.message().type().equals(RoundStep.OPENING.type())) {
            return;
        }
        Round round = read(tx, row, key);
        SlotPlan plan = round.plan().orElseThrow();
        requireBlob(tx, row, round.roots().orElseThrow(), plan.slots() * Hash.LENGTH);
        for (int chunk = 0; chunk < round.openings().size(); chunk++) {
            int slots = Math.min(plan.chunkSlots(), plan.slots() - chunk * plan.chunkSlots());
            requireBlob(tx, row, round.openings().get(chunk), slots * plan.openingBytes());
        }
    }

    private void requireBlob(Handle tx, Row row, Hash hash, int length) {
        int there = blobs.length(tx, row.id(), hash).orElseThrow(() -> new BoardException(Code.STATE_CONFLICT));
        if (there != length) {
            throw new BoardException(Code.INVALID_REQUEST);
        }
    }

    private Round read(Handle tx, Row row, KeyStanding key) {
        return Round.read(
                key.roster(),
                row.context(),
                new RoundBoard(boards.messages(tx, row.id()), row.closed(), row.refuted()));
    }

    private static boolean isAwaited(Round round, SignedMessage signed) {
        var step = RoundStep.of(signed.message().type());
        return step.isPresent()
                && switch (round.standing()) {
                    case RoundStanding.Open open -> open.step() == step.get();
                    case RoundStanding.Passed ignored -> step.get() == RoundStep.VERDICTS;
                    case RoundStanding.Disputed ignored -> step.get() == RoundStep.VERDICTS;
                    case RoundStanding.Failed ignored -> false;
                    case RoundStanding.Voided ignored -> false;
                };
    }

    /** When the open step is closed over who is missing. */
    static Instant endsAt(Row row, RoundStanding.Open open, Roster roster) {
        int spoken = roster.holders().size() - open.missing().size();
        boolean enough = open.step() == RoundStep.COINS && spoken >= roster.threshold();
        return row.stateAt().plus(enough ? TOSS_TIME : STEP_TIME);
    }

    private static boolean mayBeOverdue(Row row, Instant now) {
        boolean waits = !row.state().over() && row.state() != State.PASSED;
        return waits && now.isAfter(row.stateAt().plus(row.state() == State.COINS ? TOSS_TIME : STEP_TIME));
    }

    private static Row changed(Row row, State state, String fault, Instant at) {
        return new Row(
                row.id(),
                row.context(),
                row.extent(),
                state,
                fault,
                row.closed(),
                row.refuted(),
                row.event(),
                row.openedAt(),
                at);
    }

    private Row visible(Handle tx, Optional<Row> row, Actor caller) {
        return row.filter(found -> caller.role() == Role.COMPLIANCE_OFFICER
                        || found.context().platform().equals(caller.party())
                        || epochs.find(tx, found.context().keyEpoch())
                                .flatMap(key -> key.roster().holder(caller.party()))
                                .isPresent())
                .orElseThrow(() -> new BoardException(Code.NOT_FOUND));
    }
}
