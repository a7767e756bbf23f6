package io.tamis.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.catalog.load.VersionFolder;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.DatasetId;
import io.tamis.data.DepartmentId;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.RandomSource;
import io.tamis.data.Role;
import io.tamis.data.TamisException;
import io.tamis.ledger.Events;
import io.tamis.ledger.Ledger;
import io.tamis.server.TamisTest;
import io.tamis.server.TestServer;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left when an import ends at each of its steps: the old version, and nothing that the sweep does not take. */
@TamisTest
class DatasetVersionsTest {
    private static final DatasetId CDNOW = new DatasetId("cdnow");
    private static final DatasetId USERS = new DatasetId("shop-users");
    private static final Actor OWNER =
            new Actor(new PartyId("cdnow"), new PersonId("u-1"), Role.PLATFORM, new DepartmentId("data-platform"));
    private static final String HEADER = "customer_id,purchased_on,cds,amount_usd\n";

    @Inject
    ActivePolicy policy;

    @Inject
    Imports imports;

    @Inject
    VersionFolders folders;

    @Inject
    Jdbi jdbi;

    @Inject
    KeyProvider keys;

    @Inject
    RandomSource random;

    @Inject
    InstantSource clock;

    @Inject
    Ledger ledger;

    @Inject
    Events events;

    @Inject
    DatasetVersions versions;

    @Inject
    Catalog catalog;

