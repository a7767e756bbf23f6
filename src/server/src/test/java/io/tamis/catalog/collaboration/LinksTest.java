package io.tamis.catalog.collaboration;

import static io.tamis.catalog.collaboration.CollaborationApi.active;
import static io.tamis.catalog.collaboration.CollaborationApi.load;
import static io.tamis.catalog.collaboration.CollaborationApi.people;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.catalog.Catalog;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.collaboration.CollaborationApi.Caller;
import io.tamis.catalog.link.LinkSet;
import io.tamis.crypto.PseudonymAlgorithm;
import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.ColumnName;
import io.tamis.data.DatasetId;
import io.tamis.data.Semantic;
import io.tamis.data.TamisException;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.load.LoadResult;
import io.tamis.policy.load.PolicyLoader;
import io.tamis.server.TamisTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundle says with which algorithm identifiers become pseudonyms. */
@TamisTest
class LinksTest {
    private static final Caller LAB = Caller.platform("lab");
    private static final Caller OTHER = Caller.platform("lab-b");
    private static final DatasetId DATASET = new DatasetId("link-a");
    private static final Semantic PHONE = new Semantic("CN_MOBILE");

    @Inject
    Doors doors;

    @Inject
    @ConfigProperty(name = "tamis.policies")
    Path policies;

    @TempDir
    Path folder;

    @BeforeAll
    static void loadLists() {
        load(LAB, "link-a", 1, people(0, 200, CollaborationApi::plain));
    }

    @Test
    void source_takesTheAlgorithmOfTheBundle() throws IOException {
        assertEquals(PseudonymAlgorithm.HMAC_SHA256, algorithm(doors.catalog));
        assertEquals(PseudonymAlgorithm.HMAC_SM3, algorithm(new Ruled(doors.catalog, bundle("HMAC_SM3"))));
    }

    @Test
    void source_ofAnAlgorithmThatIsNotBuilt_isPolicyDenied() throws IOException {
        var catalog = new Ruled(doors.catalog, bundle("OPRF_P256"));
        var refused = assertThrows(TamisException.class, () -> algorithm(catalog));
        assertEquals(Code.POLICY_DENIED, refused.code());
    }

    @Test
    void derive_byTheOtherAlgorithm_givesOtherUnits() throws IOException {
        var place = new AttachmentRows.Place(new CollaborationId(active(LAB, OTHER)), DATASET, 1, 1);
        Set<Long> one = units(doors.links(doors.catalog), place);
        Set<Long> other = units(doors.links(new Ruled(doors.catalog, bundle("HMAC_SM3"))), place);
        assertEquals(List.of(200, 200), List.of(one.size(), other.size()));
        one.retainAll(other);
        assertTrue(one.isEmpty());
    }

    @Test
    void derive_twice_isTheSameUnitsUnderAnotherKey() throws IOException {
        var place = new AttachmentRows.Place(new CollaborationId(active(LAB, OTHER)), DATASET, 1, 1);
        Links links = doors.links(doors.catalog);
        assertEquals(units(links, place), units(links, place));
    }

    private PseudonymAlgorithm algorithm(Catalog catalog) {
        return doors.links(catalog).source(snapshot(), PHONE).algorithm();
    }

    private Snapshot snapshot() {
        return doors.catalog.snapshot(DATASET, 1).orElseThrow();
    }

    private Set<Long> units(Links links, AttachmentRows.Place place) throws IOException {
        Path temporary = Files.createTempDirectory(folder, "links");
        try (var derived = links.derive(place, links.source(snapshot(), PHONE), temporary);
                LinkSet set = LinkSet.open(
                        derived.folder(), derived.key().secret(), snapshot().contentHash())) {
            var units = new HashSet<Long>();
            for (int part = 0; part < LinkSet.PARTS; part++) {
                try (var cursor = set.part(part)) {
                    while (cursor.next()) {
                        units.add(cursor.collaborationUnit());
                    }
                }
            }
            return units;
        }
    }

    /** The tests' bundle, but for the algorithm of telephone numbers' pseudonyms. */
    private PolicyBundle bundle(String algorithm) throws IOException {
        Path copy = Files.createTempDirectory(folder, "policies");
        List<Path> all;
        try (var files = Files.walk(policies)) {
            all = files.filter(Files::isRegularFile).toList();
        }
        for (Path file : all) {
            Path target = copy.resolve(policies.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
        Path transforms = copy.resolve("transforms.yaml");
        String text = Files.readString(transforms);
        String changed = text.replace(
                "semantics: [CN_MOBILE], algorithm: HMAC_SHA256", "semantics: [CN_MOBILE], algorithm: " + algorithm);
        assertTrue(!changed.equals(text));
        Files.writeString(transforms, changed);
        return assertInstanceOf(LoadResult.Loaded.class, PolicyLoader.load(copy))
                .bundle();
    }

    /** A catalog under another bundle. */
    private record Ruled(Catalog catalog, PolicyBundle policy) implements Catalog {
        @Override
        public Optional<Snapshot> snapshot(DatasetId id, int version) {
            return catalog.snapshot(id, version);
        }

        @Override
        public Map<String, Integer> codesOf(Snapshot snapshot, ColumnName column, Set<String> values) {
            return catalog.codesOf(snapshot, column, values);
        }
    }
}
