package io.tamis.cli.bench;

import io.tamis.cli.bench.BenchReport.Goal;
import io.tamis.cli.bench.GatewayLoad.Done;
import io.tamis.cli.bench.GatewayLoad.Shape;
import io.tamis.cli.bench.GatewayLoad.Until;
import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.Progress;
import io.tamis.cli.client.Shell;
import io.tamis.cli.devnet.Devnet;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import io.tamis.data.TimeOrderedIds;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * How fast the log takes what gateways report, over HTTP and durably, with client, server and database on one machine; how
 * far checkpoints are behind; and how long a proof takes when the log is long. All requests carry a token.
 */
public final class LedgerBench {
    /** Most leaves the log is filled to. */
    public static final long LEAVES_MAX = 20_000_000;

    /** What the promise about proofs begins with. */
    private static final long MILLION = 1_000_000;

    private static final long TEN_MILLION = 10 * MILLION;
    private static final PartyId PLATFORM = new PartyId("shop");
    private static final List<String> SETTINGS =
            List.of("tamis.limits.requests-in-flight=1024", "tamis.limits.access-events-in-flight=100000");
    private static final Shape FILL = new Shape(16, 64);
    private static final int PROOFS = 12_000;
    private static final int MISSES_MAX = 1_000;
    private static final int PERSONS = 100_000;
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration ANCHOR_LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    private final Shell shell;
    private final Duration each;

    /** The bench in this shell; each load is measured so long. */
    public LedgerBench(Shell shell, Duration each) {
        this.shell = shell;
        this.each = each;
    }

    /**
     * Measures loads, then fills the log to so many leaves; proofs are measured at a million and at the end. With npm the log
     * is anchored on a development chain all the while. In the end a log of so many leaves is audited, another one.
     */
    public BenchReport run(long leaves) {
        var report = new BenchReport("ledger", shell.clock().instant());
        switch (Devnet.start(shell, Optional.empty())) {
            case Devnet.Start.Missing(String why) -> {
                shell.err().println("not anchored: " + why);
                measure(report, leaves, SETTINGS, Optional.empty());
            }
            case Devnet.Start.Running(Devnet devnet) -> {
                try (devnet) {
                    var settings = new ArrayList<>(SETTINGS);
                    settings.add("tamis.anchor.rpc-url=" + devnet.rpc());
                    measure(report, leaves, settings, Optional.of(devnet));
                }
            }
        }
        new AuditBench(shell).measure(leaves, report);
        return report;
    }

    private void measure(BenchReport report, long leaves, List<String> settings, Optional<Devnet> devnet) {
        try (var rig = Rig.start(shell, List.of(), settings);
                var lag = Lag.start(LOOK_EVERY, () -> published(rig.anonymous()));
                var anchors = Lag.start(
                        ANCHOR_LOOK_EVERY,
                        () -> devnet.map(chain -> new AnchoredOn(chain, rig.anonymous()).size())
                                .orElse(0L))) {
            var platform = rig.as(Role.PLATFORM, PLATFORM);
            LongConsumer acknowledged = index -> {
                lag.acknowledged(index);
                anchors.acknowledged(index);
            };
            var load = new GatewayLoad(platform, batch(0), acknowledged);
            load.run(new Shape(8, 64), Until.time(WARM_UP));
            loads(report, load, lag);
            persons(report, platform, lag);
            proofs(report, platform, load, lag, Math.min(leaves, MILLION));
            if (leaves > MILLION) {
                proofs(report, platform, load, lag, leaves);
            }
            devnet.ifPresent(chain -> anchored(report, new AnchoredOn(chain, rig.anonymous()), anchors));
            rig.wentWell();
        }
    }

    /** From the acknowledgement of an entry until the chain holds a head that covers it, as final. */
    private void anchored(BenchReport report, AnchoredOn chain, Lag anchors) {
        var times = new Quantiles(anchors.lags());
        shell.err().printf("anchored after: p50 %s ms, p99 %s ms%n", times.millis(50), times.millis(99));
        report.add("anchor_p50_ms", times.millis(50), "ms", Optional.empty())
                .add("anchor_p99_ms", times.millis(99), "ms, 10 s and finality", Goal.atMost(12_000));
        chain.dearest()
                .ifPresent(gas -> report.add("anchor_gas", number(gas), "gas, the dearest", Goal.atMost(120_000)));
    }

    private static long published(ApiClient anybody) {
        String note = anybody.get("/v1/ledger/checkpoint").orRefused().text();
        return Long.parseLong(note.split("\n", -1)[1]);
    }

    private GatewayBatch batch(long persons) {
        return new GatewayBatch(new TimeOrderedIds(shell.clock(), new SystemRandom()), shell.clock(), persons);
    }

