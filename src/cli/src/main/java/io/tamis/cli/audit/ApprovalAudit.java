package io.tamis.cli.audit;

import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.PartyId;
import io.tamis.log.ApprovalSubject;
import io.tamis.policy.Action;
import io.tamis.policy.DecidedColumn;
import io.tamis.policy.PolicyBundle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds releases against owners' approvals: what was summed over encrypted tags was approved by every owner of what it read,
 * under a bundle that permitted it, and by somebody else than who asked; and a decision claims no approvals that were not given.
 */
final class ApprovalAudit {
    private static final String APPROVED = "APPROVED";

    /** A verdict. */
    private record Verdict(PartyId party, Optional<String> person, Hash bundle, Hash question, String name) {
        boolean by(Set<String> persons) {
            return person.filter(persons::contains).isPresent();
        }
    }

    /** What is known of one job. */
    private static final class Asked {
        private final List<Verdict> verdicts = new ArrayList<>();
        private final Map<DatasetId, PartyId> owners = new HashMap<>();
        private final Set<String> submitters = new HashSet<>();
        private final Set<Hash> bundles = new HashSet<>();
        private final Set<Hash> questions = new HashSet<>();
        private boolean encrypted;
        private int claimed;
    }

    private final Findings findings;
    private final Map<JobId, Asked> jobs = new HashMap<>();

    ApprovalAudit(Findings findings) {
        this.findings = findings;
    }

    /** What a permit says of who has to approve. */
    void decided(Seen entry, PolicyBundle bundle, List<DecidedColumn> columns) {
        Optional<JobId> job = entry.jobIfAny();
        boolean encrypted = columns.stream()
                .anyMatch(column -> column.question().action().equals(Optional.of(Action.COMPUTE_ENCRYPTED)));
        int claimed = columns.stream()
                .mapToInt(column -> column.question().approvals())
                .max()
                .orElse(0);
        if (job.isEmpty()) {
            return;
        }
        Asked asked = asked(job.get());
        asked.encrypted |= encrypted;
        asked.claimed = Math.max(asked.claimed, claimed);
        person(entry).ifPresent(asked.submitters::add);
        asked.bundles.add(bundle.contentHash());
        Optional.ofNullable(bundle.datasets().get(entry.dataset()))
                .ifPresent(dataset -> asked.owners.put(dataset.id(), dataset.owner()));
    }

    /** A {@code job.submitted} entry; of jobs of before there is no question. */
    void submitted(Seen entry) {
        if (entry.member("questionHash").isPresent()) {
            asked(entry.job()).questions.add(entry.hash("questionHash"));
        }
    }

    /** An {@code approval.given} entry of a job. */
    void given(Seen entry) {
        Hash bundle = entry.hash("bundleHash");
        Hash question = entry.hash("questionHash");
        Hash subject = new ApprovalSubject(question, bundle).hash();
        if (!subject.equals(entry.hash("subjectHash"))) {
            findings.wrong(
                    entry.where(),
                    Finding.Kind.APPROVAL_MISSING,
                    "is of another subject than of the question and the bundle it names");
            return;
        }
        asked(entry.job())
                .verdicts
                .add(new Verdict(
                        entry.tenant(),
                        person(entry),
                        bundle,
                        question,
                        entry.fields().string("verdict", 16)));
    }

    /** A release that was paid for; after the last entry. */
    void released(String where, JobId job) {
        hold(where, job, "releases");
    }

    /** A ticket: key holders were asked to open it, whether a release came of it or not. After the last entry. */
    void opened(String where, JobId job) {
        hold(where, job, "opens");
    }

    private void hold(String where, JobId job, String does) {
        Asked asked = jobs.getOrDefault(job, new Asked());
        if (asked.verdicts.stream().anyMatch(verdict -> !verdict.name.equals(APPROVED))) {
            findings.wrong(where, Finding.Kind.APPROVAL_MISSING, does + " what an owner rejected");
        }
        List<Verdict> approvals = asked.verdicts.stream()
                .filter(verdict -> asked.bundles.contains(verdict.bundle))
                .toList();
        question(where, asked, approvals);
        if (approvals.stream().anyMatch(verdict -> verdict.by(asked.submitters))) {
            findings.wrong(where, Finding.Kind.APPROVAL_MISSING, does + " what its submitter approved");
        }
        if (asked.claimed > approvals.size()) {
            findings.missing(where, Finding.Kind.APPROVAL_MISSING, "was decided with more approvals than were given");
        }
        if (asked.encrypted) {
            asked.owners.values().stream()
                    .distinct()
                    .filter(owner -> approvals.stream().noneMatch(verdict -> verdict.party.equals(owner)))
                    .forEach(owner -> findings.missing(
                            where,
                            Finding.Kind.APPROVAL_MISSING,
                            does + " a sum over encrypted tags that " + owner + " did not approve"));
        }
    }

    /** Everybody approved the one question that came in. */
    private void question(String where, Asked asked, List<Verdict> approvals) {
        if (approvals.isEmpty()) {
            return;
        }
        if (asked.questions.isEmpty()) {
            findings.missing(where, Finding.Kind.APPROVAL_MISSING, "was approved, and no entry says what was asked");
        } else if (approvals.stream().anyMatch(verdict -> !asked.questions.equals(Set.of(verdict.question)))) {
            findings.wrong(where, Finding.Kind.APPROVAL_MISSING, "was approved as another question than was asked");
        }
    }

    private Asked asked(JobId job) {
        return jobs.computeIfAbsent(job, _ -> new Asked());
    }

    /** A saved state keeps no persons: of entries from there this is not checked again. */
    private static Optional<String> person(Seen entry) {
        return entry.fields().object("actor").optionalString("id", 64);
    }
}
