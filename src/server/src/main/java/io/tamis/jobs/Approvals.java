package io.tamis.jobs;

import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.Dataset;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.PartyId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * Owners' consent to jobs that read their data. A verdict is about one question under one policy bundle (its subject): under
 * another bundle the job is decided again and asks again.
 *
 * <p>Race story: every step locks the job's row first, so of two verdicts, or a verdict and a cancellation, one comes second
 * and finds what the first did. Crash story: a verdict, its entry, and what follows from it (the end, or reservation and
 * queue) commit together; whoever has no answer sends the same again, and it is recognised.
 */
@Singleton
class Approvals {
    /** How long a job waits for them. */
    static final Duration PATIENCE = Duration.ofDays(7);

    private final JobRows rows;
    private final ApprovalRows approvals;
    private final Journal journal;
    private final Planning planning;
    private final Reservations reservations;
    private final Settlement settlement;
    private final Questions questions;
    private final InstantSource clock;

    Approvals(
            JobRows rows,
            ApprovalRows approvals,
            Journal journal,
            Planning planning,
            Reservations reservations,
            Settlement settlement,
            Questions questions,
            InstantSource clock) {
        this.rows = rows;
        this.approvals = approvals;
        this.journal = journal;
        this.planning = planning;
        this.reservations = reservations;
        this.settlement = settlement;
        this.questions = questions;
        this.clock = clock;
    }

    /** What became of a verdict. */
    sealed interface Outcome {
        /** Taken, now or by an earlier request that said the same; the job may have ended by it. */
        record Taken() implements Outcome {}

        /** Not taken; with the entry of an attempt that is recorded. */
        record Refused(Code code, Optional<EventId> event) implements Outcome {}
    }

    /** Takes a verdict of somebody who was asked. Whoever was not asked knows of no such job. */
    Outcome give(Handle tx, Actor actor, JobId id, Judgement judgement) {
        Optional<JobRow> found = asked(tx, actor, rows.locked(tx, id)).map(job -> underTheBundleInForce(tx, job));
        // A new bundle may ask others.
        Optional<JobRow> asked = asked(tx, actor, found);
        if (asked.isEmpty()) {
            return refused(found.isPresent() ? Code.STATE_CONFLICT : Code.NOT_FOUND);
        }
        JobRow job = asked.get();
        Optional<ApprovalRows.Given> earlier = approvals.given(tx, id, job.bundleHash(), actor);
        if (earlier.isPresent()) {
            return again(job, earlier.get(), judgement);
        }
        if (job.state() != JobState.AWAITING_APPROVAL || overdue(job)) {
            return refused(Code.STATE_CONFLICT);
        }
        Optional<Code> unfit = unfit(tx, actor, job, judgement);
        if (unfit.isPresent()) {
            return new Outcome.Refused(unfit.get(), Optional.of(journal.notJudged(tx, actor, job, unfit.get())));
        }
        if (!judgement.subjectHash().equals(subject(job))) {
            return refused(Code.SUBJECT_CHANGED);
        }
        judge(tx, actor, job, judgement);
        return new Outcome.Taken();
    }

    private Optional<JobRow> asked(Handle tx, Actor actor, Optional<JobRow> job) {
        return job.filter(found -> approvals.asked(tx, found.id(), actor.party()));
    }

    /** The same words again are the same verdict; others are too late. */
    private Outcome again(JobRow job, ApprovalRows.Given earlier, Judgement judgement) {
        boolean same = earlier.verdict() == judgement.verdict()
                && judgement.subjectHash().equals(subject(job));
        return same ? new Outcome.Taken() : refused(Code.STATE_CONFLICT);
    }

    private Hash subject(JobRow job) {
        return questions.subject(job, job.bundleHash());
    }

