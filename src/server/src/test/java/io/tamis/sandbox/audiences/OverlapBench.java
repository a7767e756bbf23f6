package io.tamis.sandbox.audiences;

import com.sun.management.OperatingSystemMXBean;
import io.tamis.catalog.ScanFile;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.link.LinkDerivation;
import io.tamis.catalog.link.LinkSet;
import io.tamis.catalog.load.Effort;
import io.tamis.catalog.load.UnitReader;
import io.tamis.catalog.load.UnitSource;
import io.tamis.crypto.PseudonymAlgorithm;
import io.tamis.crypto.Pseudonyms;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.CollaborationId;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Semantic;
import io.tamis.jobs.Plan;
import io.tamis.jobs.ScanInputs;
import io.tamis.jobs.ScanLimits;
import io.tamis.privacy.PartialSums;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Joins three datasets of so many persons each, half of each in common with the next, as a job does:
 * {@code OverlapBench persons folder}. Links are real and sealed. Numbers go to docs/performance.md.
 */
final class OverlapBench {
    private static final int RUNS = 6;
    private static final SystemRandom RANDOM = new SystemRandom();
    private static final Pseudonyms PSEUDONYMS =
            Pseudonyms.under(PseudonymAlgorithm.HMAC_SHA256, SecretBytes.random(32, RANDOM));
    private static final List<String> DATASETS = List.of("a", "b", "c");
    private static final String ALL =
            "{'audiences':[{'id':'a','dataset':'a'},{'id':'b','dataset':'b'},{'id':'c','dataset':'c'}]}";

    private OverlapBench() {}

    /** Generates, joins everybody and then by conditions, several times. */
    public static void main(String[] args) throws IOException, SQLException {
        int persons = Integer.parseInt(args[0]) / ScanFile.BUCKETS * ScanFile.BUCKETS;
        Path folder = Files.createDirectories(Path.of(args[1]));
        var snapshots = new ArrayList<Snapshot>();
        Map<DatasetId, LinkedFolder> links = new HashMap<>();
        for (int at = 0; at < DATASETS.size(); at++) {
            Dataset dataset = Declarations.dataset(DATASETS.get(at), 1, persons);
            Path own = folder.resolve(DATASETS.get(at) + "-" + persons);
            snapshots.add(snapshot(own, dataset, persons));
            links.put(dataset.id(), derive(own.resolve("links"), persons, (long) at * persons / 2));
        }
        var inputs =
                new ScanInputs(snapshots, dataset -> links.get(dataset).open(), new ScanLimits(Duration.ofMinutes(5)));
        run("everybody", ALL, inputs);
        run("a half of each", IntStream.range(0, 3).boxed().reduce(ALL, OverlapBench::half, (one, _) -> one), inputs);
        run("everybody, by segment", ALL.replace("]}", "],'segmentBy':[{'column':'a#band'}]}"), inputs);
    }

    private static String half(String params, int at) {
        String dataset = DATASETS.get(at);
        return params.replace(
                "'dataset':'" + dataset + "'",
                "'dataset':'" + dataset + "','where':[{'column':'" + dataset + "#score','op':'LT','values':[50]}]");
    }

    private static void run(String what, String params, ScanInputs inputs) {
        var datasets = inputs.snapshots().stream().map(Snapshot::dataset).toArray(Dataset[]::new);
        var job = new OverlapJob(World.catalog());
        var plan = (Plan) job.plan(Declarations.request(params, datasets));
        for (int run = 0; run < RUNS; run++) {
            long cpuStart = cpu();
            long start = System.nanoTime();
            PartialSums sums = job.scan(plan, inputs);
            System.out.printf(
                    "%s: %.2f s (CPU %.2f s), %d in all%n",
                    what, (System.nanoTime() - start) / 1e9, (cpu() - cpuStart) / 1e9, sums.at(0, sums.groups() - 1));
        }
    }

    /** On a machine that others use, the processor's time says more than the clock's. */
    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private record LinkedFolder(Path folder, SecretBytes key) {
        LinkSet open() {
            return LinkSet.open(folder, key, Hash.sha256());
        }
    }

    private static LinkedFolder derive(Path folder, int persons, long firstIdentifier) throws IOException {
        if (Files.exists(folder)) {
            try (var old = Files.list(folder)) {
                for (Path file : old.toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(folder);
        var scope = new Pseudonyms.Scope(new CollaborationId("col-bench"), new Semantic("CN_MOBILE"), 1);
        var key = SecretBytes.random(32, RANDOM);
        try (var units = new Numbered(persons, firstIdentifier)) {
            LinkDerivation.derive(units, PSEUDONYMS, scope, folder, key, RANDOM, Effort.DEFAULT);
        }
        return new LinkedFolder(folder, key);
    }

    /** Persons whose identifiers are consecutive numbers, dealt to buckets in turn. */
    private record Numbered(int persons, long first) implements UnitSource {
        @Override
        public Hash contentHash() {
            return Hash.sha256();
        }

        @Override
        public List<Integer> buckets() {
            return IntStream.range(0, ScanFile.BUCKETS).boxed().toList();
        }

        @Override
        public UnitReader open(int bucket) {
            return new Reader(bucket, persons / ScanFile.BUCKETS, first);
        }

        @Override
        public void close() {}
    }

    private static final class Reader implements UnitReader {
        private final int bucket;
        private final int count;
        private final long first;
        private final ByteBuffer identifier = ByteBuffer.allocate(Long.BYTES + 4);
        private int serial;

        Reader(int bucket, int count, long first) {
            this.bucket = bucket;
            this.count = count;
            this.first = first;
            identifier.put(0, "+86 ".getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public boolean next() {
            if (serial == count) {
                return false;
            }
            identifier.putLong(4, first + (long) serial * ScanFile.BUCKETS + bucket);
            serial++;
            return true;
        }

        @Override
        public long unitNo() {
            return ((long) bucket << ScanFile.SERIAL_BITS) + serial;
        }

        @Override
        public byte[] identifier() {
            return identifier.array();
        }

        @Override
        public int identifierLength() {
            return identifier.capacity();
        }

        @Override
        public void close() {}
    }

    private static Snapshot snapshot(Path folder, Dataset dataset, int persons) throws IOException, SQLException {
        Files.createDirectories(folder);
        var files = new ArrayList<ScanFile>();
        int each = persons / ScanFile.BUCKETS;
        for (int bucket = 0; bucket < ScanFile.BUCKETS; bucket++) {
            String name = "part-%05d.parquet".formatted(bucket);
            long first = ((long) bucket << ScanFile.SERIAL_BITS) + 1;
            if (!Files.exists(folder.resolve(name))) {
                try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                        var statement = connection.createStatement()) {
                    statement.execute("COPY (SELECT " + first + " + range AS unit_no, (hash(range * 7 + " + bucket
                            + ") % 100)::BIGINT AS score, (1 + hash(range * 11) % 3)::INTEGER AS band FROM range("
                            + each
                            + ")) TO '" + folder.resolve(name) + "' (FORMAT parquet, COMPRESSION zstd)");
                }
            }
            files.add(new ScanFile(bucket, name, Hash.sha256(), each, first, first + each - 1));
        }
        return new Snapshot(dataset.id(), 1, Hash.sha256(), dataset, dataset.rowsMost(), folder, files);
    }
}
