package io.tamis.cli.bench;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.Auditor;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.JobWatch;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Shell;
import io.tamis.data.JobId;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import io.tamis.log.ExportResult;
import io.tamis.log.LogExport;
import io.tamis.log.VerifierKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Kills the server again and again under a stream of jobs and holds it to what it had acknowledged: every event once in
 * the log, budgets equal to the re-added entries, no job stuck.
 */
public final class JobKill {
    private static final List<PartyId> MERCHANTS =
            List.of(new PartyId("brand-k0"), new PartyId("brand-k1"), new PartyId("brand-k2"));
    private static final Duration STUCK_AFTER = Duration.ofSeconds(90);
    private static final long KILL_AFTER_MS_MIN = 500;
    private static final long KILL_AFTER_MS_MAX = 8_000;
    private static final int PAGE = 200;
    private static final int PERSONS = 1_000;

    /** So long the log's size must stand still before nothing more is under way; a checkpoint comes every second. */
    private static final Duration QUIET = Duration.ofMillis(2_500);

    private final Shell shell;
    private final Auditor auditor;

    /** The soak in this shell. */
    public JobKill(Shell shell, Auditor auditor) {
        this.shell = shell;
        this.auditor = auditor;
    }

    /** Kills so many times, at moments drawn from this seed. */
    public SoakReport run(int cases, long seed) {
        var report = new SoakReport("job-kill");
        report.fact("seed", seed);
        var moments = new SplittableRandom(seed);
        var acknowledged = new Acknowledged();
        var number = new AtomicInteger();
        try (var rig = Rig.start(shell, List.of(), List.of("tamis.release.tick=50MS"))) {
            rig.loadPurchases();
            SignedAgreement agreement = agreed(rig);
            for (int round = 1; round <= cases; round++) {
                long moment = moments.nextLong(KILL_AFTER_MS_MIN, KILL_AFTER_MS_MAX);
                killUnderLoad(rig, agreement, acknowledged, number, moment);
                int before = report.violations().size();
                check(rig, report, acknowledged, round);
                shell.err()
                        .printf(
                                "case %d of %d: killed after %d ms, %d jobs and %d events acknowledged so far, %s%n",
                                round,
                                cases,
                                moment,
                                acknowledged.jobs().size(),
                                acknowledged.events().size(),
                                report.violations().size() == before ? "ok" : "BROKEN");
            }
            var finding = auditor.verify(exportOf(rig, cases), key(rig));
            report.require(finding.ok(), "the offline audit says: " + finding.said());
            report.fact("cases", cases);
            report.fact("jobs_acknowledged", acknowledged.jobs().size());
            report.fact("events_acknowledged", acknowledged.events().size());
            report.fact("receipts", acknowledged.receipts().size());
            if (report.violations().isEmpty()) {
                rig.wentWell();
            }
        }
        return report;
    }

    /** Two platforms in which the merchants may ask for overlaps. */
    private static SignedAgreement agreed(Rig rig) {
        List<Crowd> platforms = List.of(Crowd.SHOP, Crowd.VIDEO);
        platforms.forEach(crowd -> rig.load(crowd, PERSONS));
        var agreement = SignedAgreement.of(
                rig,
                Stream.concat(
                                platforms.stream()
                                        .map(crowd -> new SignedAgreement.Party(crowd.owner(), Role.PLATFORM)),
                                MERCHANTS.stream().map(merchant -> new SignedAgreement.Party(merchant, Role.MERCHANT)))
                        .toList(),
                OverlapQuestion.PURPOSE);
        platforms.forEach(crowd -> agreement.attach(crowd.owner(), crowd.dataset()));
        return agreement;
    }

