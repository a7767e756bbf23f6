package io.tamis.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tamis.catalog.Catalog;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.collaboration.Attachment;
import io.tamis.catalog.collaboration.Collaboration;
import io.tamis.catalog.collaboration.Collaborations;
import io.tamis.catalog.collaboration.Member;
import io.tamis.catalog.link.LinkSet;
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
import io.tamis.data.Semantic;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.Region;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** Who sees what: inside an agreement and outside of one. No container and no database: rules over values. */
class StandingTest {
    private static final PolicyBundle BUNDLE = TestBundle.load();
    private static final CollaborationId ID = new CollaborationId("col_1");
    private static final Semantic PHONE = new Semantic("CN_MOBILE");
    private static final Instant THEN = Instant.parse("2026-11-01T00:00:00Z");

    private final List<Attachment> attachments = new ArrayList<>();
    private final List<Member> members = new ArrayList<>(List.of(
            member("shop", Role.PLATFORM, true),
            member("video", Role.PLATFORM, true),
            member("brand-a", Role.MERCHANT, true)));
    private Collaboration.State state = Collaboration.State.ACTIVE;

    StandingTest() {
        attach("shop-users", 1, 1, PHONE);
        attach("video-users", 1, 1, PHONE);
    }

    @Test
    void member_ofAnActiveAgreement_seesWhatIsAttached() {
        Asked asked = seen(inside("brand-a", Role.MERCHANT, "shop-users", "video-users"));
        assertEquals(
                List.of(new DatasetId("shop-users"), new DatasetId("video-users")),
                asked.sources().stream().map(Asked.Source::id).toList());
    }

    @Test
    void outsider_isNoMember_andSoIsWhoeverNamesWhatDoesNotExist() {
        hidden(Code.NOT_MEMBER, inside("brand-b", Role.MERCHANT, "shop-users"));
        var request = request(Optional.of("col_2"), "", "shop-users");
        hidden(Code.NOT_MEMBER, standing().look(none(), actor("brand-a", Role.MERCHANT), request));
    }

    @Test
    void member_inARoleItDidNotSignFor_isNoMember() {
        hidden(Code.NOT_MEMBER, inside("shop", Role.MERCHANT, "shop-users"));
    }

    @Test
    void memberThatWithdrew_isNoMember() {
        members.set(2, new Member(new PartyId("brand-a"), Set.of(Role.MERCHANT), Optional.of(THEN), Optional.of(THEN)));
        hidden(Code.NOT_MEMBER, inside("brand-a", Role.MERCHANT, "shop-users"));
    }

    @Test
    void agreementBeforeAllSigned_orClosed_takesNoJobs() {
        attachments.clear();
        state = Collaboration.State.CLOSED;
        hidden(Code.STATE_CONFLICT, inside("brand-a", Role.MERCHANT, "shop-users"));
        state = Collaboration.State.DRAFT;
        hidden(Code.STATE_CONFLICT, inside("brand-a", Role.MERCHANT, "shop-users"));
    }

    @Test
    void datasetThatIsNotAttached_isNotThere_norAnotherVersion() {
        hidden(Code.NOT_FOUND, inside("brand-a", Role.MERCHANT, "messenger-users"));
        var request =
                request(Optional.of(ID.value()), "", "shop-users").body().replace("\"version\":1", "\"version\":2");
        hidden(
                Code.NOT_FOUND,
                standing().look(none(), actor("brand-a", Role.MERCHANT), JobRequest.parse(Json.parse(request))));
    }

    @Test
    void publishedDataset_insideAnAgreement_mustBeAttachedToo() {
        hidden(Code.NOT_FOUND, inside("brand-a", Role.MERCHANT, "cdnow"));
    }

    @Test
    void datasetsOfTwoEpochs_doNotJoin() {
        attach("messenger-users", 1, 2, PHONE);
        hidden(Code.VERSION_MISMATCH, inside("brand-a", Role.MERCHANT, "shop-users", "messenger-users"));
        attach("shop-users", 1, 2, PHONE);
        seen(inside("brand-a", Role.MERCHANT, "shop-users", "messenger-users"));
    }

    @Test
    void datasetsOfTwoKindsOfIdentifier_doNotJoin() {
        attach("cdnow", 1, 1, new Semantic("ACCOUNT_ID"));
        hidden(Code.JOIN_NOT_ON_UNIT, inside("brand-a", Role.MERCHANT, "shop-users", "cdnow"));
    }

    @Test
    void purposeThatTheAgreementDoesNotName_isDenied() {
        String body =
                request(Optional.of(ID.value()), "", "shop-users").body().replace("AUDIENCE_INSIGHT", "ATTRIBUTION");
        hidden(
                Code.POLICY_DENIED,
                standing().look(none(), actor("brand-a", Role.MERCHANT), JobRequest.parse(Json.parse(body))));
    }

