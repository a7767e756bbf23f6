package io.tamis.cli.audit;

import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.PartyId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds releases against charges and permits, and deliveries against releases. An answer given again costs nothing, but
 * names the release it repeats, which was to the same party and paid for.
 */
final class ReleaseAudit {
    private record Published(
            long order,
            String where,
            EventId id,
            JobId job,
            PartyId tenant,
            Hash resultHash,
            Optional<EventId> repeats,
            Set<Subject> subjects,
            Optional<String> collaboration) {}

    private final Jobs jobs;
    private final BudgetAudit budget;
    private final ApprovalAudit approvals;
    private final Findings findings;
    private final Map<EventId, Published> releases = new HashMap<>();
    private final Map<JobId, Published> byJob = new HashMap<>();
    private final List<Published> inOrder = new ArrayList<>();
    private final Set<EventId> unpaid = new HashSet<>();
    private long deliveries;

    ReleaseAudit(Jobs jobs, BudgetAudit budget, ApprovalAudit approvals, Findings findings) {
        this.jobs = jobs;
        this.budget = budget;
        this.approvals = approvals;
        this.findings = findings;
    }

    long releases() {
        return releases.size();
    }

    long deliveries() {
        return deliveries;
    }

    void published(Seen entry) {
        var published = new Published(
                entry.order(),
                entry.where(),
                entry.event().id(),
                entry.job(),
                entry.tenant(),
                entry.hash("resultHash"),
                entry.fields().optionalString("of", 64).map(EventId::parse),
                Subject.allOf(entry),
                entry.collaboration());
        if (byJob.putIfAbsent(published.job, published) != null) {
            findings.wrong(entry.where(), Finding.Kind.RELEASE_REPEATED, published.job + " released before");
            return;
        }
        releases.put(published.id, published);
        inOrder.add(published);
    }

    /** A delivery follows its release: nobody receives what no checkpoint covers. */
    void delivered(Seen entry) {
        deliveries++;
        JobId job = entry.job();
        Hash resultHash = entry.hash("resultHash");
        Optional<EventId> of = entry.fields().optionalString("of", 64).map(EventId::parse);
        Published release = byJob.get(job);
        if (release == null) {
            findings.missing(
                    entry.where(), Finding.Kind.DELIVERY_UNMATCHED, "delivers what " + job + " never released");
        } else if (!release.resultHash.equals(resultHash)) {
            findings.wrong(
                    entry.where(), Finding.Kind.DELIVERY_UNMATCHED, "delivers another result than " + release.where());
        } else if (of.isPresent() && !of.get().equals(release.id)) {
            findings.wrong(
                    entry.where(), Finding.Kind.DELIVERY_UNMATCHED, "names another entry than " + release.where());
        }
    }

    /** After the last entry; charge and release are of one transaction, so their order says nothing. */
    void end() {
        for (Published release : inOrder) {
            Jobs.Job job = jobs.job(release.job);
            if (!job.permitted()) {
                findings.missing(release.where(), Finding.Kind.PERMIT_MISSING, "releases what nothing permitted");
            } else if (!job.neverRefused()) {
                findings.wrong(release.where(), Finding.Kind.PERMIT_MISSING, "releases what was refused");
            } else if (!job.subjects().equals(release.subjects) || !job.decidedIn(release.collaboration)) {
                findings.missing(
                        release.where(),
                        Finding.Kind.RELEASE_SUBJECT_DIFFERS,
                        "names other datasets, or another collaboration, than were decided on");
            }
            if (!paid(release)) {
                unpaid.add(release.id);
            }
            // An answer given again was approved, as it was paid for, when it was given first.
            if (release.repeats.isEmpty()) {
                approvals.released(release.where(), release.job);
            }
        }
    }

    private boolean paid(Published release) {
        if (budget.paid(release.job)) {
            return true;
        }
        if (release.repeats.isEmpty()) {
            findings.missing(release.where(), Finding.Kind.RELEASE_UNPAID, "no budget was charged for " + release.job);
            return false;
        }
        Published earlier = releases.get(release.repeats.get());
        if (earlier == null || earlier.order > release.order) {
            findings.missing(release.where(), Finding.Kind.RELEASE_UNPAID, "repeats a release that is not before it");
            return false;
        }
        if (!earlier.tenant.equals(release.tenant)) {
            findings.wrong(release.where(), Finding.Kind.RELEASE_UNPAID, "repeats another party's release");
            return false;
        }
        if (!earlier.subjects.equals(release.subjects) || !earlier.collaboration.equals(release.collaboration)) {
            findings.wrong(release.where(), Finding.Kind.RELEASE_UNPAID, "repeats a release about something else");
            return false;
        }
        // Walked in order, so whether the earlier one is paid has been found out; its own finding names it.
        return !unpaid.contains(earlier.id);
    }
}