    @Test
    void senderGone_inTheMiddle_leavesTheOldVersion() throws IOException {
        load(versions, 201, "old,1997-01-01,1,1.00\n");
        byte[] half = (HEADER + "a,1997-01-01,1,1.00\n".repeat(50_000)).getBytes(StandardCharsets.UTF_8);
        var cut = new SequenceInputStream(new ByteArrayInputStream(half), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                return read();
            }
        });
        var wanted = new DatasetVersions.Wanted(CDNOW, 202, Hash.sha256(half));
        var failed = assertThrows(
                TamisException.class, () -> versions.put(OWNER, wanted, new UploadStream(cut, Long.MAX_VALUE, clock)));
        assertEquals(Code.INVALID_REQUEST, failed.code());
        assertOnlyOldVersion(201, 202);
    }

    @Test
    void body_overTheLimit_isTooLargeAndLeavesNothing() throws IOException {
        byte[] csv = (HEADER + "a,1997-01-01,1,1.00\n").getBytes(StandardCharsets.UTF_8);
        var wanted = new DatasetVersions.Wanted(CDNOW, 203, Hash.sha256(csv));
        var refused = assertThrows(
                TamisException.class,
                () -> versions.put(
                        OWNER, wanted, new UploadStream(new ByteArrayInputStream(csv), csv.length - 1, clock)));
        assertEquals(Code.TOO_LARGE, refused.code());
        assertTrue(catalog.snapshot(CDNOW, 203).isEmpty());
        assertNoTemporaryFolder();
    }

    @Test
    void ledgerDown_afterTheMove_leavesTheOldVersionOnly() throws IOException {
        load(versions, 204, "old,1997-01-01,1,2.04\n");
        int before = families();
        var failing = withLedger(new FailingLedger());
        String row = "new,1997-01-01,1,2.05\n";
        var failed = assertThrows(TamisException.class, () -> load(failing, 205, row));
        assertEquals(Code.LEDGER_UNAVAILABLE, failed.code());
        assertOnlyOldVersion(204, 205);
        assertEquals(before, families());
        // The same upload, once the ledger is back.
        assertTrue(load(versions, 205, row).created());
        assertTrue(catalog.snapshot(CDNOW, 205).isPresent());
    }

    @Test
    void orphan_inTheWayOfTheSameContent_isKeptAside() throws IOException {
        String row = "new,1997-01-01,1,2.06\n";
        var first = load(versions, 206, row);
        Path place = folders.place(CDNOW, first.version().contentHash());
        Files.writeString(place.resolve("mark"), "of another database");
        jdbi.useTransaction(tx -> {
            // As an empty database: the folder is there, its rows are not.
            tx.execute("DELETE FROM catalog_version WHERE dataset = 'cdnow' AND version = 206");
            tx.execute("DELETE FROM catalog_content WHERE dataset = 'cdnow' AND content_hash = ?", (Object)
                    first.version().contentHash().bytes());
        });
        folders.sweep();
        assertTrue(Files.exists(place.resolve("mark")));
        assertTrue(load(versions, 206, row).created());
        assertTrue(Files.exists(place.resolve("manifest.json")));
        assertFalse(Files.exists(place.resolve("mark")));
        assertTrue(catalog.snapshot(CDNOW, 206).isPresent());
        try (var kept = Files.walk(TestServer.DATA.resolve("datasets/.orphaned"))) {
            assertEquals(1, kept.filter(file -> file.endsWith("mark")).count());
        }
        folders.sweep();
        try (var kept = Files.walk(TestServer.DATA.resolve("datasets/.orphaned"))) {
            assertEquals(1, kept.filter(file -> file.endsWith("mark")).count());
        }
    }

    @Test
    void sweep_unfinishedFolders_goAndFinishedOnesStay() throws IOException {
        var kept = load(versions, 207, "kept,1997-01-01,1,2.07\n");
        Path temporary = Files.createDirectory(TestServer.DATA.resolve("datasets/.import-left"));
        Files.writeString(Files.createDirectory(temporary.resolve("work")).resolve("spill-00"), "x");
        Path orphan = folders.place(CDNOW, Hash.sha256(new byte[] {1}));
        Files.createDirectories(orphan.resolve("scan"));
        Path strange = Files.createDirectories(TestServer.DATA.resolve("datasets/cdnow/not-a-hash"));
        folders.sweep();
        assertFalse(Files.exists(temporary));
        assertTrue(Files.exists(orphan.resolve("scan")), "it may belong to another database");
        assertTrue(Files.exists(strange));
        Files.delete(strange);
        VersionFolder.delete(orphan);
        assertTrue(Files.exists(folders.place(CDNOW, kept.version().contentHash())));
    }

    @Test
    void snapshot_ofDamagedFiles_isEmptyAndNamedByTheReadinessCheck() throws IOException {
        var accepted = load(versions, 208, "a,1997-01-01,1,2.08\n");
        Path scan = folders.place(CDNOW, accepted.version().contentHash()).resolve("scan");
        Path file;
        try (var files = Files.list(scan)) {
            file = files.findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        var fresh = new Datasets(policy, folders, jdbi, keys);
        assertEquals(
                HealthCheckResponse.Status.UP, new DatasetsHealth(fresh).call().getStatus());
        assertTrue(fresh.snapshot(CDNOW, 208).isEmpty());
        var health = new DatasetsHealth(fresh).call();
        assertEquals("datasets", health.getName());
        assertEquals(HealthCheckResponse.Status.DOWN, health.getStatus());
        assertEquals(Map.of("cdnow", "208"), health.getData().orElseThrow());
        // Not read again before the next start: repaired or not, it stays away.
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertTrue(fresh.snapshot(CDNOW, 208).isEmpty());
        assertTrue(
                new Datasets(policy, folders, jdbi, keys).snapshot(CDNOW, 208).isPresent());
        Files.delete(folders.place(CDNOW, accepted.version().contentHash()).resolve("manifest.json"));
        assertTrue(
                new Datasets(policy, folders, jdbi, keys).snapshot(CDNOW, 208).isEmpty());
    }

    @Test
    void secondImport_ofAParty_isToldToWaitAndAnotherPartysIsNot() throws Exception {
        var reached = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        byte[] csv = (HEADER + "a,1997-01-01,1,2.10\n").getBytes(StandardCharsets.UTF_8);
        var slow = new FilterInputStream(new ByteArrayInputStream(csv)) {
            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                reached.countDown();
                try {
                    go.await();
                } catch (InterruptedException stopped) {
                    throw new IOException(stopped);
                }
                return super.read(into, from, length);
            }
        };
        try (var other = Executors.newSingleThreadExecutor()) {
            try {
                var first = other.submit(() -> versions.put(
                        OWNER,
                        new DatasetVersions.Wanted(CDNOW, 210, Hash.sha256(csv)),
                        new UploadStream(slow, Long.MAX_VALUE, clock)));
                reached.await();
                var refused = assertThrows(TamisException.class, () -> load(versions, 211, "a,1997-01-01,1,2.11\n"));
                assertEquals(Code.RATE_LIMITED, refused.code());
                assertTrue(loadUsers(212).created());
                go.countDown();
                assertTrue(first.get().created());
            } finally {
                go.countDown();
            }
        }
        assertTrue(load(versions, 211, "a,1997-01-01,1,2.11\n").created());
    }

    /** The rest of a bad upload of 64 MiB is not read: its sender would hold one of two places for as long. */
    @ParameterizedTest
    @ValueSource(strings = {"no,such,header\n", HEADER + "a,never,1,1\n"})
    void badUpload_isReadEightMebibytesFurther(String start) {
        byte[] head = start.getBytes(StandardCharsets.UTF_8);
        var rest = new ByteArrayInputStream(new byte[64 << 20]);
        var upload = new SequenceInputStream(new ByteArrayInputStream(head), rest);
        var wanted = new DatasetVersions.Wanted(CDNOW, 213, Hash.sha256(head));
        assertThrows(
                TamisException.class,
                () -> versions.put(OWNER, wanted, new UploadStream(upload, Long.MAX_VALUE, clock)));
        long read = (64L << 20) - rest.available();
        assertTrue(read >= Imports.DRAINED_MAX && read <= Imports.DRAINED_MAX + (1 << 20), "read " + read);
    }

    @Test
    void codesOf_domainAndDictionary_areThoseOfTheFiles() throws IOException {
        loadUsers(209);
        var snapshot = catalog.snapshot(USERS, 209).orElseThrow();
        assertEquals(Map.of("T2", 2), codes(snapshot, "city_tier", "T2", "T9"));
        assertEquals(Map.of("books", 1), codes(snapshot, "favourite_category", "T9", "books", "games"));
        for (var absent : List.of("city_tier", "favourite_category", "phone", "orders_90d", "nothing")) {
            assertEquals(Map.of(), codes(snapshot, absent, "T9"));
        }
    }

    private Map<String, Integer> codes(Snapshot snapshot, String column, String... values) {
        return catalog.codesOf(snapshot, new ColumnName(column), Set.of(values));
    }

    private DatasetVersions.Accepted loadUsers(int version) {
        var shop = new Actor(new PartyId("shop"), new PersonId("u-2"), Role.PLATFORM, new DepartmentId("trade"));
        byte[] csv = ("phone,resident_id,friends_band,favourite_category,orders_90d,spend_90d_cny,city_tier,"
                        + "age_band,joined_on,member_plan\n"
                        + "13800000001,,high,books,3,10.00,T2,18-24,2020-01-01,plus\n")
                .getBytes(StandardCharsets.UTF_8);
        return versions.put(
                shop,
                new DatasetVersions.Wanted(USERS, version, Hash.sha256(csv)),
                new UploadStream(new ByteArrayInputStream(csv), Long.MAX_VALUE, clock));
    }

    private DatasetVersions withLedger(Ledger other) {
        return new DatasetVersions(
                policy, imports, folders, jdbi, new DatasetVersions.Records(keys, random, clock, other, events));
    }

    private DatasetVersions.Accepted load(DatasetVersions versions, int version, String rows) {
        byte[] csv = (HEADER + rows).getBytes(StandardCharsets.UTF_8);
        return versions.put(
                OWNER,
                new DatasetVersions.Wanted(CDNOW, version, Hash.sha256(csv)),
                new UploadStream(new ByteArrayInputStream(csv), Long.MAX_VALUE, clock));
    }

    private void assertOnlyOldVersion(int old, int failed) throws IOException {
        assertTrue(catalog.snapshot(CDNOW, old).isPresent());
        assertTrue(catalog.snapshot(CDNOW, failed).isEmpty());
        assertNoTemporaryFolder();
    }

    private static int families() throws IOException {
        try (var entries = Files.list(TestServer.DATA.resolve("datasets/cdnow"))) {
            return (int) entries.count();
        }
    }

    private static void assertNoTemporaryFolder() throws IOException {
        try (var entries = Files.list(TestServer.DATA.resolve("datasets"))) {
            assertTrue(entries.noneMatch(entry -> entry.getFileName().toString().startsWith(".import-")));
        }
    }
}
