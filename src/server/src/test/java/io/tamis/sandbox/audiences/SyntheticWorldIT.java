package io.tamis.sandbox.audiences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.tamis.catalog.ScanFile;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.link.LinkDerivation;
import io.tamis.catalog.link.LinkSet;
import io.tamis.catalog.load.BucketFile;
import io.tamis.catalog.load.Effort;
import io.tamis.catalog.load.InsecureTestKeys;
import io.tamis.catalog.load.StoredVersion;
import io.tamis.catalog.load.Uploads;
import io.tamis.crypto.PseudonymAlgorithm;
import io.tamis.crypto.Pseudonyms;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.CollaborationId;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.Semantic;
import io.tamis.jobs.Plan;
import io.tamis.jobs.PlanRequest;
import io.tamis.jobs.ScanInputs;
import io.tamis.jobs.ScanLimits;
import io.tamis.policy.load.LoadResult;
import io.tamis.policy.load.PolicyLoader;
import io.tamis.privacy.Loss;
import io.tamis.privacy.Noise;
import io.tamis.privacy.PartialSums;
import io.tamis.privacy.Releaser;
import io.tamis.synthetic.Seed;
import io.tamis.synthetic.WorldFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * OVERLAP over a world of a million persons on three platforms, each of which writes phones in its own way: imported, linked
 * and scanned by the product's own code, held against what the generator knows to be true.
 */
class SyntheticWorldIT {
    private static final long PERSONS = 1_000_000;
    private static final Seed SEED = new Seed(20_261_124);
    private static final int THREADS = 2;

    /** In the order of their names, as the truth has them. */
    private static final List<String> PLATFORMS = List.of("messenger-users", "shop-users", "video-users");

    private static final Semantic MOBILE = new Semantic("CN_MOBILE");
    private static final Loss PRICE = new Loss.Pure(new MicroEpsilon(1_000_000));

    /** 3 / epsilon. */
    private static final long PROMISED = 3;

    @TempDir
    private static Path folder;

    private static final Map<DatasetId, Version> VERSIONS = new HashMap<>();
    private static final SystemRandom RANDOM = new SystemRandom();

    private static Json.Obj truth;

    /** A version, and its links in a collaboration. */
    private record Version(Dataset declared, Snapshot snapshot, Path links, SecretBytes linkKey) {
        LinkSet open() {
            return LinkSet.open(links, linkKey, snapshot.contentHash());
        }
    }

    @BeforeAll
    static void load() throws IOException {
        Path files = Files.createDirectory(folder.resolve("world"));
        WorldFiles.write(new io.tamis.synthetic.World(SEED, PERSONS), files, THREADS, persons -> {});
        truth = (Json.Obj) Json.parse(Files.readString(files.resolve(WorldFiles.TRUTH)));
        try (var pseudonyms = Pseudonyms.under(PseudonymAlgorithm.HMAC_SHA256, SecretBytes.random(32, RANDOM))) {
            for (String platform : PLATFORMS) {
                var id = new DatasetId(platform);
                VERSIONS.put(id, version(declared(id), files.resolve(platform + ".csv"), pseudonyms));
            }
        }
    }

