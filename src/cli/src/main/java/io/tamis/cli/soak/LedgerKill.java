package io.tamis.cli.soak;

import io.tamis.cli.bench.SoakReport;
import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.Auditor;
import io.tamis.cli.client.Shell;
import io.tamis.data.EventId;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import io.tamis.log.EventType;
import io.tamis.log.ExportEntry;
import io.tamis.log.ExportResult;
import io.tamis.log.LogExport;
import io.tamis.log.TlogProof;
import io.tamis.log.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Kills servers and database again and again, and fills their disk, while gateways report accesses to two servers on one
 * database and somebody changes state. Gateways repeat what was not acknowledged until it is, at either server. In the end
 * every event is in the log once and where it was said to be, and the log holds nothing else of theirs.
 */
public final class LedgerKill {
    private static final PartyId PLATFORM = new PartyId("shop");
    private static final PartyId OFFICE = new PartyId("audit-office");
    private static final int GATEWAYS = 4;
    private static final long CALM_MILLIS_MIN = 100;
    private static final long CALM_MILLIS_MAX = 1_500;
    private static final long FULL_MILLIS_MAX = 2_500;
    private static final int SAMPLE = 60;
    private static final int PROOF_ATTEMPTS = 100;
    private static final long PROOF_PAUSE_MILLIS = 100;
    private static final int END_SECONDS = 120;

    private final Shell shell;
    private final Auditor auditor;

    /** The soak in this shell. */
    public LedgerKill(Shell shell, Auditor auditor) {
        this.shell = shell;
        this.auditor = auditor;
    }

    /** What goes wrong in a case. */
    private enum Fault {
        ONE_SERVER,
        BOTH_SERVERS,
        DATABASE,
        EVERYTHING,
        DISK_FULL
    }

    /** Runs so many cases, drawn from this seed. */
    public SoakReport run(int cases, long seed) {
        var report = new SoakReport("ledger-kill");
        report.fact("seed", seed);
        try (var disk = SmallDisk.make(shell);
                var replicas = Replicas.start(shell, disk.folder())) {
            new Run(report, disk, replicas, new SplittableRandom(seed)).play(cases);
            if (report.violations().isEmpty()) {
                disk.wentWell();
            }
        }
        return report;
    }

    /** One soak under way. */
    private final class Run {
        private final SoakReport report;
        private final SmallDisk disk;
        private final Replicas replicas;
        private final SplittableRandom random;
        private final Promises promises = new Promises();
        private final List<Gateway> gateways = new ArrayList<>();
        private final Proposer proposer;
        private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);

        Run(SoakReport report, SmallDisk disk, Replicas replicas, SplittableRandom random) {
            this.report = report;
            this.disk = disk;
            this.replicas = replicas;
            this.random = random;
            for (int i = 0; i < GATEWAYS; i++) {
                gateways.add(
                        new Gateway(replicas.as(Role.PLATFORM, PLATFORM), promises, shell.clock(), random.split()));
            }
            proposer = new Proposer(replicas.as(Role.PLATFORM, PLATFORM), promises, random.split());
        }

        void play(int cases) {
            try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
                gateways.forEach(pool::execute);
                pool.execute(proposer);
                for (int round = 1; round <= cases; round++) {
                    one(round, cases);
                }
                gateways.forEach(Gateway::stop);
                proposer.stop();
                pool.shutdown();
                report.require(
                        pool.awaitTermination(END_SECONDS, TimeUnit.SECONDS),
                        "a gateway's last request was never acknowledged");
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
            compareWithTheLog();
            facts(cases);
        }

