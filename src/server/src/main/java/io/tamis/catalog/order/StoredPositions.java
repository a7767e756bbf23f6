package io.tamis.catalog.order;

import io.tamis.catalog.CatalogException;
import io.tamis.catalog.Identifiers;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.load.UnitReader;
import io.tamis.catalog.load.UnitSource;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.TagOrder;
import io.tamis.data.Code;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Orders in {@code <data>/orders/<dataset>/<version>.positions}, with a row each. They can be computed again: a file that is
 * missing or altered is, and gives the same order hash, or the version is not what it was: INTERNAL.
 *
 * <p>Crash story: the file is whole and durable under its name before the row commits; a file without a row is written over.
 */
@Singleton
class StoredPositions implements Positions {
    /** Most maps kept open; beyond, all are forgotten. */
    private static final int OPENED_MAX = 64;

    private static final int BUFFER_BYTES = 64 << 10;

    private final Path root;
    private final Jdbi jdbi;
    private final Identifiers identifiers;
    private final KeyProvider keys;
    private final InstantSource clock;
    private final Semaphore free = new Semaphore(1);
    private final Map<Key, PositionMap> opened = new ConcurrentHashMap<>();

    StoredPositions(
            @ConfigProperty(name = "tamis.data") Path data,
            Jdbi jdbi,
            Identifiers identifiers,
            KeyProvider keys,
            InstantSource clock) {
        this.root = data.toAbsolutePath().normalize().resolve("orders");
        this.jdbi = jdbi;
        this.identifiers = identifiers;
        this.keys = keys;
        this.clock = clock;
    }

    private record Key(DatasetId dataset, int version, Hash content) {
        static Key of(Snapshot snapshot) {
            return new Key(snapshot.id(), snapshot.version(), snapshot.contentHash());
        }
    }

    private record Row(Hash orderHash, int persons, Hash file) {}

    @Override
    public PositionMap of(Snapshot snapshot) {
        requireOneRow(snapshot);
        Optional<PositionMap> known = Optional.ofNullable(opened.get(Key.of(snapshot)));
        if (known.isPresent()) {
            return known.get();
        }
        free.acquireUninterruptibly();
        try {
            known = Optional.ofNullable(opened.get(Key.of(snapshot)));
            if (known.isPresent()) {
                return known.get();
            }
            PositionMap map = load(snapshot);
            if (opened.size() >= OPENED_MAX) {
                opened.clear();
            }
            opened.put(Key.of(snapshot), map);
            return map;
        } catch (IOException failed) {
            throw new CatalogException(Code.INTERNAL, failed);
        } finally {
            free.release();
        }
    }

    @Override
    public SecretBytes key(Snapshot snapshot) {
        requireOneRow(snapshot);
        return TagOrder.key(keys, snapshot.id(), snapshot.version());
    }

    private PositionMap load(Snapshot snapshot) throws IOException {
        Path file = root.resolve(snapshot.id().value()).resolve(snapshot.version() + ".positions");
        Optional<Row> row = jdbi.withHandle(handle -> find(handle, snapshot));
        if (row.isPresent() && Files.exists(file)) {
            try {
                return open(file, row.get(), snapshot);
            } catch (CatalogException altered) {
                // Computed again below.
                Files.delete(file);
            }
        }
        Row computed = compute(snapshot, file);
        if (row.isPresent() && !row.get().equals(computed)) {
            throw new CatalogException(Code.INTERNAL);
        }
        jdbi.useTransaction(tx -> insert(tx, snapshot, computed));
        return open(file, computed, snapshot);
    }

    private static PositionMap open(Path file, Row row, Snapshot snapshot) throws IOException {
        return PositionMap.open(file, row.file(), row.orderHash(), row.persons(), snapshot.files());
    }

    private Row compute(Snapshot snapshot, Path file) throws IOException {
        try (SecretBytes key = key(snapshot);
                UnitSource units = identifiers.units(snapshot).orElseThrow(() -> new CatalogException(Code.NOT_FOUND));
                var builder = new TagOrder.Builder(key, snapshot.id(), snapshot.version(), expected(snapshot))) {
            for (int bucket : units.buckets()) {
                try (UnitReader persons = units.open(bucket)) {
                    while (persons.next()) {
                        builder.add(persons.identifier(), 0, persons.identifierLength());
                    }
                }
            }
            TagOrder order = builder.finish();
            return new Row(order.hash(), order.persons(), write(file, order));
        }
    }

    private static int expected(Snapshot snapshot) {
        long persons = snapshot.files().stream()
                .mapToLong(file -> file.lastUnit() - file.firstUnit() + 1)
                .sum();
        if (persons > TagOrder.PERSONS_MAX) {
            throw new CatalogException(Code.TOO_LARGE);
        }
        return (int) persons;
    }

    private static Hash write(Path file, TagOrder order) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var digest = Hash.newSha256();
        try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest);
            out.write(PositionMap.head(order.hash(), order.persons()));
            int[] positions = order.positions();
            var buffer = ByteBuffer.allocate(BUFFER_BYTES);
            for (int position : positions) {
                if (!buffer.hasRemaining()) {
                    out.write(buffer.array(), 0, buffer.position());
                    buffer.clear();
                }
                buffer.putInt(position);
            }
            out.write(buffer.array(), 0, buffer.position());
            out.flush();
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        try (var folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
        return Hash.of(digest.digest());
    }

    private static Optional<Row> find(Handle tx, Snapshot snapshot) {
        return tx.createQuery("SELECT order_hash, persons, positions FROM catalog_order"
                        + " WHERE dataset = :dataset AND version = :version AND content_hash = :content")
                .bind("dataset", snapshot.id().value())
                .bind("version", snapshot.version())
                .bind("content", snapshot.contentHash().bytes())
                .map((row, context) -> new Row(Hash.of(row.getBytes(1)), row.getInt(2), Hash.of(row.getBytes(3))))
                .findOne();
    }

    private void insert(Handle tx, Snapshot snapshot, Row row) {
        tx.createUpdate(
                        "INSERT INTO catalog_order VALUES (:dataset, :version, :content, :order, :persons, :positions, :at)"
                                + " ON CONFLICT DO NOTHING")
                .bind("dataset", snapshot.id().value())
                .bind("version", snapshot.version())
                .bind("content", snapshot.contentHash().bytes())
                .bind("order", row.orderHash().bytes())
                .bind("persons", row.persons())
                .bind("positions", row.file().bytes())
                .bind("at", clock.instant().atOffset(ZoneOffset.UTC))
                .execute();
    }

    private static void requireOneRow(Snapshot snapshot) {
        if (snapshot.dataset().unit().filter(unit -> unit.rowsMax() == 1).isEmpty()) {
            throw new CatalogException(Code.OP_NOT_ALLOWED);
        }
    }
}
