package io.tamis.cli.bench;

import io.tamis.cli.bench.BenchReport.Goal;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.Shell;
import io.tamis.data.DatasetId;
import io.tamis.data.PartyId;
import io.tamis.data.Purpose;
import io.tamis.data.Role;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long attaching a large list to a collaboration takes, by a server whose heap is held to 512 MB. */
public final class LinkBench {
    /** Most persons, within the declared capacity of the dataset; what the promise is about. */
    public static final int PERSONS_MAX = 10_000_000;

    private static final Duration PROBE_EVERY = Duration.ofMillis(250);
    private static final int HEAP_MB = 512;
    private static final int GOAL_SECONDS = 60;
    private static final DatasetId DATASET = new DatasetId("brand-members");
    private static final PartyId OWNER = new PartyId("brand-a");
    private static final List<SignedAgreement.Party> PARTIES = List.of(
            new SignedAgreement.Party(OWNER, Role.PLATFORM),
            new SignedAgreement.Party(new PartyId("shop"), Role.PLATFORM));

    private final Shell shell;

    /** The bench in this shell. */
    public LinkBench(Shell shell) {
        this.shell = shell;
    }

    /** Attaches so many persons. */
    public BenchReport run(int persons) {
        var report = new BenchReport("link", shell.clock().instant());
        try (var rig = Rig.start(shell, List.of("-Xmx" + HEAP_MB + "m"), List.of())) {
            Path csv = Files.createTempFile("tamis-members-", ".csv");
            try {
                MembersFile.write(csv, persons);
                rig.load(OWNER, DATASET, csv);
            } finally {
                Files.deleteIfExists(csv);
            }
            var agreement = SignedAgreement.of(rig, PARTIES, Purpose.AUDIENCE_INSIGHT);
            try (var memory = MemoryProbe.start(rig.anonymous(), rig.pid(), PROBE_EVERY)) {
                long begun = System.nanoTime();
                agreement.attach(OWNER, DATASET);
                long nanos = System.nanoTime() - begun;
                rig.wentWell();
                return measured(report, persons, nanos, memory);
            }
        } catch (IOException noSpace) {
            throw ClientException.usage("no room for a temporary file of " + persons + " persons");
        }
    }

    private static BenchReport measured(BenchReport report, int persons, long nanos, MemoryProbe memory) {
        boolean promised = persons == PERSONS_MAX;
        return report.add(
                        promised ? "link_10m_s" : "link_s",
                        BigDecimal.valueOf(nanos / 10_000_000, 2),
                        "s",
                        promised ? Goal.atMost(GOAL_SECONDS) : Optional.empty())
                .add("link_peak_mb", BigDecimal.valueOf(memory.heapPeakBytes() >> 20), "MB heap", Goal.atMost(HEAP_MB))
                .add(
                        "link_rss_peak_mb",
                        BigDecimal.valueOf(memory.residentPeakBytes() >> 20),
                        "MB resident, loading included",
                        Optional.empty())
                .add("link_persons", BigDecimal.valueOf(persons), "persons", Optional.empty());
    }
}