    /**
     * Four eyes: nobody judges what they asked for themselves, whatever party they come from. Within the party that asks, and
     * of two approvals of one party, the departments differ too.
     */
    private Optional<Code> unfit(Handle tx, Actor actor, JobRow job, Judgement judgement) {
        if (actor.person().equals(job.actor().person())) {
            return Optional.of(Code.SELF_APPROVAL);
        }
        boolean asked = actor.party().equals(job.actor().party())
                && actor.department().equals(job.actor().department());
        Predicate<Approval> beside = approval ->
                approval.party().equals(actor.party()) && approval.department().equals(actor.department());
        boolean twice = judgement.verdict() == Judgement.Verdict.APPROVED
                && approvals.counting(tx, job).stream().anyMatch(beside);
        return asked || twice ? Optional.of(Code.SAME_DEPARTMENT) : Optional.empty();
    }

    private boolean overdue(JobRow job) {
        return !clock.instant().isBefore(job.deadline().orElseThrow());
    }

    /** A job that still waits, decided again when another bundle is in force; that may end it. */
    private JobRow underTheBundleInForce(Handle tx, JobRow job) {
        Hash bundle = planning.catalog().policy().contentHash();
        if (job.state() != JobState.AWAITING_APPROVAL || job.bundleHash().equals(bundle)) {
            return job;
        }
        rows.underBundle(tx, job.id(), bundle);
        Optional<Prepared> prepared = planning.again(tx, job);
        Optional<Approvers> approvers = prepared.flatMap(plan -> planning.approvers(job.actor(), plan));
        if (prepared.isEmpty()) {
            settlement.end(tx, job, JobState.FAILED, Code.STATE_CONFLICT);
        } else if (approvers.isEmpty()) {
            Admission.Verdict verdict = planning.decide(job.actor(), prepared.get(), 0);
            journal.decided(tx, job, verdict, bundle);
            settlement.end(tx, job, JobState.REFUSED, verdict.refused().orElse(Code.SUBJECT_CHANGED));
        } else {
            approvals.ask(tx, job.id(), approvers.get().parties());
            rows.needs(tx, job.id(), approvers.get().needed());
        }
        return rows.byId(tx, job.id()).orElseThrow();
    }

    private void judge(Handle tx, Actor actor, JobRow job, Judgement judgement) {
        Instant at = clock.instant();
        EventId event = journal.judged(tx, actor, job, judgement, theirs(job, actor.party()));
        approvals.insert(tx, actor, job, judgement, event, at);
        switch (judgement.verdict()) {
            case REJECTED -> settlement.end(tx, job, JobState.REFUSED, Code.APPROVAL_REJECTED);
            case APPROVED -> proceed(tx, rows.byId(tx, job.id()).orElseThrow());
        }
    }

    /** Goes on when nobody else has to agree. */
    private void proceed(Handle tx, JobRow job) {
        Optional<Prepared> prepared = planning.again(tx, job);
        if (prepared.isEmpty()) {
            settlement.end(tx, job, JobState.FAILED, Code.STATE_CONFLICT);
            return;
        }
        if (covers(tx, job, prepared.get())) {
            reservations.approved(tx, job, prepared.get());
        }
    }

    /** True when the job has every approval it needs now, under the bundle in force; one that needs none has. */
    boolean covers(Handle tx, JobRow job, Prepared prepared) {
        Optional<Approvers> approvers = planning.approvers(job.actor(), prepared);
        return approvers.isEmpty()
                || (job.bundleHash().equals(planning.catalog().policy().contentHash())
                        && approvers.get().satisfiedBy(approvals.counting(tx, job)));
    }

    /** What of the job is the party's. */
    List<DatasetRef> theirs(JobRow job, PartyId party) {
        var declared = planning.catalog().policy().datasets();
        return job.request().datasets().stream()
                .filter(reference -> Optional.ofNullable(declared.get(reference.id()))
                        .map(Dataset::owner)
                        .equals(Optional.of(party)))
                .toList();
    }

    private static Outcome refused(Code code) {
        return new Outcome.Refused(code, Optional.empty());
    }
}
