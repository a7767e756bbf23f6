package io.tamis.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.catalog.Catalog;
import io.tamis.catalog.Snapshot;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.DatasetId;
import io.tamis.data.DepartmentId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Purpose;
import io.tamis.data.Role;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.load.LoadResult;
import io.tamis.policy.load.PolicyLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whose approval a plan needs, by its level and by the policy's rules. No container and no database. */
class ApproversTest {
    private static final PolicyBundle BUNDLE = TestBundle.load();
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
    private static final Actor MERCHANT =
            new Actor(new PartyId("brand-a"), new PersonId("u-1"), Role.MERCHANT, new DepartmentId("marketing"));
    private static final PartyId SHOP = new PartyId("shop");
    private static final PartyId MESSENGER = new PartyId("messenger");

    @Test
    void encryptedTags_needEveryOwnersApproval_once() {
        assertEquals(Optional.of(new Approvers(List.of(SHOP), 1)), approvers(BUNDLE, Map.of("shop-users", "friends")));
    }

    @Test
    void encryptedTags_areSummedOverAHundredPersons() {
        Prepared prepared = prepared(planning(BUNDLE), "shop-users", "friends");
        assertEquals(100, prepared.plan().release().minUsers());
    }

    @Test
    void ruleThatAsksForApprovals_isDeniedWithout_andMetByThem() {
        Planning planning = planning(requiring("approvals: 2"));
        Prepared prepared = prepared(planning, "shop-users", "friends");
        assertEquals(
                Optional.of(Code.POLICY_DENIED),
                planning.decide(MERCHANT, prepared, 1).refused());
        assertEquals(Optional.empty(), planning.decide(MERCHANT, prepared, 2).refused());
        assertEquals(Optional.of(new Approvers(List.of(SHOP), 2)), planning.approvers(MERCHANT, prepared));
    }

    @Test
    void ruleThatAsksForMoreThanOwnersCanGive_isDenied_andNobodyIsAsked() {
        Planning planning = planning(requiring("dpoApproval: true"));
        Prepared prepared = prepared(planning, "shop-users", "friends");
        assertEquals(Optional.empty(), planning.approvers(MERCHANT, prepared));
        assertTrue(planning.decide(MERCHANT, prepared, Approvers.NEEDED_MAX)
                .refused()
                .isPresent());
    }

    @Test
    void tagOfLevel5_isNobodysToApprove() {
        Planning planning = planning(BUNDLE);
        Prepared prepared = prepared(planning, "shop-users", "resident_id");
        assertEquals(Optional.empty(), planning.approvers(MERCHANT, prepared));
        assertEquals(
                Optional.of(Code.POLICY_DENIED),
                planning.decide(MERCHANT, prepared, 9).refused());
    }

    @Test
    void satisfied_onlyByAllParties_andByAsManyAsNeeded() {
        var both = new Approvers(List.of(SHOP, MESSENGER), 3);
        assertFalse(both.satisfiedBy(approvals(SHOP, SHOP, SHOP)));
        assertFalse(both.satisfiedBy(approvals(SHOP, MESSENGER)));
        assertTrue(both.satisfiedBy(approvals(SHOP, MESSENGER, SHOP)));
        assertThrows(IllegalArgumentException.class, () -> new Approvers(List.of(SHOP, MESSENGER), 1));
        assertThrows(IllegalArgumentException.class, () -> new Approvers(List.of(), 0));
    }

    private static List<Approval> approvals(PartyId... parties) {
        return Stream.of(parties)
                .map(party -> new Approval(
                        party, new PersonId("u-2"), new DepartmentId("data"), new EventId(new UUID(0x7000L, 1L << 63))))
                .toList();
    }

    private static Optional<Approvers> approvers(PolicyBundle bundle, Map<String, String> columns) {
        Planning planning = planning(bundle);
        var first = columns.entrySet().iterator().next();
        return planning.approvers(MERCHANT, prepared(planning, first.getKey(), first.getValue()));
    }

    private static Planning planning(PolicyBundle bundle) {
        return new Planning(
                new OneVersion(bundle), noTypes(), noStanding(), () -> NOW, new Tick(Duration.ofSeconds(1)));
    }

    /** No type is looked up here. */
    private static JobTypes noTypes() {
        return null;
    }

    /** Nor who may ask. */
    private static Standing noStanding() {
        return null;
    }

    private static Prepared prepared(Planning planning, String dataset, String column) {
        var id = new DatasetId(dataset);
        var source = new Asked.Source(
                new DatasetRef(id, 1, Purpose.AUDIENCE_INSIGHT),
                planning.catalog().snapshot(id, 1).orElseThrow(),
                Optional.empty());
        var request = JobRequest.parse(Json.parse("""
                {"jobRequestId":"r","type":"SEALED_TEST","datasets":[{"id":"%s","version":1,"purpose":"AUDIENCE_INSIGHT"}],\
                "params":{"question":"q","column":"%s"},"privacy":{"rhoMicro":100},"reason":"a test of planning"}""".formatted(dataset, column)));
        var outcome =
                planning.plan(new SealedTestJob(), MERCHANT, request, new Asked(List.of(source), Optional.empty()));
        return assertInstanceOf(Planning.Outcome.Ready.class, outcome).prepared();
    }

    /** The repository's bundle, whose rule on encrypted tags asks for this too. */
    private static PolicyBundle requiring(String more) {
        var files = new TreeMap<>(BUNDLE.files());
        String rules = new String(files.get("access.yaml"), StandardCharsets.UTF_8);
        String changed = rules.replace(
                "requires: { consent: SEPARATE, pia: APPROVED }, treatment: ENCRYPTED",
                "requires: { consent: SEPARATE, pia: APPROVED, " + more + " }, treatment: ENCRYPTED");
        assertTrue(!changed.equals(rules));
        files.put("access.yaml", changed.getBytes(StandardCharsets.UTF_8));
        return switch (PolicyLoader.load(files)) {
            case LoadResult.Loaded(PolicyBundle bundle) -> bundle;
            case LoadResult.Rejected(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private record OneVersion(PolicyBundle bundle) implements Catalog {
        @Override
        public PolicyBundle policy() {
            return bundle;
        }

        @Override
        public Optional<Snapshot> snapshot(DatasetId id, int version) {
            return Optional.ofNullable(bundle.datasets().get(id))
                    .map(declared -> new Snapshot(
                            id,
                            1,
                            Hash.sha256(new byte[] {2}),
                            declared,
                            declared.rowsMost(),
                            Path.of("."),
                            List.of()));
        }

        @Override
        public Map<String, Integer> codesOf(Snapshot snapshot, ColumnName column, Set<String> values) {
            return Map.of();
        }
    }
}
