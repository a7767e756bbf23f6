package io.tamis.audience.keys;

import io.tamis.audience.board.BlobShelf;
import io.tamis.audience.board.BoardException;
import io.tamis.audience.board.BoardId;
import io.tamis.audience.board.Boards;
import io.tamis.audience.keys.CeremonyRows.Abortion;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.IdSource;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import io.tamis.he.Bfv;
import io.tamis.he.CollectiveKey;
import io.tamis.he.HeException;
import io.tamis.he.HeParams;
import io.tamis.holder.Roster;
import io.tamis.holder.SignedMessage;
import io.tamis.holder.ceremony.Board;
import io.tamis.holder.ceremony.CeremonyId;
import io.tamis.holder.ceremony.CeremonyParts;
import io.tamis.holder.ceremony.CeremonyTerms;
import io.tamis.holder.ceremony.Fault;
import io.tamis.holder.ceremony.Standing;
import io.tamis.holder.ceremony.Transcript;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Keeps the board of a key ceremony: one message of each holder in each step, the next step when all have spoken. It reads
 * order, signatures and form; whether seeds, shares and openings are right is for the holders to find.
 *
 * <p>Race story. Whatever changes a ceremony holds its row alone, so two last words of a step cannot both miss each other. An
 * epoch's row is written in the transaction of the message that completes the last step: no key without its ceremony, no
 * finished ceremony without its key.
 *
 * <p>Crash story. A blob is whole on disk before its row, a row before the answer; a holder that got none repeats what it
 * stored, and the same message again changes nothing.
 */
@Singleton
class Ceremonies {
    /** How long a step waits for a holder. Computing one takes minutes; people may have to be called. */
    static final Duration STAGE_TIME = Duration.ofHours(24);

    private final Jdbi jdbi;
    private final Boards boards;
    private final BlobShelf blobs;
    private final EpochRows epochs;
    private final KeyMinutes minutes;
    private final IdSource ids;

    Ceremonies(Jdbi jdbi, Boards boards, BlobShelf blobs, EpochRows epochs, KeyMinutes minutes, IdSource ids) {
        this.jdbi = jdbi;
        this.boards = boards;
        this.blobs = blobs;
        this.epochs = epochs;
        this.minutes = minutes;
        this.ids = ids;
    }

    /** What became of a message. */
    enum Outcome {
        POSTED,
        REPEATED,
        /** The ceremony had ended, or ended by waiting too long. */
        LATE
    }

    /** Opens a ceremony of this roster; STATE_CONFLICT while another one is open, or too many keys are active. */
    CeremonyRows.Row open(Actor officer, Roster roster) {
        boolean known = HeParams.named(roster.profile().value())
                .filter(params -> params.lambda() == roster.limit().lambda())
                .isPresent();
        if (!known) {
            throw new BoardException(Code.INVALID_REQUEST);
        }
        return jdbi.inTransaction(tx -> {
            CeremonyRows.lock(tx);
            Instant now = minutes.now();
            boolean busy = CeremonyRows.findOpen(tx)
                    .filter(row -> !endIfSilent(tx, officer, row, now))
                    .isPresent();
            if (busy || epochs.active(tx).size() >= KeyEpochs.ACTIVE_MAX) {
                throw new BoardException(Code.STATE_CONFLICT);
            }
            var terms = new CeremonyTerms(new CeremonyId(ids.next()), CeremonyRows.nextEpoch(tx), roster);
            var id = new BoardId(terms.id().toString());
            boards.open(tx, id, now);
            CeremonyRows.insert(tx, terms, minutes.opened(tx, officer, terms), now);
            return CeremonyRows.find(tx, id).orElseThrow();
        });
    }

    /** Posts a holder's message. */
    Outcome post(Actor holder, BoardId id, SignedMessage signed) {
        return jdbi.inTransaction(tx -> {
            var row = visible(CeremonyRows.alone(tx, id), holder);
            if (!signed.message().from().equals(holder.party())) {
                throw new BoardException(Code.INVALID_REQUEST);
            }
            var said = boards.said(tx, id, signed.message().type(), holder.party());
            if (said.isPresent()) {
                if (!said.get().hash().equals(signed.hash())) {
                    throw new BoardException(Code.STATE_CONFLICT);
                }
                return Outcome.REPEATED;
            }
            Instant now = minutes.now();
            if (!row.open() || endIfSilent(tx, holder, row, now)) {
                return Outcome.LATE;
            }
            add(tx, holder, row, signed, now);
            return Outcome.POSTED;
        });
    }

    /** Ends a ceremony that cannot go on; STATE_CONFLICT when it has ended. */
    CeremonyRows.Row cancel(Actor officer, BoardId id) {
        return jdbi.inTransaction(tx -> {
            var row = CeremonyRows.alone(tx, id).orElseThrow(() -> new BoardException(Code.NOT_FOUND));
            if (!row.open()) {
                throw new BoardException(Code.STATE_CONFLICT);
            }
            abort(tx, officer, row, Abortion.cancelled(), minutes.now());
            return CeremonyRows.find(tx, id).orElseThrow();
        });
    }

    /** Puts a large part on the board; false when it is there. */
    boolean putBlob(Actor holder, BoardId id, Hash hash, InputStream body) {
        return blobs.put(id, holder.party(), hash, body, tx -> {
            if (!visible(CeremonyRows.alone(tx, id), holder).open()) {
                throw new BoardException(Code.STATE_CONFLICT);
            }
        });
    }

