package io.tamis.sandbox;

import com.sun.management.OperatingSystemMXBean;
import io.tamis.catalog.ScanFile;
import io.tamis.catalog.Snapshot;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Clamp;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.ColumnType;
import io.tamis.data.ConsentClass;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.DepartmentId;
import io.tamis.data.Hash;
import io.tamis.data.LabelledBy;
import io.tamis.data.Level;
import io.tamis.data.NationalGrade;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Semantic;
import io.tamis.data.Sharing;
import io.tamis.data.Steward;
import io.tamis.data.Unit;
import io.tamis.data.Use;
import io.tamis.jobs.Plan;
import io.tamis.privacy.ExactNoise;
import io.tamis.privacy.PartialSums;
import io.tamis.privacy.Releaser;
import io.tamis.privacy.SecureBits;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Scans generated rows in two shards, as a job does: {@code AggregateBench rows folder}. 500,000 persons in 64 buckets,
 * 201 categories, L0 8, five rows and 3,000.00 a person and category. Numbers go to docs/performance.md.
 */
final class AggregateBench {
    private static final int PEOPLE = 500_000;
    private static final int CATEGORIES = 201;
    private static final int RUNS = 5;

    private AggregateBench() {}

    /** Generates once, scans five times, beside DuckDB's own sum over the same files. */
    public static void main(String[] args) throws IOException, SQLException {
        long rows = Long.parseLong(args[0]);
        Path folder = Files.createDirectories(Path.of(args[1]).resolve("scan-" + rows));
        Snapshot snapshot = snapshot(folder, rows);
        Plan plan = ScanFixture.plan(
                "{'measures':[{'id':'n','kind':'COUNT_USERS'},{'id':'r','kind':'COUNT'},"
                        + "{'id':'s','kind':'SUM','column':'shop#amount'}],'groupBy':[{'column':'shop#category'}]}",
                snapshot.dataset());
        var random = new SystemRandom();
        var job = new AggregateJob(ScanFixture.catalog(), random);
        for (int run = 0; run < RUNS; run++) {
            long cpuStart = cpu();
            long start = System.nanoTime();
            PartialSums sums = job.scan(plan, ScanFixture.inputs(snapshot));
            long scanned = System.nanoTime();
            long cpuScanned = cpu();
            Releaser.release(plan.release(), sums, new ExactNoise(new SecureBits(random)));
            long released = System.nanoTime();
            long cpuReleased = cpu();
            plain(folder);
            long end = System.nanoTime();
            System.out.printf(
                    "%d rows: scan and kernel %.0f ms (CPU %.0f ms), release %.1f ms, plain DuckDB %.0f ms (CPU %.0f ms)%n",
                    rows,
                    (scanned - start) / 1e6,
                    (cpuScanned - cpuStart) / 1e6,
                    (released - scanned) / 1e6,
                    (end - released) / 1e6,
                    (cpu() - cpuReleased) / 1e6);
        }
    }

    /** On a machine that others use, the processor's time says more than the clock's. */
    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static void plain(Path folder) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("SET threads = 2");
            try (var rows = statement.executeQuery(
                    "SELECT category, count(DISTINCT unit_no), count(*), sum(amount) FROM read_parquet('" + folder
                            + "/*.parquet') GROUP BY category")) {
                while (rows.next()) {
                    rows.getLong(2);
                }
            }
        }
    }

    private static Snapshot snapshot(Path folder, long rows) throws SQLException {
        var files = new ArrayList<ScanFile>();
        long each = rows / ScanFile.BUCKETS;
        int people = PEOPLE / ScanFile.BUCKETS;
        for (int bucket = 0; bucket < ScanFile.BUCKETS; bucket++) {
            String name = "part-%05d.parquet".formatted(bucket);
            long first = ScanFixture.unit(bucket, 0);
            if (!Files.exists(folder.resolve(name))) {
                generate(folder.resolve(name), bucket, each, people);
            }
            files.add(new ScanFile(bucket, name, Hash.sha256(), each, first, first));
        }
        return new Snapshot(
                new DatasetId("shop"),
                1,
                Hash.sha256(),
                dataset(rows),
                dataset(rows).rowsMost(),
                folder,
                files);
    }

    private static void generate(Path file, int bucket, long rows, int people) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("COPY (SELECT " + ScanFixture.unit(bucket, 0) + " + (hash(range * 7 + " + bucket + ") % "
                    + people + ")::BIGINT AS unit_no, (hash(range * 11 + 1) % 400000)::BIGINT AS amount, "
                    + "(1 + hash(range * 13 + 2) % " + CATEGORIES + ")::INTEGER AS category FROM range(" + rows
                    + ") ORDER BY unit_no) TO '" + file + "' (FORMAT parquet, COMPRESSION zstd)");
        }
    }

    private static Dataset dataset(long rows) {
        return new Dataset(
                new DatasetId("shop"),
                new PartyId("owner"),
                new Steward(new PersonId("u-1"), new DepartmentId("trade")),
                NationalGrade.GENERAL,
                Sharing.PUBLISHED,
                ConsentClass.SEPARATE,
                Optional.empty(),
                50,
                rows,
                Optional.of(new Unit(new ColumnName("buyer"), new Semantic("ACCOUNT_ID"), 8, 100_000)),
                List.of(
                        column("buyer", ColumnType.STRING, Level.L4, List.of()),
                        column("amount", ColumnType.INTEGER, Level.L3, List.of()),
                        column(
                                "category",
                                ColumnType.STRING,
                                Level.L1,
                                IntStream.range(0, CATEGORIES)
                                        .mapToObj(i -> "c" + i)
                                        .toList())));
    }

    private static Column column(String name, ColumnType type, Level level, List<String> domain) {
        return new Column(
                new ColumnName(name),
                type,
                0,
                level,
                Set.of(),
                new Semantic("NONE"),
                LabelledBy.STEWARD,
                level == Level.L4 ? Set.of(Use.JOIN_ONLY) : Use.defaultsOf(level),
                domain,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.of(5),
                Optional.of(new Clamp(0, 300_000)));
    }
}
