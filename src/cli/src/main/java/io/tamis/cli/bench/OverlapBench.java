package io.tamis.cli.bench;

import io.tamis.cli.bench.BenchReport.Goal;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.JobWatch;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Shell;
import io.tamis.data.Code;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.MicroRho;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long an OVERLAP job joining three platforms takes, by a server whose heap is held to 512 MB. The time is the caller's:
 * from the POST's first byte to the result's last, with a release tick of 50 ms in it. Every job has conditions of its own
 * on all three, so that none is answered from the cache.
 */
public final class OverlapBench {
    /** Most persons of one platform, within the declared capacities; what the promise is about. */
    public static final int PERSONS_MAX = 10_000_000;

    /** Fewest: below it nobody would be left under some conditions. */
    public static final int PERSONS_MIN = 10_000;

    /** Most jobs: prices must stay within one merchant's month. */
    public static final int JOBS_MAX = 200;

    private static final PartyId MERCHANT = new PartyId("brand-bench");
    private static final MicroRho PRICE = new MicroRho(40);
    private static final Duration PROBE_EVERY = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int HEAP_MB = 512;
    private static final int WARM_UP = 3;
    private static final int GOAL_SECONDS = 2;

    /** Ten standard deviations of a count at {@link #PRICE}, whose variance is 10^6 / (2 * 40). */
    private static final long TOLERANCE = 1_200;

    private final Shell shell;

    /** The bench in this shell. */
    public OverlapBench(Shell shell) {
        this.shell = shell;
    }

    /** Measures so many jobs over platforms of so many persons each. */
    public BenchReport run(int persons, int jobs) {
        var report = new BenchReport("overlap", shell.clock().instant());
        try (var rig = Rig.start(shell, List.of("-Xmx" + HEAP_MB + "m"), List.of("tamis.release.tick=50MS"))) {
            for (Crowd crowd : Crowd.values()) {
                rig.load(crowd, persons);
                shell.err().println(crowd.dataset() + " loaded");
            }
            var agreement = SignedAgreement.of(rig, parties(), OverlapQuestion.PURPOSE);
            for (Crowd crowd : Crowd.values()) {
                agreement.attach(crowd.owner(), crowd.dataset());
                shell.err().println(crowd.dataset() + " attached");
            }
            var merchant = rig.as(Role.MERCHANT, MERCHANT);
            requireRight(one(merchant, agreement, 0).result(), persons);
            for (int job = 1; job <= WARM_UP; job++) {
                one(merchant, agreement, job);
            }
            try (var memory = MemoryProbe.start(rig.anonymous(), rig.pid(), PROBE_EVERY)) {
                var times = new ArrayList<Long>();
                Duration before = processor(rig);
                for (int job = 0; job < jobs; job++) {
                    times.add(one(merchant, agreement, 1 + WARM_UP + job).nanos());
                }
                Duration each = processor(rig).minus(before).dividedBy(jobs);
                rig.wentWell();
                return measured(report, persons, new Quantiles(times), memory)
                        .add(
                                "overlap_cpu_s",
                                BigDecimal.valueOf(each.toMillis(), 3),
                                "s of the server's processor a job, whatever else runs",
                                Optional.empty());
            }
        }
    }

    private static Duration processor(Rig rig) {
        return ProcessHandle.of(rig.pid())
                .flatMap(server -> server.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    private static List<SignedAgreement.Party> parties() {
        return Stream.concat(
                        Arrays.stream(Crowd.values())
                                .map(crowd -> new SignedAgreement.Party(crowd.owner(), Role.PLATFORM)),
                        Stream.of(new SignedAgreement.Party(MERCHANT, Role.MERCHANT)))
                .toList();
    }

    private record Measured(long nanos, JsonView result) {}

    private Measured one(ApiClient merchant, SignedAgreement agreement, int job) {
        long begun = System.nanoTime();
        JobId id = JobId.parse(merchant.post("/v1/jobs", body(agreement, job))
                .orRefused()
                .view()
                .at("jobId")
                .text());
        var end = new JobWatch(merchant, shell.clock()).untilEnd(id, PATIENCE, state -> {});
        if (!end.at("state").text().equals("SUCCEEDED")) {
            throw new ClientException(
                    Code.JOB_FAILED,
                    ExitCode.NO,
                    "a measured job ended as " + end.at("state").text());
        }
        JsonView result = merchant.get("/v1/jobs/" + id + "/result").orRefused().view();
        return new Measured(System.nanoTime() - begun, result);
    }

    /** The job with this number; number 0 has no conditions, so that everybody is counted. */
    static Json body(SignedAgreement agreement, int job) {
        var some = List.of(
                where(Crowd.SHOP, "city_tier", "NE", Json.of("T" + (1 + job % 5))),
                where(Crowd.VIDEO, "watch_minutes_30d", "GE", Json.of(job)),
                where(Crowd.MESSENGER, "messages_30d", "GE", Json.of(2L * job)));
        var everybody = Arrays.stream(Crowd.values())
                .map(crowd -> OverlapQuestion.Audience.everybody(crowd.dataset()))
                .toList();
        return new OverlapQuestion(agreement.id(), job == 0 ? everybody : some)
                .body(
                        "bench-overlap-" + job,
                        Json.object().put("rhoMicro", PRICE.value()).build());
    }

    private static OverlapQuestion.Audience where(Crowd crowd, String column, String operator, Json value) {
        return OverlapQuestion.Audience.where(crowd.dataset(), new OverlapQuestion.Condition(column, operator, value));
    }

    /** A fast answer that is wrong is worth nothing: everybody's count of those on all three is known. */
    private static void requireRight(JsonView envelope, int persons) {
        long expected = (long) persons / Crowd.OF_GROUP * Crowd.ON_ALL;
        long counted = onAll(envelope);
        if (Math.abs(counted - expected) > TOLERANCE + Crowd.GROUP) {
            throw new ClientException(Code.JOB_FAILED, ExitCode.NO, "the overlap is not the generated one");
        }
    }

    /** The last row's count: the set of all audiences. */
    static long onAll(JsonView envelope) {
        JsonView rows = envelope.at("result").at("rows");
        JsonView last = rows.items().getLast();
        return last.at("cells").items().getFirst().at("value").integerOrZero();
    }

    private static BenchReport measured(BenchReport report, int persons, Quantiles times, MemoryProbe memory) {
        boolean promised = persons == PERSONS_MAX;
        return report.add(
                        promised ? "overlap_10m_s" : "overlap_s",
                        seconds(times, 50),
                        "s submit to result",
                        promised ? Goal.atMost(GOAL_SECONDS) : Optional.empty())
                .add("overlap_p99_s", seconds(times, 99), "s submit to result", Optional.empty())
                .add("overlap_best_s", seconds(times, 0), "s submit to result", Optional.empty())
                .add(
                        "overlap_peak_mb",
                        BigDecimal.valueOf(memory.heapPeakBytes() >> 20),
                        "MB heap",
                        Goal.atMost(HEAP_MB))
                .add(
                        "overlap_rss_peak_mb",
                        BigDecimal.valueOf(memory.residentPeakBytes() >> 20),
                        "MB resident, loading included",
                        Optional.empty())
                .add("overlap_persons", BigDecimal.valueOf(persons), "persons a platform", Optional.empty())
                .add("overlap_jobs", BigDecimal.valueOf(times.sortedNanos().size()), "jobs", Optional.empty());
    }

    private static BigDecimal seconds(Quantiles times, int percent) {
        return times.millis(percent).movePointLeft(3).setScale(2, RoundingMode.HALF_UP);
    }
}
