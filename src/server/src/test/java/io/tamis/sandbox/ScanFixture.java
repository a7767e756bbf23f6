package io.tamis.sandbox;

import io.tamis.catalog.Catalog;
import io.tamis.catalog.ScanFile;
import io.tamis.catalog.Snapshot;
import io.tamis.data.ColumnName;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.jobs.Plan;
import io.tamis.jobs.ScanInputs;
import io.tamis.jobs.ScanLimits;
import io.tamis.policy.PolicyBundle;
import io.tamis.privacy.DpPlan;
import io.tamis.privacy.PartialSums;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/** A version of the shop on disk, written by DuckDB as the catalogue writes it, and the job type over it. */
public final class ScanFixture {
    public static final ScanLimits A_MINUTE = new ScanLimits(Duration.ofMinutes(1));
    public static final byte[] SALT = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);

    /** The private dictionary of the column city. */
    public static final Map<String, Integer> CITIES = Map.of("Lyon", 1, "Brest", 2, "Nice", 3);

    private static final String COLUMNS = "unit_no BIGINT, amount BIGINT, balance BIGINT, day INTEGER, \"at\" BIGINT, "
            + "channel INTEGER, vip INTEGER, size BIGINT, city INTEGER, huge BIGINT";

    /** One row of the shop; null in a boxed field is SQL's NULL, as it is in the file. */
    public record Row(
            long unit, Long amount, Long balance, Integer day, Long at, int channel, int vip, Long size, int city) {
        public static Row of(long unit) {
            return new Row(unit, 100L, 10L, 9_862, 852_076_800_000_000L, 1, 1, 5L, 1);
        }

        public Row amount(Long value) {
            return new Row(unit, value, balance, day, at, channel, vip, size, city);
        }

        public Row day(Integer value) {
            return new Row(unit, amount, balance, value, at, channel, vip, size, city);
        }

        public Row channel(int code) {
            return new Row(unit, amount, balance, day, at, code, vip, size, city);
        }
    }

    private ScanFixture() {}

    public static Map<String, Integer> cities(ColumnName column, Set<String> values) {
        var known = new TreeMap<>(column.value().equals("city") ? CITIES : Map.<String, Integer>of());
        known.keySet().retainAll(values);
        return known;
    }

    public static long unit(int bucket, long serial) {
        return ((long) bucket << ScanFile.SERIAL_BITS) + serial;
    }

    /** Rows by unit, in files by bucket. */
    public static Snapshot write(Path folder, List<Row> rows) {
        return write(folder, ShopDeclaration.dataset(), rows);
    }

    public static Snapshot write(Path folder, Dataset dataset, List<Row> rows) {
        var buckets = new TreeMap<Integer, List<Row>>();
        rows.forEach(row -> buckets.computeIfAbsent((int) (row.unit() >>> ScanFile.SERIAL_BITS), _ -> new ArrayList<>())
                .add(row));
        var files = new ArrayList<ScanFile>();
        buckets.forEach((bucket, own) -> {
            own.sort((left, right) -> Long.compare(left.unit(), right.unit()));
            files.add(file(folder, bucket, own));
        });
        return snapshot(folder, dataset, files);
    }

    public static Snapshot snapshot(Path folder, Dataset dataset, List<ScanFile> files) {
        return new Snapshot(dataset.id(), 1, Hash.sha256(), dataset, dataset.rowsMost(), folder, files);
    }

    /** A file with these rows in this order, whatever they are. */
    public static ScanFile file(Path folder, int bucket, List<Row> rows) {
        String name = "part-%05d.parquet".formatted(bucket);
        try (var connection = (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE scan(" + COLUMNS + ")");
            try (DuckDBAppender appender = connection.createAppender("scan")) {
                for (Row row : rows) {
                    append(appender, row);
                }
            }
            statement.execute("COPY scan TO '" + folder.resolve(name) + "' (FORMAT parquet, COMPRESSION zstd)");
        } catch (SQLException broken) {
            throw new AssertionError(broken);
        }
        long first = unit(bucket, 0);
        return new ScanFile(bucket, name, Hash.sha256(), Math.max(1, rows.size()), first, first);
    }

    private static void append(DuckDBAppender appender, Row row) throws SQLException {
        appender.beginRow().append(row.unit());
        append(appender, row.amount());
        append(appender, row.balance());
        if (row.day() == null) {
            appender.appendNull();
        } else {
            appender.append(row.day().intValue());
        }
        append(appender, row.at());
        appender.append(row.channel()).append(row.vip());
        append(appender, row.size());
        appender.append(row.city()).append(1L);
        appender.endRow();
    }

    private static void append(DuckDBAppender appender, Long value) throws SQLException {
        if (value == null) {
            appender.appendNull();
        } else {
            appender.append(value.longValue());
        }
    }

    public static AggregateJob job() {
        return new AggregateJob(catalog(), bytes -> System.arraycopy(SALT, 0, bytes, 0, bytes.length));
    }

    public static Catalog catalog() {
        return catalog(new ArrayList<>());
    }

    /** A catalogue that notes which values it was asked for. */
    public static Catalog catalog(List<Set<String>> asked) {
        return new CityCatalog(asked);
    }

    public static Plan plan(String params) {
        return plan(params, ShopDeclaration.dataset());
    }

    public static Plan plan(String params, Dataset dataset) {
        return (Plan) job().plan(ShopDeclaration.request(params, dataset, 1_000_000));
    }

    public static PartialSums scan(Snapshot snapshot, String params) {
        return job().scan(plan(params, snapshot.dataset()), inputs(snapshot));
    }

    public static ScanInputs inputs(Snapshot snapshot) {
        return inputs(snapshot, A_MINUTE);
    }

    public static ScanInputs inputs(Snapshot snapshot, ScanLimits limits) {
        return new ScanInputs(List.of(snapshot), ScanInputs.Links.NONE, limits);
    }

    public static DpPlan query(Plan plan) {
        return (DpPlan) plan.query();
    }

    /** The sums of one measure, by group. */
    public static List<Long> measure(PartialSums sums, int measure) {
        var cells = new long[sums.groups()];
        Arrays.setAll(cells, group -> sums.at(measure, group));
        return Arrays.stream(cells).boxed().toList();
    }

    /** Knows the cities' codes and nothing else. */
    private record CityCatalog(List<Set<String>> asked) implements Catalog {
        @Override
        public PolicyBundle policy() {
            throw new AssertionError("a scan asks no policy");
        }

        @Override
        public Optional<Snapshot> snapshot(DatasetId id, int version) {
            throw new AssertionError("a scan is handed its snapshot");
        }

        @Override
        public Map<String, Integer> codesOf(Snapshot snapshot, ColumnName column, Set<String> values) {
            asked.add(values);
            return cities(column, values);
        }
    }
}
