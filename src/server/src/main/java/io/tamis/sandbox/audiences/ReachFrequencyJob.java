package io.tamis.sandbox.audiences;

import io.tamis.catalog.Catalog;
import io.tamis.catalog.scan.ScanException;
import io.tamis.data.Code;
import io.tamis.data.Json;
import io.tamis.jobs.JobType;
import io.tamis.jobs.Plan;
import io.tamis.jobs.PlanRequest;
import io.tamis.jobs.Planned;
import io.tamis.jobs.ScanInputs;
import io.tamis.privacy.PartialSums;
import io.tamis.privacy.Release;
import jakarta.inject.Singleton;

/**
 * REACH_FREQUENCY: how many persons saw something how often, and on which of 1 to 4 platforms, within a window.
 *
 * <p>Unit: one person of the collaboration; neighbours: all rows of one person in all datasets added or removed. Each person
 * reached is counted by one in one frequency bucket and in one set of platforms, so L1 = 2 and L2 = sqrt(2); the join
 * clamps, noise and release are the gate's.
 */
@Singleton
public class ReachFrequencyJob implements JobType {
    private final Catalog catalog;

    ReachFrequencyJob(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public String name() {
        return "REACH_FREQUENCY";
    }

    /** Refuses by declaration; malformed parameters throw {@link io.tamis.data.DataException}. */
    @Override
    public Planned plan(PlanRequest request) {
        return ReachPlanner.plan(request);
    }

    @Override
    public PartialSums scan(Plan plan, ScanInputs inputs) {
        ReachQuery query = query(plan);
        var scan = new AudienceScan(catalog, inputs, query.exposures().datasets());
        return new ReachScan(query, scan).sums(plan.release().kernel());
    }

    @Override
    public Json.Obj present(Plan plan, Release release) {
        return ReachResult.of(query(plan), plan.release(), release);
    }

    private static ReachQuery query(Plan plan) {
        if (!(plan.query() instanceof ReachQuery query)) {
            throw new ScanException(Code.JOB_FAILED);
        }
        return query;
    }
}
