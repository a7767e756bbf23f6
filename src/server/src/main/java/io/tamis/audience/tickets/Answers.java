package io.tamis.audience.tickets;

import io.tamis.audience.board.BoardException;
import io.tamis.audience.keys.KeyEpochs;
import io.tamis.audience.keys.KeyStanding;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.JsonFields;
import io.tamis.data.PartyId;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import io.tamis.he.threshold.ActiveSet;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.he.threshold.ShareKind;
import io.tamis.holder.Roster;
import io.tamis.holder.SignedMessage;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.ShareMessage;
import io.tamis.holder.ticket.TicketId;
import io.tamis.jobs.SealedJobs;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Takes shares and refusals. The last share opens the job in the transaction that stores it: after a crash there are both, or the
 * holder, who has no answer, sends the same share again.
 *
 * <p>A wrong share that has the right form is not noticed here: it gives numbers without sense, most of them beyond the declared
 * bounds, and then the job fails, charged. Shares are signed, so it stays known who sent which.
 */
@Singleton
class Answers {
    private static final int CODE_LENGTH_MAX = 64;
    private static final String REFUSAL = "ticket-refusal";

    private final Jdbi jdbi;
    private final Tickets tickets;
    private final KeyEpochs epochs;
    private final KeySchemes schemes;
    private final TicketFiles files;
    private final SealedJobs jobs;
    private final TicketMinutes minutes;
    private final InstantSource clock;

    Answers(
            Jdbi jdbi,
            Tickets tickets,
            KeyEpochs epochs,
            KeySchemes schemes,
            TicketFiles files,
            SealedJobs jobs,
            TicketMinutes minutes,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.tickets = tickets;
        this.epochs = epochs;
        this.schemes = schemes;
        this.files = files;
        this.jobs = jobs;
        this.minutes = minutes;
        this.clock = clock;
    }

    /** What became of an answer. */
    record Taken(Hash hash, boolean repeated) {}

    /** Takes a share; every way in which it is wrong looks alike. */
    Taken share(Actor holder, TicketId id, InputStream body) {
        TicketRow row = tickets.find(holder, id);
        KeyStanding key = key(row);
        Bfv scheme = schemes.of(key);
        int segments = row.segments().size();
        ShareKind kind = Opening.kind(row.issued().ticket());
        byte[] octets = read(body, ShareMessage.length(scheme, kind, segments));
        ShareMessage message = ShareMessage.verified(
                scheme,
                kind,
                segments,
                octets,
                holder(key.roster(), holder.party()).key());
        requireAnswers(message, row, key, holder.party());
        try (var batch = files.batch()) {
            Hash hash = batch.add(octets);
            return jdbi.inTransaction(tx -> {
                Optional<Taken> before = before(tx, row, holder.party(), hash);
                if (before.isPresent()) {
                    return before.get();
                }
                batch.publish();
                TicketRows.share(tx, id, holder.party(), hash, clock.instant());
                minutes.shared(tx, holder, row.issued(), hash);
                new Opening(scheme, key.roster(), files).ofAll(tx, row).ifPresent(opened -> end(tx, row, opened));
                return new Taken(hash, false);
            });
        }
    }

    private void end(Handle tx, TicketRow row, Opening.Outcome outcome) {
        switch (outcome) {
            case Opening.Outcome.Numbers(var release) -> {
                TicketRows.move(tx, row.id(), TicketState.OPENED);
                jobs.opened(tx, row.job(), release);
            }
            case Opening.Outcome.Nonsense _ -> {
                TicketRows.move(tx, row.id(), TicketState.FAILED);
                jobs.failed(tx, row.job());
            }
        }
    }