        private void one(int round, int cases) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(random.nextLong(CALM_MILLIS_MIN, CALM_MILLIS_MAX));
            Fault fault = drawn();
            faults.merge(fault, 1, Integer::sum);
            long begun = System.nanoTime();
            strike(fault);
            replicas.revive();
            long millis = (System.nanoTime() - begun) / 1_000_000;
            int before = report.violations().size();
            proveSome(round);
            shell.err()
                    .printf(
                            "case %d of %d: %s, back after %d ms, %d events acknowledged, %s%n",
                            round,
                            cases,
                            fault,
                            millis,
                            promises.places().size(),
                            report.violations().size() == before ? "ok" : "BROKEN");
        }

        private Fault drawn() {
            var possible =
                    disk.canBeFilled() ? EnumSet.allOf(Fault.class) : EnumSet.complementOf(EnumSet.of(Fault.DISK_FULL));
            return List.copyOf(possible).get(random.nextInt(possible.size()));
        }

        private void strike(Fault fault) throws InterruptedException {
            switch (fault) {
                case ONE_SERVER -> replicas.kill(random.nextInt(replicas.count()));
                case BOTH_SERVERS -> killServers();
                case DATABASE -> replicas.database().kill();
                case EVERYTHING -> {
                    replicas.database().kill();
                    killServers();
                }
                case DISK_FULL -> {
                    Optional<Path> ballast = disk.fill();
                    TimeUnit.MILLISECONDS.sleep(random.nextLong(FULL_MILLIS_MAX));
                    ballast.ifPresent(LedgerKill::delete);
                }
            }
        }

        private void killServers() {
            for (int i = 0; i < replicas.count(); i++) {
                replicas.kill(i);
            }
        }

        /** Of what was promised since the last case some must have a proof, from either server, at the promised place. */
        private void proveSome(int round) throws InterruptedException {
            var fresh = new ArrayList<>(promises.takeFresh());
            Collections.shuffle(fresh, random);
            var readers = replicas.as(Role.PLATFORM, PLATFORM);
            VerifierKey key = key();
            for (EventId id : fresh.subList(0, Math.min(SAMPLE, fresh.size()))) {
                var reader = readers.get(random.nextInt(readers.size()));
                Optional<TlogProof> proof = proof(reader, id);
                Long place = promises.places().get(id);
                report.require(
                        proof.filter(found -> found.verifies(key) && found.index() == place)
                                .isPresent(),
                        "case " + round + ": event " + id + " has no proof for place " + place);
            }
        }

        private Optional<TlogProof> proof(ApiClient reader, EventId id) throws InterruptedException {
            for (int attempt = 0; attempt < PROOF_ATTEMPTS; attempt++) {
                if (reader.get("/v1/ledger/entries/" + id + "/proof") instanceof Answer.Ok ok && ok.status() == 200) {
                    return Optional.of(TlogProof.parse(ok.text()));
                }
                TimeUnit.MILLISECONDS.sleep(PROOF_PAUSE_MILLIS);
            }
            return Optional.empty();
        }

        private void compareWithTheLog() {
            Path folder = disk.folder().resolve("export");
            auditor.export(replicas.as(Role.COMPLIANCE_OFFICER, OFFICE).getFirst(), folder);
            var finding = auditor.verify(folder, key().toString());
            report.require(finding.ok(), "the offline audit says: " + finding.said());
            switch (LogExport.read(folder, key())) {
                case ExportResult.Broken(String where, var problem) ->
                    report.require(false, "the export is broken at " + where + ": " + problem);
                case ExportResult.Verified verified -> compare(verified);
            }
        }

        private void compare(ExportResult.Verified verified) {
            Map<EventId, Long> promised = promises.places();
            var places = new HashMap<EventId, Long>();
            var reported = new HashMap<EventId, Long>();
            verified.entries().forEach(entry -> {
                places.put(entry.id(), entry.index());
                if (isReported(entry)) {
                    reported.put(entry.id(), entry.index());
                }
            });
            promised.forEach((id, place) ->
                    report.require(place.equals(reported.get(id)), "event " + id + " is not in the log at " + place));
            report.require(
                    reported.size() == promised.size(),
                    "the log has " + reported.size() + " reported accesses, " + promised.size() + " were acknowledged");
            proposer.events().forEach(id -> report.require(places.containsKey(id), "event " + id + " is lost"));
            promises.broken().forEach(broken -> report.require(false, broken));
            var reader = replicas.as(Role.PLATFORM, PLATFORM).getFirst();
            proposer.made()
                    .forEach(id -> report.require(
                            reader.get("/v1/collaborations/" + id) instanceof Answer.Ok,
                            "an acknowledged collaboration is lost"));
            report.fact("entries", places.size());
        }

        private void facts(int cases) {
            report.fact("cases", cases);
            faults.forEach((fault, count) -> report.fact(fault.name().toLowerCase(Locale.ROOT), count));
            report.fact("events_acknowledged", promises.places().size());
            report.fact("collaborations_acknowledged", proposer.made().size());
            promises.refusals().forEach((code, count) -> report.fact("answered " + code, count));
        }

        private VerifierKey key() {
            String keys = replicas.as(Role.PLATFORM, PLATFORM)
                    .getFirst()
                    .get("/v1/ledger/key")
                    .orRefused()
                    .text();
            return VerifierKey.parse(keys.lines().findFirst().orElseThrow());
        }
    }

    private static boolean isReported(ExportEntry entry) {
        return entry instanceof ExportEntry.Present present
                && present.event().type().equals(Optional.of(EventType.ACCESS_REPORTED));
    }

    private static void delete(Path ballast) {
        try {
            Files.deleteIfExists(ballast);
        } catch (IOException stillFull) {
            throw new IllegalStateException("the disk stays full", stillFull);
        }
    }
}
