package io.tamis.cli.bench;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.Auditor;
import io.tamis.cli.client.JobWatch;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Problem;
import io.tamis.cli.client.Shell;
import io.tamis.data.JobId;
import io.tamis.data.MicroRho;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many clients of one merchant race for its budget over HTTP. A grant too many would be a broken privacy promise, a grant
 * too few a budget that nobody can spend: the number must be exact. Then clients of several merchants race inside a
 * collaboration, see {@link FamilyRace}; and the whole log is audited offline.
 */
public final class BudgetRace {
    private static final PartyId MERCHANT = new PartyId("brand-race");
    private static final MicroRho PRICE = new MicroRho(700);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** How often each client tries: together far more than the budget covers. */
    private static final int TRIES = 8;

    private final Shell shell;
    private final Auditor auditor;

    /** The soak in this shell. */
    public BudgetRace(Shell shell, Auditor auditor) {
        this.shell = shell;
        this.auditor = auditor;
    }

    private record Tally(List<JobId> granted, int exhausted, List<String> others) {}

    /** Lets so many clients race. */
    public SoakReport run(int clients) {
        var report = new SoakReport("budget-race");
        try (var rig = Rig.start(shell, List.of(), List.of("tamis.release.tick=50MS"))) {
            rig.loadPurchases();
            var merchant = rig.as(Role.MERCHANT, MERCHANT);
            List<Tally> tallies = race(merchant, clients);
            long granted =
                    tallies.stream().mapToLong(tally -> tally.granted().size()).sum();
            long exhausted = tallies.stream().mapToLong(Tally::exhausted).sum();
            tallies.forEach(tally -> tally.others().forEach(other -> report.require(false, "refused with " + other)));
            var watch = new JobWatch(merchant, shell.clock());
            for (Tally tally : tallies) {
                for (JobId job : tally.granted()) {
                    String state = watch.untilEnd(job, PATIENCE, told -> {})
                            .at("state")
                            .text();
                    report.require(state.equals("SUCCEEDED"), "a granted job ended as " + state);
                }
            }
            judge(report, merchant, granted, exhausted, clients);
            new FamilyRace(shell, report, rig).run(clients);
            var finding = rig.audit(auditor, "audit");
            report.require(finding.ok(), "the offline audit says: " + finding.said());
            if (report.violations().isEmpty()) {
                rig.wentWell();
            }
        }
        return report;
    }

    private void judge(SoakReport report, ApiClient merchant, long granted, long exhausted, int clients) {
        long cap = 0;
        for (JsonView row : merchant.get("/v1/budgets?dataset=" + TinyJob.DATASET)
                .orRefused()
                .view()
                .at("items")
                .items()) {
            var rho = row.at("rhoMicro");
            cap = rho.at("cap").integerOrZero();
            long spent = rho.at("spent").integerOrZero();
            report.require(spent + rho.at("reserved").integerOrZero() <= cap, "more is spent than the cap");
            report.require(spent == granted * PRICE.value(), "spent is not the price of what was granted");
            report.require(
                    rho.at("reserved").integerOrZero() == 0, "something stays reserved when all jobs have ended");
        }
        report.require(cap > 0, "no budget row is shown");
        report.require(granted == cap / PRICE.value(), "the number of grants is not the number the cap covers");
        report.require(granted + exhausted == (long) clients * TRIES, "an answer is missing");
        report.fact("clients", clients);
        report.fact("attempts", (long) clients * TRIES);
        report.fact("granted", granted);
        report.fact("granted_possible", cap / PRICE.value());
        report.fact("refused_budget_exhausted", exhausted);
    }

    private static List<Tally> race(ApiClient merchant, int clients) {
        var number = new AtomicInteger();
        var tallies = Collections.synchronizedList(new ArrayList<Tally>());
        Race.of(clients, client -> tallies.add(tries(merchant, number)));
        return List.copyOf(tallies);
    }

    private static Tally tries(ApiClient merchant, AtomicInteger number) {
        var granted = new ArrayList<JobId>();
        int exhausted = 0;
        var others = new ArrayList<String>();
        for (int i = 0; i < TRIES; i++) {
            int job = number.getAndIncrement();
            switch (merchant.post("/v1/jobs", TinyJob.body("race-" + job, job, PRICE))) {
                case Answer.Ok ok ->
                    granted.add(JobId.parse(ok.view().at("jobId").text()));
                case Answer.Refused(Problem problem) when problem.code().equals("BUDGET_EXHAUSTED") -> exhausted++;
                case Answer.Refused(Problem problem) -> others.add(problem.code());
            }
        }
        return new Tally(granted, exhausted, others);
    }
}
