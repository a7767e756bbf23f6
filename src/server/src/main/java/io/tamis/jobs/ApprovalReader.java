package io.tamis.jobs;

import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Role;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What approvers and officers may read of jobs that ask for approval. Other jobs are answered like ones that do not exist. */
@Singleton
class ApprovalReader {
    private final Jdbi jdbi;
    private final JobRows rows;
    private final ApprovalRows approvals;
    private final Planning planning;
    private final Questions questions;
    private final InstantSource clock;

    ApprovalReader(
            Jdbi jdbi,
            JobRows rows,
            ApprovalRows approvals,
            Planning planning,
            Questions questions,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.rows = rows;
        this.approvals = approvals;
        this.planning = planning;
        this.questions = questions;
        this.clock = clock;
    }

    ApprovalView view(Actor actor, JobId id) {
        return jdbi.inTransaction(tx -> view(
                tx,
                actor,
                rows.byId(tx, id)
                        .filter(job -> job.approvalsNeeded() > 0)
                        .filter(job ->
                                actor.role() == Role.COMPLIANCE_OFFICER || approvals.asked(tx, id, actor.party()))
                        .orElseThrow(() -> new JobsException(Code.NOT_FOUND))));
    }

    /** One page of what waits, newest first: for this person's verdict, or an officer's all. */
    List<ApprovalView> inbox(Actor actor, Optional<JobId> before, int limit) {
        Optional<Actor> approver = actor.role() == Role.COMPLIANCE_OFFICER ? Optional.empty() : Optional.of(actor);
        Hash bundle = planning.catalog().policy().contentHash();
        return jdbi.inTransaction(
                tx -> rows.awaitingApproval(tx, approver, bundle, clock.instant(), before, limit).stream()
                        .map(job -> view(tx, actor, job))
                        .toList());
    }

    /** While it waits the bundle in force decides what would be approved; afterwards the one that did. */
    private ApprovalView view(Handle tx, Actor actor, JobRow job) {
        Hash bundle = job.state() == JobState.AWAITING_APPROVAL
                ? planning.catalog().policy().contentHash()
                : job.bundleHash();
        Optional<Prepared> prepared = planning.again(tx, job);
        List<Admission.Decided> decided = prepared.map(
                        ready -> planning.decide(job.actor(), ready, job.approvalsNeeded())
                                .decided())
                .orElse(List.of());
        return new ApprovalView(
                actor, job, questions.of(job), bundle, decided, approvals.given(tx, job.id(), bundle), prepared);
    }
}
