package io.tamis.sandbox.audiences;

import io.tamis.catalog.Catalog;
import io.tamis.catalog.ScanFile;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.link.LinkCursor;
import io.tamis.catalog.link.LinkSet;
import io.tamis.data.ColumnName;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.jobs.ScanInputs;
import io.tamis.jobs.ScanLimits;
import io.tamis.policy.PolicyBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * Persons and their rows in some datasets: on disk as the catalogue writes them, linked in memory. Persons are numbers from
 * 0; which unit of the collaboration one is, is mixed from that number, the same in every dataset.
 */
final class World {
    private static final int BUCKETS = 5;

    /** The private dictionary of the column city. */
    static final Map<String, Integer> CITIES = Map.of("Lyon", 1, "Brest", 2);

    private final Path folder;
    private final Map<DatasetId, Dataset> datasets = new LinkedHashMap<>();
    private final Map<DatasetId, Map<Integer, List<Row>>> rows = new HashMap<>();
    private final Map<DatasetId, List<Link>> links = new HashMap<>();

    /** One row; band, city and member are codes, 0 for NULL. */
    record Row(long score, int band, int day, int city) {
        static Row of(long score) {
            return new Row(score, 1, 20_500, 1);
        }

        Row band(int code) {
            return new Row(score, code, day, city);
        }

        Row day(int epochDay) {
            return new Row(score, band, epochDay, city);
        }
    }

    /** A record of a link file. */
    record Link(long unit, long unitNo) {
        int part() {
            return (int) (unit >>> (Long.SIZE - LinkSet.PART_BITS));
        }
    }

    World(Path folder) {
        this.folder = folder;
    }

    World dataset(Dataset dataset) {
        datasets.put(dataset.id(), dataset);
        rows.put(dataset.id(), new TreeMap<>());
        return this;
    }

    World row(String dataset, int person, Row row) {
        rows.get(new DatasetId(dataset))
                .computeIfAbsent(person, _ -> new ArrayList<>())
                .add(row);
        return this;
    }

    void forget(int person) {
        rows.values().forEach(persons -> persons.remove(person));
    }

    Map<Integer, List<Row>> rows(String dataset) {
        return rows.get(new DatasetId(dataset));
    }

    /** The unit of a person, mixed so that parts and order tell nothing. */
    static long unit(int person) {
        long z = (person + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Writes all versions, into a folder of their own, and what a job reads of them. */
    ScanInputs inputs() {
        return inputs(Duration.ofMinutes(1));
    }

    ScanInputs inputs(Duration timeout) {
        links.clear();
        List<Snapshot> snapshots = datasets.values().stream().map(this::write).toList();
        return new ScanInputs(snapshots, ScanInputs.Links.NONE, new ScanLimits(timeout));
    }

    /** A dataset's links, in order; to be changed by who plays an attacker. */
    List<Link> links(String dataset) {
        return links.get(new DatasetId(dataset));
    }

    PersonLinks links(DatasetId dataset) {
        return new InMemory(links.get(dataset));
    }

    private Snapshot write(Dataset dataset) {
        try {
            Path own = Files.createTempDirectory(folder, dataset.id().value());
            var files = new ArrayList<ScanFile>();
            var linked = new ArrayList<Link>();
            var buckets = new TreeMap<Integer, List<Integer>>();
            rows.get(dataset.id())
                    .keySet()
                    .forEach(person -> buckets.computeIfAbsent(
                                    Math.floorMod(31 * person + dataset.id().hashCode(), BUCKETS) * 7,
                                    _ -> new ArrayList<>())
                            .add(person));
            for (var bucket : buckets.entrySet()) {
                files.add(write(own, dataset.id(), bucket.getKey(), bucket.getValue(), linked));
            }
            linked.sort(Comparator.comparing(Link::unit, Long::compareUnsigned));
            links.put(dataset.id(), linked);
            return new Snapshot(dataset.id(), 1, Hash.sha256(), dataset, dataset.rowsMost(), own, files);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private ScanFile write(Path own, DatasetId id, int bucket, List<Integer> persons, List<Link> linked) {
        String name = "part-%05d.parquet".formatted(bucket);
        long first = ((long) bucket << ScanFile.SERIAL_BITS) + 1;
        long unitNo = first;
        int count = 0;
        try (var connection = (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE scan(unit_no BIGINT, score BIGINT, band INTEGER, day INTEGER, "
                    + "\"at\" BIGINT, city INTEGER)");
            try (DuckDBAppender appender = connection.createAppender("scan")) {
                for (int person : persons) {
                    for (Row row : rows.get(id).get(person)) {
                        append(appender, unitNo, row);
                        count++;
                    }
                    linked.add(new Link(unit(person), unitNo));
                    unitNo++;
                }
            }
            statement.execute("COPY scan TO '" + own.resolve(name) + "' (FORMAT parquet, COMPRESSION zstd)");
        } catch (SQLException broken) {
            throw new AssertionError(broken);
        }
        return new ScanFile(bucket, name, Hash.sha256(), count, first, unitNo - 1);
    }

    /** A row's moment is its day's last microsecond. */
    private static void append(DuckDBAppender appender, long unitNo, Row row) throws SQLException {
        appender.beginRow()
                .append(unitNo)
                .append(row.score())
                .append(row.band())
                .append(row.day())
                .append((row.day() + 1) * 86_400_000_000L - 1)
                .append(row.city());
        appender.endRow();
    }

    /** A catalogue that knows the cities' codes and nothing else. */
    static Catalog catalog() {
        return new Cities();
    }

    private record Cities() implements Catalog {
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
            var known = new TreeMap<>(CITIES);
            known.keySet().retainAll(values);
            return known;
        }
    }

    /** Links without files, and without any check. */
    record InMemory(List<Link> all) implements PersonLinks {
        @Override
        public long units() {
            return all.size();
        }

        @Override
        public LinkCursor part(int part) {
            return new Cursor(all.stream().filter(link -> link.part() == part).iterator());
        }

        @Override
        public void close() {}
    }

    /** Goes through a list as it is. */
    static class Cursor implements LinkCursor {
        private final java.util.Iterator<Link> all;
        private Link at = new Link(0, 0);

        Cursor(java.util.Iterator<Link> all) {
            this.all = all;
        }

        @Override
        public boolean next() {
            if (!all.hasNext()) {
                return false;
            }
            at = all.next();
            return true;
        }

        @Override
        public long collaborationUnit() {
            return at.unit();
        }

        @Override
        public long unitNo() {
            return at.unitNo();
        }

        @Override
        public void close() {}
    }
}
