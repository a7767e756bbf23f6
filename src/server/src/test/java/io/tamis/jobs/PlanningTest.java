package io.tamis.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tamis.catalog.Catalog;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.collaboration.Collaboration;
import io.tamis.catalog.collaboration.Member;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.ColumnName;
import io.tamis.data.DatasetId;
import io.tamis.data.DepartmentId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.LegalRelation;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Purpose;
import io.tamis.data.Role;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.Region;
import io.tamis.privacy.PartialSums;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose data a caller asks about, under whose rules. The repository's own bundle; no container and no database. */
class PlanningTest {
    private static final PolicyBundle BUNDLE = TestBundle.load();
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
    private static final DatasetId ORDERS = new DatasetId("orders");

    @Test
    void platform_underItsOwnRules_asksAboutItsOwnDataOnly() {
        // FRAUD_CONTROL is open to a platform's analysts and to no merchant; shop's impact assessment names it.
        ready(plan("shop", Role.PLATFORM, Purpose.FRAUD_CONTROL));
        assertEquals(
                new Planning.Outcome.Refused(Code.POLICY_DENIED), plan("video", Role.PLATFORM, Purpose.FRAUD_CONTROL));
    }

    @Test
    void platform_ofAnothersData_getsWhatAMerchantWouldGet() {
        ready(plan("video", Role.PLATFORM, Purpose.AUDIENCE_INSIGHT));
        ready(plan("brand-a", Role.MERCHANT, Purpose.AUDIENCE_INSIGHT));
    }

    private static void ready(Planning.Outcome outcome) {
        assertInstanceOf(Planning.Outcome.Ready.class, outcome);
    }

    private static Planning.Outcome plan(String party, Role role, Purpose purpose) {
        var actor = new Actor(new PartyId(party), new PersonId("u-1"), role, new DepartmentId("d"));
        var catalog = new OneVersion();
        var planning = new Planning(catalog, noTypes(), noAgreements(), () -> NOW, new Tick(Duration.ofSeconds(1)));
        var source = new Asked.Source(
                new DatasetRef(ORDERS, 1, purpose), catalog.snapshot(ORDERS, 1).orElseThrow(), Optional.empty());
        return planning.plan(
                new Users(), actor, request(purpose), new Asked(List.of(source), Optional.of(agreement(purpose))));
    }

    /** No type is looked up here. */
    private static JobTypes noTypes() {
        return null;
    }

    /** Nor who may ask. */
    private static Standing noAgreements() {
        return null;
    }

    private static JobRequest request(Purpose purpose) {
        return JobRequest.parse(Json.parse("{\"jobRequestId\":\"r\",\"type\":\"USERS\",\"collaborationId\":\"col_1\","
                + "\"datasets\":[{\"id\":\"orders\",\"version\":1,\"purpose\":\"" + purpose
                + "\"}],\"params\":{},\"privacy\":{\"rhoMicro\":100},\"reason\":\"a test of planning\"}"));
    }

    private static Collaboration agreement(Purpose purpose) {
        return new Collaboration(
                new CollaborationId("col_1"),
                Collaboration.State.ACTIVE,
                List.of(
                        member("shop", Role.PLATFORM),
                        member("video", Role.PLATFORM),
                        member("brand-a", Role.MERCHANT)),
                LegalRelation.PROVISION,
                Set.of(purpose),
                Region.DOMESTIC,
                1,
                Hash.sha256(new byte[] {1}),
                List.of());
    }

    private static Member member(String party, Role role) {
        return new Member(new PartyId(party), Set.of(role), Optional.of(NOW), Optional.empty());
    }

    /** Counts persons. */
    private static final class Users implements JobType {
        @Override
        public String name() {
            return "USERS";
        }

        @Override
        public Planned plan(PlanRequest request) {
            var phone = new ColumnName("buyer_phone");
            return AdmissionTest.plan(
                    50,
                    100,
                    List.of(
                            new ColumnUse(ORDERS, phone, Context.SANDBOX_INPUT, Action.MATCH),
                            new ColumnUse(ORDERS, phone, Context.SANDBOX_OUTPUT, Action.AGGREGATE)));
        }

        @Override
        public PartialSums scan(Plan plan, ScanInputs inputs) {
            throw new IllegalStateException("nothing is scanned here");
        }
    }

    private static final class OneVersion implements Catalog {
        @Override
        public PolicyBundle policy() {
            return BUNDLE;
        }

        @Override
        public Optional<Snapshot> snapshot(DatasetId id, int version) {
            return Optional.ofNullable(BUNDLE.datasets().get(id))
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