    private void loads(BenchReport report, GatewayLoad load, Lag lag) {
        Done many = told("512 in flight, 64 a request", load.run(new Shape(8, 64), Until.time(each)));
        report.add("append_512_per_s", number(many.perSecond()), "events/s", Goal.atLeast(10_000))
                .add("append_512_ack_p50_ms", many.acks().millis(50), "ms", Optional.empty())
                .add("append_512_ack_p99_ms", many.acks().millis(99), "ms", Goal.atMost(250))
                .add("checkpoint_lag_ms", new Quantiles(lag.lags()).millis(99), "ms, p99", Goal.atMost(1_000));
        shell.err().printf("checkpoint behind: p99 %s ms%n", new Quantiles(lag.lags()).millis(99));
        Done single = told("512 in flight, 1 a request", load.run(new Shape(512, 1), Until.time(each)));
        report.add("append_single_512_per_s", number(single.perSecond()), "events/s", Optional.empty())
                .add("append_single_512_ack_p99_ms", single.acks().millis(99), "ms", Optional.empty());
        Done few = told("64 in flight, 64 a request", load.run(new Shape(1, 64), Until.time(each)));
        report.add("append_64_per_s", number(few.perSecond()), "events/s", Optional.empty())
                .add("append_64_ack_p99_ms", few.acks().millis(99), "ms", Optional.empty());
        Done one = told("1 in flight", load.run(new Shape(1, 1), Until.time(each)));
        report.add("append_1_per_s", number(one.perSecond()), "events/s", Optional.empty())
                .add("append_1_ack_p99_ms", one.acks().millis(99), "ms", Optional.empty());
    }

    /** The same with a key for each person concerned, so that a person's entries can be erased. */
    private void persons(BenchReport report, ApiClient platform, Lag lag) {
        var load = new GatewayLoad(platform, batch(PERSONS), lag::acknowledged);
        Done done = told("512 in flight, of 100,000 persons", load.run(new Shape(8, 64), Until.time(each)));
        report.add("append_512_persons_per_s", number(done.perSecond()), "events/s", Optional.empty())
                .add("append_512_persons_ack_p99_ms", done.acks().millis(99), "ms", Optional.empty());
    }

    private void proofs(BenchReport report, ApiClient platform, GatewayLoad load, Lag lag, long leaves) {
        fill(load, lag, leaves);
        String at = leaves == TEN_MILLION ? "10m" : leaves == MILLION ? "1m" : "last";
        var goal = at.equals("last") ? Optional.<Goal>empty() : Goal.atMost(5);
        var times = proofTimes(platform, lag.newest());
        shell.err()
                .printf(
                        "proofs at %d leaves: p50 %s ms, p99 %s ms%n",
                        lag.newest() + 1, times.millis(50), times.millis(99));
        report.add("proof_p50_ms_" + at, times.millis(50), "ms", Optional.empty())
                .add("proof_p99_ms_" + at, times.millis(99), "ms", goal)
                .add("leaves_" + at, number(lag.newest() + 1), "leaves", Optional.empty());
    }

    private void fill(GatewayLoad load, Lag lag, long leaves) {
        var progress = Progress.counting(shell, "filling the log", leaves);
        while (lag.newest() + 1 < leaves) {
            long missing = leaves - lag.newest() - 1;
            load.run(FILL, Until.events(Math.min(missing, MILLION / 10)));
            progress.at(Math.min(leaves, lag.newest() + 1));
        }
        progress.end();
    }

    /** Proofs of entries anywhere in the log, one after the other; each is read by the platform whose entry it is. */
    private static Quantiles proofTimes(ApiClient platform, long newest) {
        var random = new SplittableRandom(newest);
        var times = new ArrayList<Long>();
        int misses = 0;
        while (times.size() < PROOFS) {
            long index = random.nextLong(newest + 1);
            long asked = System.nanoTime();
            var answer = platform.get("/v1/ledger/entries/" + index + "/proof");
            long nanos = System.nanoTime() - asked;
            if (answer instanceof Answer.Ok ok && ok.status() == 200) {
                times.add(nanos);
            } else if (++misses > MISSES_MAX) {
                // Some entries are the service's own; so many are not.
                answer.orRefused();
                throw new IllegalStateException("the log does not give proofs");
            }
        }
        // The first third warms up what the appends before it did not need: the compilers share the two cores.
        return new Quantiles(times.subList(PROOFS / 3, PROOFS));
    }

    private Done told(String what, Done done) {
        shell.err()
                .printf(
                        "%s: %d events/s, ack p50 %s ms, p99 %s ms%n",
                        what,
                        done.perSecond(),
                        done.acks().millis(50),
                        done.acks().millis(99));
        return done;
    }

    private static BigDecimal number(long value) {
        return BigDecimal.valueOf(value);
    }
}