    @Test
    void receiver_outsideTheAgreement_isRefused_aMemberIsNot() {
        var toAMember = request(Optional.of(ID.value()), "\"output\":{\"receivers\":[\"video\"]},", "shop-users");
        seen(standing().look(none(), actor("brand-a", Role.MERCHANT), toAMember));
        var toAnother = request(Optional.of(ID.value()), "\"output\":{\"receivers\":[\"brand-b\"]},", "shop-users");
        hidden(Code.NOT_MEMBER, standing().look(none(), actor("brand-a", Role.MERCHANT), toAnother));
    }

    @Test
    void outside_oneSeesOnesOwn_andWhatIsPublished() {
        seen(outside("shop", Role.PLATFORM, "shop-users"));
        seen(outside("brand-a", Role.MERCHANT, "cdnow"));
        hidden(Code.NOT_FOUND, outside("brand-a", Role.MERCHANT, "shop-users"));
        hidden(Code.NOT_FOUND, outside("video", Role.PLATFORM, "cdnow"));
    }

    private Sight inside(String party, Role role, String... datasets) {
        return standing().look(none(), actor(party, role), request(Optional.of(ID.value()), "", datasets));
    }

    private Sight outside(String party, Role role, String... datasets) {
        return standing().look(none(), actor(party, role), request(Optional.empty(), "", datasets));
    }

    private static void hidden(Code code, Sight sight) {
        assertEquals(new Sight.Hidden(code), sight);
    }

    private static Asked seen(Sight sight) {
        return assertInstanceOf(Sight.Seen.class, sight).asked();
    }

    private static JobRequest request(Optional<String> collaboration, String output, String... datasets) {
        var named = new ArrayList<String>();
        for (String dataset : datasets) {
            named.add("{\"id\":\"" + dataset + "\",\"version\":1,\"purpose\":\"AUDIENCE_INSIGHT\"}");
        }
        return JobRequest.parse(Json.parse("{\"jobRequestId\":\"r\",\"type\":\"OVERLAP\","
                + collaboration.map(id -> "\"collaborationId\":\"" + id + "\",").orElse("")
                + output
                + "\"datasets\":[" + String.join(",", named)
                + "],\"params\":{},\"privacy\":{\"rhoMicro\":1},\"reason\":\"a test of standing\"}"));
    }

    private static Actor actor(String party, Role role) {
        return new Actor(new PartyId(party), new PersonId("u-1"), role, new DepartmentId("d"));
    }

    private static Member member(String party, Role role, boolean signed) {
        return new Member(
                new PartyId(party), Set.of(role), signed ? Optional.of(THEN) : Optional.empty(), Optional.empty());
    }

    private void attach(String dataset, int version, int epoch, Semantic semantic) {
        var id = new DatasetId(dataset);
        attachments.add(new Attachment(id, version, epoch, semantic, content(id), 2_000));
    }

    private static Hash content(DatasetId dataset) {
        return Hash.sha256(dataset.value().getBytes(StandardCharsets.UTF_8));
    }

    private Standing standing() {
        return new Standing(new OneVersionEach(), new OneAgreement());
    }

    /** The rules read no table. */
    private static Handle none() {
        return null;
    }

    private final class OneAgreement implements Collaborations {
        @Override
        public Optional<Collaboration> find(Handle tx, CollaborationId id) {
            if (!id.equals(ID)) {
                return Optional.empty();
            }
            return Optional.of(new Collaboration(
                    ID,
                    state,
                    members,
                    LegalRelation.PROVISION,
                    Set.of(Purpose.AUDIENCE_INSIGHT),
                    Region.DOMESTIC,
                    state == Collaboration.State.DRAFT ? 0 : 2,
                    Hash.sha256(new byte[] {1}),
                    attachments));
        }

        @Override
        public LinkSet links(CollaborationId id, Attachment attachment) {
            throw new IllegalStateException("nothing is scanned here");
        }
    }

    private static final class OneVersionEach implements Catalog {
        @Override
        public PolicyBundle policy() {
            return BUNDLE;
        }

        @Override
        public Optional<Snapshot> snapshot(DatasetId id, int version) {
            return Optional.ofNullable(BUNDLE.datasets().get(id))
                    .filter(declared -> version == 1)
                    .map(declared ->
                            new Snapshot(id, 1, content(id), declared, declared.rowsMost(), Path.of("."), List.of()));
        }

        @Override
        public Map<String, Integer> codesOf(Snapshot snapshot, ColumnName column, Set<String> values) {
            return Map.of();
        }
    }
}
