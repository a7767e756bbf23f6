package io.tamis.catalog.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.catalog.Catalog;
import io.tamis.catalog.CatalogException;
import io.tamis.catalog.Identifiers;
import io.tamis.catalog.ScanFile;
import io.tamis.catalog.Snapshot;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.TagOrder;
import io.tamis.data.Code;
import io.tamis.data.DatasetId;
import io.tamis.data.Role;
import io.tamis.server.TamisTest;
import io.tamis.server.TestApi;
import io.tamis.server.TestServer;
import io.tamis.server.TestTokens;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The positions of a version are those its owner computes, whatever became of the file in the meantime. */
@TamisTest
class StoredPositionsTest {
    private static final DatasetId DATASET = new DatasetId("tags-b");
    private static final int VERSION = 60;
    private static final int PERSONS = 1_500;

    @Inject
    Jdbi jdbi;

    @Inject
    Catalog catalog;

    @Inject
    Identifiers identifiers;

    @Inject
    KeyProvider keys;

    @Inject
    InstantSource clock;

    @BeforeAll
    static void load() {
        String csv = IntStream.range(0, PERSONS)
                .mapToObj(person -> (13_900_000_000L + person) + ",alpha")
                .collect(Collectors.joining("\n", "person,arm\n", "\n"));
        TestApi.upload(TestTokens.of(Role.PLATFORM, "tags-b"), "tags-b", VERSION, csv)
                .then()
                .statusCode(org.hamcrest.Matchers.oneOf(200, 201));
    }

    @Test
    void order_isTheOneTheOwnerComputesFromItsOwnList() {
        PositionMap map = positions().of(snapshot());
        try (var key = positions().key(snapshot());
                var builder = new TagOrder.Builder(key, DATASET, VERSION, PERSONS)) {
            for (int person = 0; person < PERSONS; person++) {
                byte[] identifier = ("+86" + (13_900_000_000L + person)).getBytes(StandardCharsets.UTF_8);
                builder.add(identifier, 0, identifier.length);
            }
            assertEquals(builder.finish().hash(), map.orderHash());
        }
        assertEquals(PERSONS, map.persons());
    }

    @Test
    void positions_areEachPersonsOwn() {
        Snapshot snapshot = snapshot();
        PositionMap map = positions().of(snapshot);
        var found = new TreeSet<Integer>();
        for (ScanFile file : snapshot.files()) {
            for (long unit = file.firstUnit(); unit <= file.lastUnit(); unit++) {
                found.add(map.position(unit));
            }
        }
        assertEquals(PERSONS, found.size());
        assertEquals(0, found.first());
        assertEquals(PERSONS - 1, found.last());
    }

    @Test
    void unitThatIsNotThere_isNoPosition() {
        Snapshot snapshot = snapshot();
        PositionMap map = positions().of(snapshot);
        ScanFile file = snapshot.files().getFirst();
        for (long unit : new long[] {0, -1, file.firstUnit() - 1, file.lastUnit() + 1, Long.MAX_VALUE}) {
            assertEquals(
                    Code.INTERNAL,
                    assertThrows(CatalogException.class, () -> map.position(unit))
                            .code());
        }
    }

    @Test
    void fileLostOrAltered_isComputedAgain() throws IOException {
        var before = positions().of(snapshot()).orderHash();
        Path file = TestServer.DATA.resolve("orders/tags-b/" + VERSION + ".positions");
        Files.delete(file);
        assertEquals(before, positions().of(snapshot()).orderHash());
        byte[] altered = Files.readAllBytes(file);
        altered[altered.length - 1] ^= 1;
        Files.write(file, altered);
        assertEquals(before, positions().of(snapshot()).orderHash());
        Files.write(file, new byte[] {1});
        assertEquals(before, positions().of(snapshot()).orderHash());
    }

    /** A keeper of its own, which has opened nothing yet. */
    private Positions positions() {
        return new StoredPositions(TestServer.DATA, jdbi, identifiers, keys, clock);
    }

    private Snapshot snapshot() {
        return catalog.snapshot(DATASET, VERSION).orElseThrow();
    }
}