    private static Dataset declared(DatasetId id) {
        return switch (PolicyLoader.load(Path.of("../../policies"))) {
            case LoadResult.Loaded(var bundle) -> bundle.datasets().get(id);
            case LoadResult.Rejected(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static Version version(Dataset declared, Path csv, Pseudonyms pseudonyms) throws IOException {
        Path own = Files.createDirectory(folder.resolve(declared.id().value()));
        Path sent = own.resolveSibling(declared.id() + ".csv");
        withoutWithheld(declared, csv, sent);
        var imported = Uploads.load(declared, own, sent);
        Files.delete(csv);
        Files.delete(sent);
        var stored = StoredVersion.open(own, declared, imported.contentHash());
        Path links = Files.createDirectory(folder.resolve(declared.id() + "-links"));
        var linkKey = SecretBytes.random(32, RANDOM);
        var scope = new Pseudonyms.Scope(new CollaborationId("col_world"), MOBILE, 1);
        try (var units = stored.units(new InsecureTestKeys(), imported.dataKey())) {
            LinkDerivation.derive(units, pseudonyms, scope, links, linkKey, RANDOM, Effort.DEFAULT);
        }
        var snapshot = new Snapshot(
                declared.id(),
                1,
                imported.contentHash(),
                declared,
                stored.rowsMost(),
                stored.scanFolder(),
                stored.files().stream().map(SyntheticWorldIT::scanFile).toList());
        return new Version(declared, snapshot, links, linkKey);
    }

    /** As the owner's command sends it: encrypted-only columns do not leave. */
    private static void withoutWithheld(Dataset declared, Path csv, Path sent) throws IOException {
        var carried = declared.uploaded().columns().stream()
                .map(column -> column.name().value())
                .toList();
        try (var reader = CsvReader.builder().ofNamedCsvRecord(csv);
                var writer = CsvWriter.builder().build(sent)) {
            writer.writeRecord(carried);
            for (var row : reader) {
                writer.writeRecord(carried.stream().map(row::getField).toList());
            }
        }
    }

    private static ScanFile scanFile(BucketFile file) {
        return new ScanFile(file.bucket(), file.name(), file.sha256(), file.rows(), file.firstUnit(), file.lastUnit());
    }

    private record Question(Plan plan, PartialSums sums) {
        /** The seven cells by their names. */
        Map<String, Long> cells(Noise noise) {
            Json.Obj result = Released.overlap(plan, Releaser.release(plan.release(), sums, noise));
            var cells = new TreeMap<String, Long>();
            for (String row : Released.rows(result)) {
                int equals = row.lastIndexOf('=');
                cells.put(row.substring(0, equals), Long.parseLong(row.substring(equals + 1)));
            }
            return cells;
        }
    }

    /** Everybody of each platform on whom its condition, if any, holds. */
    private static Question ask(Map<String, String> conditions) {
        var audiences = PLATFORMS.stream()
                .map(platform -> "{'id':'%s','dataset':'%s'%s}"
                        .formatted(
                                platform,
                                platform,
                                conditions.containsKey(platform)
                                        ? ",'where':[{'column':'%s#%s}]".formatted(platform, conditions.get(platform))
                                        : ""))
                .toList();
        var inputs = PLATFORMS.stream()
                .map(platform -> VERSIONS.get(new DatasetId(platform)).declared())
                .toArray(Dataset[]::new);
        PlanRequest request = Declarations.request(
                "{'audiences':[" + String.join(",", audiences) + "]}", PRICE, Declarations.others(inputs));
        var job = new OverlapJob(World.catalog());
        if (!(job.plan(request) instanceof Plan plan)) {
            throw new AssertionError("no plan");
        }
        var scanned = new ScanInputs(
                VERSIONS.values().stream().map(Version::snapshot).toList(),
                dataset -> VERSIONS.get(dataset).open(),
                new ScanLimits(Duration.ofMinutes(5)));
        return new Question(plan, job.scan(plan, scanned));
    }

    private static Map<String, Long> known(Json cells) {
        var counts = new TreeMap<String, Long>();
        ((Json.Obj) cells).members().forEach((name, count) -> counts.put(name, ((Json.Int) count).value()));
        return counts;
    }

    @Test
    void overlap_ofEverybodyWithoutNoise_isTheTruth() {
        assertEquals(known(Released.at(truth, "cells")), ask(Map.of()).cells(Released.NO_NOISE));
    }

    private static Map<String, String> onAll(String condition) {
        return Map.of(PLATFORMS.get(0), condition, PLATFORMS.get(1), condition, PLATFORMS.get(2), condition);
    }

    @TestFactory
    Stream<DynamicTest> overlap_underAConditionWithoutNoise_isTheTruth() {
        return Map.of(
                        "city_tier = T1",
                        onAll("city_tier','op':'EQ','values':['T1']"),
                        "age_band = 25-34",
                        onAll("age_band','op':'EQ','values':['25-34']"),
                        "shop-users: orders_90d >= 1",
                        Map.of("shop-users", "orders_90d','op':'GE','values':[1]"))
                .entrySet()
                .stream()
                .map(asked -> DynamicTest.dynamicTest(
                        asked.getKey(),
                        () -> assertEquals(
                                known(Released.at(truth, "filtered", asked.getKey())),
                                ask(asked.getValue()).cells(Released.NO_NOISE))));
    }

    /**
     * What the promise says of one cell at epsilon 1: two-sided geometric noise of p = 1/e is within 3 with probability 1 -
     * 2 p^4 / (1 + p) = 97.3 %. Of 200 runs with 7 cells below 95 % has a probability below 10^-6, of 2,000 runs of one cell
     * below 10^-8; the bits are seeded, so that the test always sees the same. One person more or less changes one cell by
     * one, whatever platforms the person is on; the promise is about each cell by itself, not all seven at once.
     */
    @Test
    void overlap_withNoise_isWithinThreeOverEpsilonOfTheTruth() {
        Map<String, Long> expected = known(Released.at(truth, "cells"));
        Question everybody = ask(Map.of());
        Noise noise = Released.insecureNoise(2_026);
        var within200 = new TreeMap<String, Integer>();
        var within2000 = new TreeMap<String, Integer>();
        for (int run = 0; run < 2_000; run++) {
            boolean counts = run < 200;
            everybody.cells(noise).forEach((cell, count) -> {
                int hit = Math.abs(count - expected.get(cell)) <= PROMISED ? 1 : 0;
                within200.merge(cell, counts ? hit : 0, Integer::sum);
                within2000.merge(cell, hit, Integer::sum);
            });
        }
        System.out.println("within 3/eps in 200 runs, by cell: " + within200);
        double share = within200.values().stream().mapToInt(hits -> hits).sum() / (200.0 * expected.size());
        System.out.printf("share of all: %.4f; of 2,000 runs: %s%n", share, within2000);
        assertEquals(expected.keySet(), within2000.keySet());
        assertTrue(share >= 0.95);
        assertTrue(within2000.values().stream().allMatch(hits -> hits >= 1_900));
    }
}
