package io.tamis.audience.tickets;

import io.tamis.audience.board.BoardException;
import io.tamis.audience.keys.KeyEpochs;
import io.tamis.audience.keys.KeyStanding;
import io.tamis.audience.keys.MerchantKeys;
import io.tamis.audience.tags.Uploads;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.SignedTicket;
import io.tamis.holder.ticket.TicketEvidence;
import io.tamis.holder.ticket.TicketId;
import io.tamis.jobs.SealedJobs;
import io.tamis.ledger.Entries;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Issues tickets and shows them to the holders they ask.
 *
 * <p>A ticket names its active set, exactly as many holders as the key needs, when that many were seen within a minute: each of
 * them adds noise, and another set would be another opening with another price. Openings are counted in the same transaction,
 * before anybody has the ticket; they are never given back. In it the set is written down too, for the ledger: holders answer
 * only with that entry's proof, which is there some seconds later, and then the ticket is signed.
 *
 * <p>Crash story: between the two transactions the row says ISSUING with its active set and its entry, and whoever asks next goes
 * on with these. A holder that was named and does not come back is waited for, as after the ticket was shown, until the job's
 * deadline.
 */
@Singleton
class Tickets {
    /** Most tickets shown, or issued, at one time; the others' turn comes with the next request. */
    static final int TICKETS_MAX = 16;

    private final Jdbi jdbi;
    private final KeyEpochs epochs;
    private final Sightings sightings;
    private final SealedJobs jobs;
    private final Entries entries;
    private final KeyProvider keys;
    private final TicketMinutes minutes;
    private final Uploads uploads;
    private final TicketFiles files;
    private final MerchantKeys merchantKeys;
    private final InstantSource clock;

    Tickets(
            Jdbi jdbi,
            KeyEpochs epochs,
            Sightings sightings,
            SealedJobs jobs,
            Entries entries,
            KeyProvider keys,
            TicketMinutes minutes,
            Uploads uploads,
            TicketFiles files,
            MerchantKeys merchantKeys,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.epochs = epochs;
        this.sightings = sightings;
        this.jobs = jobs;
        this.entries = entries;
        this.keys = keys;
        this.minutes = minutes;
        this.uploads = uploads;
        this.files = files;
        this.merchantKeys = merchantKeys;
        this.clock = clock;
    }

    /** What the holder is asked and has not answered; it is seen by asking, which may be what a ticket waited for. */
    List<SignedTicket> poll(Actor holder) {
        jdbi.useTransaction(tx -> sightings.seen(tx, holder.party()));
        for (TicketId id : jdbi.inTransaction(tx -> TicketRows.waiting(tx, TICKETS_MAX))) {
            issue(id);
        }
        return jdbi.inTransaction(tx -> TicketRows.unanswered(tx, holder.party(), TICKETS_MAX)).stream()
                .map(TicketRow::issued)
                .toList();
    }

    /** The ticket, when it asks this holder. */
    TicketRow find(Actor holder, TicketId id) {
        return jdbi.inTransaction(tx -> TicketRows.find(tx, id))
                .filter(row -> row.signed().isPresent()
                        && row.issued().ticket().activeSet().contains(holder.party()))
                .orElseThrow(() -> new BoardException(Code.NOT_FOUND));
    }

    /** A ciphertext as uploaded, when the ticket names it. */
    byte[] input(Actor holder, TicketId id, Hash hash) {
        boolean named = open(holder, id).sources().stream()
                .anyMatch(source -> source.inputs().contains(hash));
        if (!named) {
            throw new BoardException(Code.NOT_FOUND);
        }
        return uploads.ciphertext(hash);
    }

    /** A mask file, when the ticket names it. */
    byte[] mask(Actor holder, TicketId id, Hash hash) {
        boolean named = open(holder, id).segments().stream()
                .anyMatch(segment -> segment.masks().contains(hash));
        if (!named) {
            throw new BoardException(Code.NOT_FOUND);
        }
        return files.read(hash);
    }

    /** The key that the ticket names; NOT_FOUND when it names none. */
    byte[] merchantKey(Actor holder, TicketId id) {
        return open(holder, id)
                .asked()
                .resultKey()
                .map(merchantKeys::bytes)
                .orElseThrow(() -> new BoardException(Code.NOT_FOUND));
    }

