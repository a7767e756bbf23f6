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
 * OVERLAP: how many persons are in each set of 2 to 6 audiences, by segment if asked.
 *
 * <p>Unit: one person of the collaboration; neighbours: all rows of one person in all datasets added or removed. Each
 * person is counted in exactly one cell, by one, so L1 = L2 = 1; the join clamps, noise and release are the gate's.
 */
@Singleton
public class OverlapJob implements JobType {
    private final Catalog catalog;

    OverlapJob(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public String name() {
        return "OVERLAP";
    }

    /** Refuses by declaration; malformed parameters throw {@link io.tamis.data.DataException}. */
    @Override
    public Planned plan(PlanRequest request) {
        return OverlapPlanner.plan(request);
    }

    @Override
    public PartialSums scan(Plan plan, ScanInputs inputs) {
        OverlapQuery query = query(plan);
        var scan = new AudienceScan(catalog, inputs, query.audiences().datasets());
        return new OverlapScan(query, scan).sums(plan.release().kernel());
    }

    @Override
    public Json.Obj present(Plan plan, Release release) {
        return OverlapResult.of(query(plan), plan.release(), release);
    }

    private static OverlapQuery query(Plan plan) {
        if (!(plan.query() instanceof OverlapQuery query)) {
            throw new ScanException(Code.JOB_FAILED);
        }
        return query;
    }
}
