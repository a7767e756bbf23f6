package io.tamis.sandbox;

import io.tamis.catalog.Catalog;
import io.tamis.catalog.scan.Deadline;
import io.tamis.catalog.scan.ScanException;
import io.tamis.catalog.scan.ScanQuery;
import io.tamis.data.Code;
import io.tamis.data.RandomSource;
import io.tamis.jobs.JobType;
import io.tamis.jobs.Plan;
import io.tamis.jobs.PlanRequest;
import io.tamis.jobs.Planned;
import io.tamis.jobs.ScanInputs;
import io.tamis.privacy.DpPlan;
import io.tamis.privacy.PartialSums;
import jakarta.inject.Singleton;

/**
 * AGGREGATE: users, counts, sums and means of one dataset, filtered, by up to three declared keys.
 *
 * <p>Unit: one person of the dataset; neighbours: one person's rows added or removed. The scan bounds each person in
 * core's kernel and returns exact sums; noise, threshold, charge and release are the gate's.
 */
@Singleton
public class AggregateJob implements JobType {
    private final Catalog catalog;
    private final RandomSource random;

    AggregateJob(Catalog catalog, RandomSource random) {
        this.catalog = catalog;
        this.random = random;
    }

    @Override
    public String name() {
        return "AGGREGATE";
    }

    /** Refuses by declaration; malformed parameters throw {@link io.tamis.data.DataException}. */
    @Override
    public Planned plan(PlanRequest request) {
        return AggregatePlanner.plan(request);
    }

    @Override
    public PartialSums scan(Plan plan, ScanInputs inputs) {
        if (!(plan.query() instanceof DpPlan question)) {
            throw new ScanException(Code.JOB_FAILED);
        }
        var deadline = Deadline.in(inputs.limits().timeout());
        var snapshot = inputs.snapshot(question.dataset());
        var query = new ScanQuery(question, snapshot.dataset(), (column, values) -> {
            deadline.check();
            return catalog.codesOf(snapshot, column, values);
        });
        return new Scanner(question, snapshot, query, Salt.fresh(random), deadline).scan();
    }
}