    /** Who is in a segment is shown while it is to be opened, not longer. */
    private DecryptionTicket open(Actor holder, TicketId id) {
        TicketRow row = find(holder, id);
        if (row.state() != TicketState.OPEN) {
            throw new BoardException(Code.TICKET_ALREADY_OPENED);
        }
        return row.issued().ticket();
    }

    private void issue(TicketId id) {
        jdbi.useTransaction(tx -> choose(tx, id));
        TicketRow row = jdbi.inTransaction(tx -> TicketRows.find(tx, id)).orElseThrow();
        if (row.state() != TicketState.ISSUING) {
            return;
        }
        // Outside the transaction: a proof that is not there yet is asked for, and the next request finds it.
        var evidence = new ArrayList<TicketEvidence>();
        for (EventId event : row.shown()) {
            var disclosed = entries.disclosed(event);
            if (disclosed.isEmpty()) {
                return;
            }
            var entry = disclosed.get();
            evidence.add(new TicketEvidence(entry.event(), entry.salt(), entry.proof()));
        }
        jdbi.useTransaction(tx -> sign(tx, id, evidence));
    }

    /** Chooses the active set of a ticket that has none, when enough holders are there, and writes it down. */
    private void choose(Handle tx, TicketId id) {
        TicketRow seen = TicketRows.find(tx, id).orElseThrow();
        if (seen.state() != TicketState.WAITING) {
            return;
        }
        Optional<List<PartyId>> active = activeSet(tx, seen);
        if (active.isEmpty()) {
            return;
        }
        Optional<TicketRow> locked = locked(tx, seen, TicketState.WAITING);
        if (locked.isEmpty()) {
            return;
        }
        TicketRow row = locked.get();
        try {
            epochs.hold(tx, row.epoch());
            epochs.open(tx, row.epoch(), row.segments().size());
        } catch (BoardException keyIsGone) {
            fail(tx, row);
            return;
        }
        TicketRows.choose(tx, id, active.get(), minutes.issued(tx, row, active.get()));
    }

    /** The job is locked first, then the ticket; empty when somebody else was before. */
    private Optional<TicketRow> locked(Handle tx, TicketRow seen, TicketState state) {
        return jobs.awaits(tx, seen.job())
                ? TicketRows.locked(tx, seen.id()).filter(row -> row.state() == state)
                : Optional.empty();
    }

    private void fail(Handle tx, TicketRow row) {
        TicketRows.move(tx, row.id(), TicketState.FAILED);
        jobs.failed(tx, row.job());
    }

    private Optional<List<PartyId>> activeSet(Handle tx, TicketRow row) {
        KeyStanding key = epochs.find(tx, row.epoch()).orElseThrow(() -> new BoardException(Code.INTERNAL));
        List<PartyId> online = sightings.online(tx, key.roster().holderParties());
        int needed = row.terms().holders();
        return online.size() < needed
                ? Optional.empty()
                : Optional.of(online.subList(0, needed).stream().sorted().toList());
    }

    private void sign(Handle tx, TicketId id, List<TicketEvidence> evidence) {
        TicketRow seen = TicketRows.find(tx, id).orElseThrow();
        Optional<TicketRow> locked = locked(tx, seen, TicketState.ISSUING);
        if (locked.isEmpty()) {
            return;
        }
        TicketRow row = locked.get();
        try {
            epochs.hold(tx, row.epoch());
        } catch (BoardException keyIsGone) {
            fail(tx, row);
            return;
        }
        List<PartyId> active = TicketRows.answers(tx, id).stream()
                .map(TicketRows.Answer::party)
                .sorted()
                .toList();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        TicketRows.issue(tx, SignedTicket.sign(ticket(row.draft(), active, evidence, now), keys), now);
    }

    private static DecryptionTicket ticket(
            DecryptionTicket draft, List<PartyId> active, List<TicketEvidence> evidence, Instant now) {
        return new DecryptionTicket(
                draft.id(),
                draft.asked(),
                draft.question(),
                draft.keyEpoch(),
                draft.rosterHash(),
                draft.sources(),
                draft.segments(),
                draft.bounds(),
                draft.noise(),
                draft.charges(),
                active,
                draft.lambda(),
                draft.approvals(),
                evidence,
                new DecryptionTicket.Validity(now, draft.validity().expiresAt()));
    }
}
