package io.tamis.jobs;

import io.tamis.data.Actor;
import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.log.BudgetRow;
import io.tamis.log.JobQuestion;
import io.tamis.policy.Region;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A job that has paid and waits for shares: what its type may show key holders as evidence.
 *
 * @param submitter who asked; the party is the merchant that is charged
 * @param question what it asks, as the entry {@code submitted} and every approval have the hash of
 * @param bundleHash the policy it was admitted, and approved, under
 * @param region where the policy was told the answer goes
 * @param datasets what was asked about, and what for
 * @param contents what was read of each dataset
 * @param submitted its {@code job.submitted} entry
 * @param charged its {@code budget.charged} entry
 * @param charges the rows that entry moved
 * @param approvals those that count under this bundle, the oldest first; empty when none were needed
 * @param deadline when it ends as TIMED_OUT
 */
public record ChargedJob(
        JobId id,
        Actor submitter,
        Optional<CollaborationId> collaboration,
        Region region,
        Plan plan,
        List<DatasetRef> datasets,
        NavigableMap<DatasetId, Hash> contents,
        JobQuestion question,
        Hash bundleHash,
        EventId submitted,
        EventId charged,
        List<BudgetRow> charges,
        List<Approval> approvals,
        Instant deadline) {
    public ChargedJob {
        Objects.requireNonNull(id);
        Objects.requireNonNull(submitter);
        Objects.requireNonNull(collaboration);
        Objects.requireNonNull(region);
        Objects.requireNonNull(plan);
        datasets = List.copyOf(datasets);
        contents = Collections.unmodifiableNavigableMap(new TreeMap<>(contents));
        Objects.requireNonNull(question);
        Objects.requireNonNull(bundleHash);
        Objects.requireNonNull(submitted);
        Objects.requireNonNull(charged);
        charges = List.copyOf(charges);
        approvals = List.copyOf(approvals);
        Objects.requireNonNull(deadline);
    }
}
