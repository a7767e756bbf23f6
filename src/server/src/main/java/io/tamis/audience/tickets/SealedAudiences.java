package io.tamis.audience.tickets;

import io.tamis.audience.board.BoardException;
import io.tamis.audience.keys.KeyEpochs;
import io.tamis.audience.keys.KeyStanding;
import io.tamis.data.Code;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.IdSource;
import io.tamis.data.JobId;
import io.tamis.data.PartyId;
import io.tamis.data.Purpose;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.TicketApproval;
import io.tamis.holder.ticket.TicketBounds;
import io.tamis.holder.ticket.TicketId;
import io.tamis.holder.ticket.TicketNoise;
import io.tamis.holder.ticket.TicketSource;
import io.tamis.jobs.Approval;
import io.tamis.jobs.ChargedJob;
import io.tamis.jobs.DatasetRef;
import io.tamis.jobs.Shares;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Audiences that are sealed, paid for and wait to be opened. The door of {@code AUDIENCE_AGGREGATE} to its tickets.
 *
 * <p>Crash story: sealed state, charge and the job's new state commit together. From then on everything is moved by requests of
 * key holders, each in one transaction that locks the job first: a restart changes nothing but the time.
 */
@Singleton
public class SealedAudiences {
    private final KeyEpochs epochs;
    private final Sightings sightings;
    private final TicketFiles files;
    private final IdSource ids;
    private final InstantSource clock;

    SealedAudiences(KeyEpochs epochs, Sightings sightings, TicketFiles files, IdSource ids, InstantSource clock) {
        this.epochs = epochs;
        this.sightings = sightings;
        this.files = files;
        this.ids = ids;
        this.clock = clock;
    }

    /** Stores what is to be opened, and gives the files their places. */
    public void store(Handle tx, ChargedJob job, SealedAudience audience, TicketFiles.Batch files) {
        if (audience.segments().isEmpty()) {
            return;
        }
        files.publish();
        KeyStanding key = epochs.hold(tx, audience.epoch());
        var id = new TicketId(ids.next());
        Instant now = clock.instant();
        TicketRows.insert(
                tx,
                new TicketRow(
                        id,
                        job.id(),
                        audience.epoch(),
                        TicketState.WAITING,
                        draft(id, job, audience, key, now),
                        Optional.empty(),
                        Optional.empty(),
                        audience.terms(),
                        audience.users(),
                        audience.segments(),
                        audience.openedMax(),
                        Stream.concat(
                                        Stream.of(job.submitted(), job.charged()),
                                        job.approvals().stream().map(Approval::event))
                                .toList()),
                now);
    }

    /** As it will be issued, but for active set and evidence: nobody has signed it yet. */
    private static DecryptionTicket draft(
            TicketId id, ChargedJob job, SealedAudience audience, KeyStanding key, Instant now) {
        SealedTerms terms = audience.terms();
        var bounds = new TicketBounds(terms.minUsers(), audience.maxAbs(), terms.parties(), 1);
        return new DecryptionTicket(
                id,
                new DecryptionTicket.Asked(
                        job.id(),
                        job.collaboration().orElseThrow(() -> new BoardException(Code.INTERNAL)),
                        job.submitter().party(),
                        job.submitter().role().policyRole().orElseThrow(() -> new BoardException(Code.INTERNAL)),
                        job.region(),
                        audience.metric(),
                        job.bundleHash(),
                        audience.resultKey()),
                job.question(),
                audience.epoch().number(),
                key.roster().hash(),
                audience.sources().stream()
                        .map(source -> new TicketSource(
                                source.dataset(),
                                source.version(),
                                source.attempt(),
                                purpose(job, source.dataset()),
                                source.tag().value(),
                                source.inputs()))
                        .toList(),
                audience.segments().stream().map(SealedSegment::stated).toList(),
                bounds,
                TicketNoise.of(terms.sumLoss(), bounds),
                job.charges(),
                key.roster().holderParties(),
                key.roster().limit().lambda(),
                job.approvals().stream()
                        .map(approval -> new TicketApproval(
                                approval.party(), approval.by(), approval.department(), approval.event()))
                        .toList(),
                List.of(),
                new DecryptionTicket.Validity(now, job.deadline()));
    }

    private static Purpose purpose(ChargedJob job, DatasetId dataset) {
        return job.datasets().stream()
                .filter(reference -> reference.id().equals(dataset))
                .map(DatasetRef::purpose)
                .findFirst()
                .orElseThrow(() -> new BoardException(Code.INTERNAL));
    }

    /** How far key holders are: it stands still when too few are there to be named, or one that was named is gone. */
    public Shares shares(Handle tx, JobId job) {
        TicketRow row = TicketRows.ofJob(tx, job).orElseThrow(() -> new BoardException(Code.INTERNAL));
        KeyStanding key = epochs.find(tx, row.epoch()).orElseThrow(() -> new BoardException(Code.INTERNAL));
        List<PartyId> online = sightings.online(tx, key.roster().holderParties());
        var answers = TicketRows.answers(tx, row.id());
        int posted = (int)
                answers.stream().filter(answer -> answer.share().isPresent()).count();
        boolean missing = row.state() == TicketState.WAITING
                ? online.size() < row.terms().holders()
                : answers.stream().anyMatch(answer -> !answer.given() && !online.contains(answer.party()));
        return new Shares(row.terms().holders(), posted, online.size(), missing);
    }

    /** A sum under a merchant's key, as it was put together; INTERNAL when it is not there. */
    public byte[] sealedResult(Hash hash) {
        return files.read(hash);
    }

    /** Nothing of the job is opened any more. */
    public void ended(Handle tx, JobId job) {
        TicketRows.ofJob(tx, job)
                .filter(row -> !row.state().over())
                .ifPresent(row -> TicketRows.move(tx, row.id(), TicketState.ENDED));
    }
}