    /**
     * Takes a refusal: as the active set is fixed, the job ends. Signed by the holder: {@code {ticket, code}} in the context of the
     * ticket's id.
     */
    Taken refusal(Actor holder, TicketId id, SignedMessage signed) {
        TicketRow row = tickets.find(holder, id);
        Roster roster = key(row).roster();
        HolderRefusal code = refusal(row, roster, holder.party(), signed);
        return jdbi.inTransaction(tx -> {
            Optional<Taken> repeated = TicketRows.answer(tx, id, holder.party())
                    .filter(answer -> answer.refusal().equals(Optional.of(code.name())))
                    .map(_ -> new Taken(signed.hash(), true));
            if (repeated.isPresent()) {
                return repeated.get();
            }
            requireOpen(tx, row, holder.party());
            TicketRows.refusal(tx, id, holder.party(), code.name(), clock.instant());
            minutes.refused(tx, holder, row.issued(), code);
            TicketRows.move(tx, id, TicketState.REFUSED);
            jobs.refused(tx, row.job());
            return new Taken(signed.hash(), false);
        });
    }

    private static HolderRefusal refusal(TicketRow row, Roster roster, PartyId holder, SignedMessage signed) {
        var message = signed.message();
        var fields = new JsonFields(message.body());
        Hash ticket = Hash.parse(fields.string("ticket", 2 * Hash.LENGTH));
        Optional<HolderRefusal> code = HolderRefusal.named(fields.string("code", CODE_LENGTH_MAX));
        fields.end();
        boolean fits = message.type().value().equals(REFUSAL)
                && message.roster().equals(roster.hash())
                && message.context().value().equals(row.id().toString())
                && message.from().equals(holder)
                && ticket.equals(row.hash())
                && signed.verifiedBy(holder(roster, holder).key());
        return code.filter(_ -> fits).orElseThrow(() -> new BoardException(Code.INVALID_REQUEST));
    }

    /** The same again is what it was; another share of the same holder would be a second opening. */
    private Optional<Taken> before(Handle tx, TicketRow row, PartyId holder, Hash hash) {
        Optional<Hash> known = TicketRows.answer(tx, row.id(), holder).flatMap(TicketRows.Answer::share);
        if (known.equals(Optional.of(hash))) {
            return Optional.of(new Taken(hash, true));
        }
        requireOpen(tx, row, holder);
        return Optional.empty();
    }

    /** Locks the job, then the ticket: nobody ends the one or answers the other until this transaction is over. */
    private void requireOpen(Handle tx, TicketRow row, PartyId holder) {
        boolean open = jobs.awaits(tx, row.job())
                && TicketRows.locked(tx, row.id()).orElseThrow().state() == TicketState.OPEN;
        if (!open) {
            throw new BoardException(Code.TICKET_ALREADY_OPENED);
        }
        if (TicketRows.answer(tx, row.id(), holder).orElseThrow().given()) {
            throw new BoardException(Code.STATE_CONFLICT);
        }
    }

    private static void requireAnswers(ShareMessage message, TicketRow row, KeyStanding key, PartyId holder) {
        DecryptionTicket ticket = row.issued().ticket();
        var header = message.file().header();
        ActiveSet active = activeSet(key.roster(), ticket);
        HeException.accept(header.ticket().equals(row.hash())
                && header.keyEpoch().equals(row.epoch())
                && header.active().equals(active)
                && header.holder().number() == key.roster().index(holder).orElseThrow()
                && message.file()
                        .aggregates()
                        .equals(row.segments().stream()
                                .map(segment -> segment.stated().aggregate())
                                .toList()));
    }

    static ActiveSet activeSet(Roster roster, DecryptionTicket ticket) {
        return ActiveSet.of(ticket.activeSet().stream()
                .map(party -> new HolderIndex(roster.index(party).orElseThrow()))
                .toList());
    }

    private KeyStanding key(TicketRow row) {
        return jdbi.inTransaction(tx -> epochs.find(tx, row.epoch()))
                .orElseThrow(() -> new BoardException(Code.INTERNAL));
    }

    private static Roster.Holder holder(Roster roster, PartyId party) {
        return roster.holder(party).orElseThrow(() -> new BoardException(Code.NOT_FOUND));
    }

    /** Exactly so many bytes; longer ones are not read to their end. */
    private static byte[] read(InputStream body, int length) {
        try {
            byte[] octets = body.readNBytes(length + 1);
            HeException.accept(octets.length == length);
            return octets;
        } catch (IOException brokenOff) {
            throw new BoardException(Code.INVALID_REQUEST, brokenOff);
        }
    }
}
