package io.tamis.cli.bench;

import io.tamis.cli.bench.BenchReport.Goal;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.JobWatch;
import io.tamis.cli.client.Shell;
import io.tamis.data.Code;
import io.tamis.data.JobId;
import io.tamis.data.MicroRho;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How long a small AGGREGATE job takes through HTTP, from the POST's first byte to the result's last. */
public final class JobBench {
    private static final PartyId MERCHANT = new PartyId("brand-bench");
    private static final MicroRho PRICE = new MicroRho(40);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int WARM_UP = 5;

    private final Shell shell;
    private int number;

    /** The bench in this shell. */
    public JobBench(Shell shell) {
        this.shell = shell;
    }

    /** Measures so many jobs at a release tick of 50 ms, and so many at the default, which holds answers back for 5 s. */
    public BenchReport run(int jobsFast, int jobsDefault) {
        var report = new BenchReport("job", shell.clock().instant());
        var fast = measure(List.of("tamis.release.tick=50MS"), jobsFast);
        var usual = measure(List.of(), jobsDefault);
        return report.add("first_job_s", fast.first(), "s", Goal.atMost(30))
                .add("job_p50_ms", fast.whole().millis(50), "ms", Optional.empty())
                .add("job_p99_ms", fast.whole().millis(99), "ms", Optional.empty())
                .add("job_p50_ms_tick50", fast.whole().millis(50), "ms", Optional.empty())
                .add("job_p99_ms_tick50", fast.whole().millis(99), "ms", Optional.empty())
                .add("job_p50_ms_default", usual.whole().millis(50), "ms", Optional.empty())
                .add("job_p99_ms_default", usual.whole().millis(99), "ms", Optional.empty())
                .add("submit_p50_ms", fast.submit().millis(50), "ms", Optional.empty())
                .add("submit_p99_ms", fast.submit().millis(99), "ms", Goal.atMost(250))
                .add("jobs_tick50", BigDecimal.valueOf(jobsFast), "jobs", Optional.empty())
                .add("jobs_default", BigDecimal.valueOf(jobsDefault), "jobs", Optional.empty());
    }

    private record Times(BigDecimal first, Quantiles whole, Quantiles submit) {}

    private record Time(long whole, long submit) {}

    private Times measure(List<String> settings, int jobs) {
        long begun = System.nanoTime();
        try (var rig = Rig.start(shell, List.of(), settings)) {
            rig.loadPurchases();
            var merchant = rig.as(Role.MERCHANT, MERCHANT);
            one(merchant);
            var first = BigDecimal.valueOf((System.nanoTime() - begun) / 10_000_000, 2);
            int warmUp = jobs > 2 * WARM_UP ? WARM_UP : 0;
            for (int i = 0; i < warmUp; i++) {
                one(merchant);
            }
            var whole = new ArrayList<Long>();
            var submit = new ArrayList<Long>();
            for (int i = 0; i < jobs; i++) {
                Time time = one(merchant);
                whole.add(time.whole());
                submit.add(time.submit());
            }
            shell.err().println(jobs + " jobs measured");
            rig.wentWell();
            return new Times(first, new Quantiles(whole), new Quantiles(submit));
        }
    }

    private Time one(ApiClient merchant) {
        int job = number++;
        long begun = System.nanoTime();
        var submitted = merchant.post("/v1/jobs", TinyJob.body("bench-" + job, job, PRICE))
                .orRefused();
        long submit = System.nanoTime() - begun;
        JobId id = JobId.parse(submitted.view().at("jobId").text());
        var end = new JobWatch(merchant, shell.clock()).untilEnd(id, PATIENCE, state -> {});
        if (!end.at("state").text().equals("SUCCEEDED")) {
            throw new ClientException(
                    Code.JOB_FAILED,
                    ExitCode.NO,
                    "a measured job ended as " + end.at("state").text());
        }
        merchant.get("/v1/jobs/" + id + "/result").orRefused();
        return new Time(System.nanoTime() - begun, submit);
    }
}