    private void killUnderLoad(
            Rig rig, SignedAgreement agreement, Acknowledged acknowledged, AtomicInteger number, long moment) {
        try (var pool = Executors.newFixedThreadPool(MERCHANTS.size())) {
            for (PartyId merchant : MERCHANTS) {
                pool.execute(new MerchantStream(
                        rig.as(Role.MERCHANT, merchant), agreement, shell.clock(), acknowledged, number));
            }
            pause(Duration.ofMillis(moment));
            rig.killAndRestart();
            // A stream that met no closed connection would otherwise go on against the restarted server.
            pool.shutdownNow();
            if (!pool.awaitTermination(STUCK_AFTER.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("a merchant's stream does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void check(Rig rig, SoakReport report, Acknowledged acknowledged, int round) {
        for (PartyId merchant : MERCHANTS) {
            checkNoneStuck(rig.as(Role.MERCHANT, merchant), report, round);
        }
        awaitQuiet(rig);
        Path folder = exportOf(rig, round);
        switch (LogExport.read(folder, VerifierKey.parse(key(rig)))) {
            case ExportResult.Broken(String where, var problem) ->
                report.require(false, "case " + round + ": the export is broken at " + where + ": " + problem);
            case ExportResult.Verified verified -> {
                var log = new LogView();
                verified.entries().forEach(log::add);
                checkAcknowledged(log, report, acknowledged, round);
                checkBudgets(rig, log, report, round);
                report.fact("entries", log.places().size());
            }
        }
    }

    private void checkNoneStuck(ApiClient merchant, SoakReport report, int round) {
        var watch = new JobWatch(merchant, shell.clock());
        for (JsonView job : merchant.get("/v1/jobs?limit=" + PAGE)
                .orRefused()
                .view()
                .at("items")
                .items()) {
            if (JobWatch.FINAL_STATES.contains(job.at("state").text())) {
                continue;
            }
            try {
                watch.untilEnd(JobId.parse(job.at("jobId").text()), STUCK_AFTER, state -> {});
            } catch (ClientException tooLong) {
                report.require(false, "case " + round + ": a job is stuck: " + tooLong.advice());
            }
        }
    }

    private static void checkAcknowledged(LogView log, SoakReport report, Acknowledged acknowledged, int round) {
        // The export's own verification refuses an id that is there twice.
        acknowledged
                .events()
                .forEach(id -> report.require(
                        log.places().containsKey(id), "case " + round + ": event " + id + " is not in the log"));
        acknowledged
                .receipts()
                .forEach((id, index) -> report.require(
                        index.equals(log.places().get(id)),
                        "case " + round + ": event " + id + " is not where its receipt says"));
        acknowledged
                .jobs()
                .forEach(job -> report.require(
                        log.submissions(job.toString()) == 1,
                        "case " + round + ": " + job + " is submitted " + log.submissions(job.toString())
                                + " times in the log"));
    }

    private static void checkBudgets(Rig rig, LogView log, SoakReport report, int round) {
        var shown = new HashSet<String>();
        for (JsonView row : rig.as(Role.COMPLIANCE_OFFICER, Rig.AUDIT_OFFICE)
                .get("/v1/budgets")
                .orRefused()
                .view()
                .at("items")
                .items()) {
            String key = LogView.key(row.value());
            shown.add(key);
            var rho = row.at("rhoMicro");
            requireEqual(
                    report, round, key + " spent", rho.at("spent"), log.spent().getOrDefault(key, 0L));
            requireEqual(
                    report,
                    round,
                    key + " reserved",
                    rho.at("reserved"),
                    log.reserved().getOrDefault(key, 0L));
        }
        var missing = new ArrayList<>(log.spent().keySet());
        missing.removeAll(shown);
        report.require(missing.isEmpty(), "case " + round + ": the log has budget rows that the service does not show");
        report.require(!shown.isEmpty(), "case " + round + ": the service shows no budget row");
    }

    private static void requireEqual(SoakReport report, int round, String what, JsonView shown, long added) {
        report.require(
                shown.integerOrZero() == added,
                "case " + round + ": " + what + " is " + shown.text() + ", the entries add up to " + added);
    }

    private void awaitQuiet(Rig rig) {
        var last = shell.clock().instant().plus(STUCK_AFTER);
        String size = "";
        while (shell.clock().instant().isBefore(last)) {
            String now =
                    rig.anonymous().get("/v1/ledger/checkpoint").orRefused().text();
            if (now.equals(size)) {
                return;
            }
            size = now;
            pause(QUIET);
        }
    }

    private Path exportOf(Rig rig, int round) {
        Path folder =
                rig.data().path().resolve("audit-" + round + "-" + shell.clock().millis());
        auditor.export(rig.as(Role.COMPLIANCE_OFFICER, Rig.AUDIT_OFFICE), folder);
        return folder;
    }

    private static String key(Rig rig) {
        return rig.anonymous()
                .get("/v1/ledger/key")
                .orRefused()
                .text()
                .lines()
                .findFirst()
                .orElse("");
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
