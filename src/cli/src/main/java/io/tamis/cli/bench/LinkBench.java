package io.tamis.cli.bench;

import io.tamis.cli.bench.BenchReport.Goal;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Shell;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    private static final PartyId PARTNER = new PartyId("shop");

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
            var owner = rig.as(Role.PLATFORM, OWNER);
            String collaboration = agreed(owner, rig.as(Role.PLATFORM, PARTNER));
            try (var memory = MemoryProbe.start(rig.anonymous(), rig.pid(), PROBE_EVERY)) {
                long begun = System.nanoTime();
                attach(owner, collaboration);
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

    /** A collaboration that both have signed. */
    private static String agreed(ApiClient owner, ApiClient partner) {
        JsonView created = owner.post("/v1/collaborations", terms()).orRefused().view();
        String path = "/v1/collaborations/" + created.at("id").text();
        Json signature = Json.object()
                .put("agreementHash", created.at("agreementHash").text())
                .build();
        owner.post(path + "/signatures", signature).orRefused();
        partner.post(path + "/signatures", signature).orRefused();
        return path;
    }

    private static Json terms() {
        var members = List.of(OWNER, PARTNER).stream()
                .map(party -> Json.object()
                        .put("party", party.value())
                        .put("roles", Json.strings(List.of("platform")))
                        .build())
                .toList();
        return Json.object()
                .put("members", Json.array(members))
                .put("legalRelation", "JOINT")
                .put("purposes", Json.strings(List.of("AUDIENCE_INSIGHT")))
                .put("region", "DOMESTIC")
                .build();
    }

    private static void attach(ApiClient owner, String collaboration) {
        Json body = Json.object().put("version", 1).put("keyEpoch", 1).build();
        owner.put(
                        collaboration + "/datasets/" + DATASET,
                        BodyPublishers.ofByteArray(body.canonicalBytes()),
                        Map.of("Content-Type", "application/json"))
                .orRefused();
    }
}