    /** The ceremony as this caller may see it: a holder of its roster, or an officer; NOT_FOUND else. */
    CeremonyRows.Row find(Actor caller, BoardId id) {
        return jdbi.inTransaction(tx -> {
            var row = visible(CeremonyRows.find(tx, id), caller);
            // Nobody speaks in a ceremony whose holders are gone: its end is written when somebody looks.
            if (!silent(row, minutes.now())) {
                return row;
            }
            var alone = CeremonyRows.alone(tx, id).orElseThrow();
            endIfSilent(tx, caller, alone, minutes.now());
            return CeremonyRows.find(tx, id).orElseThrow();
        });
    }

    /** Where its messages say it stands. */
    Standing standing(Handle tx, CeremonyRows.Row row) {
        return read(tx, row).standing();
    }

    private void add(Handle tx, Actor holder, CeremonyRows.Row row, SignedMessage signed, Instant now) {
        var before = read(tx, row);
        before.refusal(signed).ifPresent(fault -> {
            throw new BoardException(code(fault));
        });
        if (!CeremonyParts.named(signed).stream().allMatch(part -> blobs.has(tx, row.id(), part))) {
            throw new BoardException(Code.STATE_CONFLICT);
        }
        boards.add(tx, row.id(), signed, now);
        switch (read(tx, row).standing()) {
            case Standing.Open open -> {
                if (!(before.standing() instanceof Standing.Open was) || was.stage() != open.stage()) {
                    CeremonyRows.nextStage(tx, row.id(), now);
                }
            }
            case Standing.Aborted aborted ->
                abort(tx, holder, row, Abortion.of(aborted.fault(), aborted.parties()), now);
            case Standing.Closed closed -> finish(tx, holder, row, closed, now);
        }
    }

    /** What the holders signed has to be what their candidates give: else they are at odds, and nobody could use it. */
    private void finish(Handle tx, Actor holder, CeremonyRows.Row row, Standing.Closed closed, Instant now) {
        var sum = sum(tx, row).filter(key -> key.hash().equals(closed.key()));
        if (sum.isEmpty()) {
            abort(tx, holder, row, Abortion.of(Fault.WRONG_KEY, List.of()), now);
            return;
        }
        blobs.keep(tx, row.id(), sum.get().bytes());
        var event = minutes.finished(tx, holder, row.terms(), closed.transcript());
        CeremonyRows.finish(tx, row.id(), event, now);
        var created = minutes.created(tx, holder, row.terms(), closed.key(), closed.transcript());
        var key = new KeyStanding(
                row.epoch(),
                row.id(),
                row.roster(),
                KeyStanding.State.ACTIVE,
                closed.key(),
                closed.transcript(),
                new Openings(subsets(row.roster()), row.roster().limit().openingsMax()),
                now,
                Optional.empty(),
                Optional.empty());
        epochs.insert(tx, key, created);
    }

    private Optional<CollectiveKey> sum(Handle tx, CeremonyRows.Row row) {
        var scheme = Bfv.of(HeParams.named(row.roster().profile().value()).orElseThrow());
        try {
            return CeremonyParts.key(scheme, row.terms(), board(tx, row), blobs.on(row.id()));
        } catch (HeException noKey) {
            return Optional.empty();
        }
    }

    private void abort(Handle tx, Actor actor, CeremonyRows.Row row, Abortion abortion, Instant now) {
        CeremonyRows.abort(tx, row.id(), abortion, minutes.aborted(tx, actor, row.terms(), abortion), now);
    }

    private boolean endIfSilent(Handle tx, Actor actor, CeremonyRows.Row row, Instant now) {
        if (!silent(row, now)) {
            return false;
        }
        var missing = standing(tx, row) instanceof Standing.Open open ? open.missing() : List.<PartyId>of();
        abort(tx, actor, row, Abortion.of(Fault.SILENT, missing), now);
        return true;
    }

    private static boolean silent(CeremonyRows.Row row, Instant now) {
        return row.open() && now.isAfter(row.stageAt().plus(STAGE_TIME));
    }

    private Transcript read(Handle tx, CeremonyRows.Row row) {
        return Transcript.read(row.terms(), board(tx, row));
    }

    private Board board(Handle tx, CeremonyRows.Row row) {
        return Board.of(boards.messages(tx, row.id()));
    }

    /** Each subset that opened the test ciphertext was an opening. */
    private static int subsets(Roster roster) {
        int count = 1;
        for (int i = 1; i <= roster.threshold(); i++) {
            count = count * (roster.holders().size() - roster.threshold() + i) / i;
        }
        return Math.min(count, roster.limit().openingsMax());
    }

    private static CeremonyRows.Row visible(Optional<CeremonyRows.Row> row, Actor caller) {
        return row.filter(found -> caller.role() == Role.COMPLIANCE_OFFICER
                        || found.roster().holder(caller.party()).isPresent())
                .orElseThrow(() -> new BoardException(Code.NOT_FOUND));
    }

    private static Code code(Fault fault) {
        return switch (fault) {
            case OTHER_TRANSCRIPT, SAID_TWICE, BOARD_CHANGED -> Code.STATE_CONFLICT;
            case MALFORMED, WRONG_REVEAL, WRONG_OPENING, FALSE_VERDICT, WRONG_SHARES, WRONG_KEY, SILENT, BOARD_FORGED ->
                Code.INVALID_REQUEST;
        };
    }
}
