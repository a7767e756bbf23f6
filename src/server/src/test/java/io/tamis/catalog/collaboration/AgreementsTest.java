package io.tamis.catalog.collaboration;

import static io.tamis.catalog.collaboration.CollaborationApi.active;
import static io.tamis.catalog.collaboration.CollaborationApi.close;
import static io.tamis.catalog.collaboration.CollaborationApi.event;
import static io.tamis.catalog.collaboration.CollaborationApi.propose;
import static io.tamis.catalog.collaboration.CollaborationApi.rotate;
import static io.tamis.catalog.collaboration.CollaborationApi.show;
import static io.tamis.catalog.collaboration.CollaborationApi.sign;
import static io.tamis.catalog.collaboration.CollaborationApi.terms;
import static io.tamis.catalog.collaboration.CollaborationApi.withdraw;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import io.tamis.catalog.collaboration.CollaborationApi.Caller;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.Role;
import io.tamis.server.TamisTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

@TamisTest
class AgreementsTest {
    private static final Caller SHOP = Caller.platform("agree-shop");
    private static final Caller VIDEO = Caller.platform("agree-video");
    private static final Caller BRAND = Caller.merchant("agree-brand");
    private static final Caller STRANGER = Caller.platform("agree-stranger");
    private static final Caller OFFICER = new Caller(Role.COMPLIANCE_OFFICER, "agree-officers");
    private static final String NOWHERE = "col_01980000-0000-7000-8000-000000000000";

    @Test
    void create_givesADraftThatNobodyHasSigned() {
        Response created = propose(SHOP, BRAND);
        String id = created.path("id");
        created.then()
                .statusCode(201)
                .header("Location", endsWith("/v1/collaborations/" + id))
                .body("id", matchesPattern("col_[0-9a-f-]{36}"))
                .body("state", equalTo("DRAFT"))
                .body("members.party", contains("agree-brand", "agree-shop"))
                .body("members.roles", contains(List.of("merchant"), List.of("platform")))
                .body("members[0].signedAt", nullValue())
                .body("datasets", empty())
                .body("legalRelation", equalTo("ENTRUSTED"))
                .body("purposes", contains("AD_MEASUREMENT", "AUDIENCE_INSIGHT"))
                .body("region", equalTo("DOMESTIC"))
                .body("keyEpoch", equalTo(0))
                .body("closedAt", nullValue());
        Json.Obj event = event(SHOP, created.path("eventId"));
        assertEquals(Optional.of(Json.of("catalog.changed")), event.member("type"));
        assertEquals(Optional.of(Json.of("CREATED")), event.member("change"));
        assertEquals(Optional.of(Json.of("DRAFT")), event.member("state"));
        assertEquals(Optional.of(Json.of("ENTRUSTED")), event.member("legalRelation"));
        assertEquals(Optional.of(Json.of(id)), event.member("collaborationId"));
    }

    @Test
    void create_entryTellsAllThatIsSigned() {
        Response created = propose(SHOP, BRAND);
        Json.Obj event = event(SHOP, created.path("eventId"));
        var terms = Json.object().put("id", event.member("collaborationId").orElseThrow());
        List.of("members", "legalRelation", "purposes", "region")
                .forEach(term -> terms.put(term, event.member(term).orElseThrow()));
        assertEquals(
                created.path("agreementHash"),
                Terms.agreementHash(terms.build()).hex());
        assertEquals(Optional.of(Json.of(created.<String>path("agreementHash"))), event.member("agreementHash"));
        assertEquals(Optional.of(Json.of(created.<String>path("eventId"))), event.member("id"));
    }

    @Test
    void agreementHash_canBeComputedByAMember() {
        Response created = propose(SHOP, BRAND);
        String canonical = "{\"id\":\"" + created.path("id") + "\",\"legalRelation\":\"ENTRUSTED\",\"members\":["
                + "{\"party\":\"agree-brand\",\"roles\":[\"merchant\"]},"
                + "{\"party\":\"agree-shop\",\"roles\":[\"platform\"]}],"
                + "\"purposes\":[\"AD_MEASUREMENT\",\"AUDIENCE_INSIGHT\"],\"region\":\"DOMESTIC\"}";
        byte[] signed = ("tamis-agreement-v1\n" + canonical).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(Hash.sha256(signed).hex(), created.path("agreementHash"));
    }

    @Test
    void create_withoutOneself_isNotMember() {
        Response refused = SHOP.json(terms(VIDEO, BRAND)).post("/v1/collaborations");
        refused.then().statusCode(403).body("code", equalTo("NOT_MEMBER")).body("eventId", notNullValue());
        Json.Obj event = event(SHOP, refused.path("eventId"));
        assertEquals(Optional.of(Json.of("request.refused")), event.member("type"));
        assertEquals(Optional.of(Json.of("NOT_MEMBER")), event.member("reasonCode"));
    }

    @Test
    void create_inARoleOneDoesNotTake_isRoleRequired() {
        Caller asMerchant = Caller.merchant("agree-shop");
        asMerchant
                .json(terms(SHOP, BRAND))
                .post("/v1/collaborations")
                .then()
                .statusCode(403)
                .body("code", equalTo("ROLE_REQUIRED"));
    }

    @Test
    void create_ofMalformedTerms_isRefusedAndRecorded() {
        String good = terms(SHOP, BRAND);
        var bad = List.of(
                "",
                "[]",
                "{}",
                terms(SHOP),
                terms(SHOP, SHOP),
                good.replace("ENTRUSTED", "FRIENDS"),
                good.replace("DOMESTIC", "MOON"),
                good.replace("\"AD_MEASUREMENT\",", "\"AUDIENCE_INSIGHT\","),
                good.replace("AD_MEASUREMENT", "FUN"),
                good.replaceAll("\"purposes\":\\[[^]]*]", "\"purposes\":[]"),
                good.replace("[\"merchant\"]", "[]"),
                good.replace("[\"merchant\"]", "[\"merchant\",\"merchant\"]"),
                good.replace("[\"merchant\"]", "[\"operator\"]"),
                good.replace("agree-brand", "Agree Brand"));
        for (String body : bad) {
            SHOP.json(body)
                    .post("/v1/collaborations")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("INVALID_REQUEST"))
                    .body("eventId", notNullValue());
        }
        SHOP.json(good.replace("{\"members\"", "{\"name\":\"x\",\"members\""))
                .post("/v1/collaborations")
                .then()
                .statusCode(400)
                .body("code", equalTo("UNKNOWN_FIELD"));
    }

    @Test
    void create_withSixteenMembers_isTheMost() {
        var members = new ArrayList<Caller>();
        for (int i = 0; i < 16; i++) {
            // The longest names: the entry of such terms is the largest.
            members.add(Caller.platform("agree-%02d-".formatted(i) + "x".repeat(55)));
        }
        propose(members.toArray(Caller[]::new)).then().statusCode(201).body("members", hasSize(16));
        members.add(SHOP);
        propose(members.toArray(Caller[]::new)).then().statusCode(400).body("code", equalTo("TOO_LARGE"));
    }

    @Test
    void sign_byAll_activatesUnderAFreshKey() {
        String id = propose(SHOP, VIDEO, BRAND).path("id");
        sign(SHOP, id).then().statusCode(200).body("state", equalTo("DRAFT")).body("keyEpoch", equalTo(0));
        sign(BRAND, id).then().statusCode(200).body("state", equalTo("DRAFT"));
        Response last = sign(VIDEO, id);
        last.then()
                .statusCode(200)
                .body("state", equalTo("ACTIVE"))
                .body("keyEpoch", equalTo(1))
                .body("members.findAll { it.signedAt != null }", hasSize(3));
        Json.Obj event = event(VIDEO, last.path("eventId"));
        assertEquals(Optional.of(Json.of("approval.given")), event.member("type"));
        assertEquals(Optional.of(Json.of(last.<String>path("agreementHash"))), event.member("agreementHash"));
        assertEquals(Optional.of(Json.of("ACTIVE")), event.member("state"));
    }

    @Test
    void sign_twice_isSigningOnce() {
        String id = propose(SHOP, BRAND).path("id");
        String first = sign(SHOP, id).path("eventId");
        sign(SHOP, id).then().statusCode(200).body("eventId", equalTo(first)).body("state", equalTo("DRAFT"));
        sign(BRAND, id).then().statusCode(200).body("state", equalTo("ACTIVE"));
        sign(SHOP, id).then().statusCode(200).body("state", equalTo("ACTIVE")).body("keyEpoch", equalTo(1));
    }

    @Test
    void sign_ofAnotherHash_isSubjectChanged() {
        String id = propose(SHOP, BRAND).path("id");
        String other = propose(SHOP, BRAND).path("agreementHash");
        sign(SHOP, id, other)
                .then()
                .statusCode(409)
                .body("code", equalTo("SUBJECT_CHANGED"))
                .body("eventId", notNullValue());
        sign(SHOP, id, "0".repeat(63)).then().statusCode(400).body("code", equalTo("INVALID_REQUEST"));
        SHOP.json("{\"agreementHash\":\"" + other + "\",\"x\":1}")
                .post("/v1/collaborations/" + id + "/signatures")
                .then()
                .statusCode(400)
                .body("code", equalTo("UNKNOWN_FIELD"));
        show(SHOP, id).then().body("members.findAll { it.signedAt != null }", empty());
    }

    @Test
    void list_showsAMembersOwn_andAnOfficerAll() {
        String mine = propose(SHOP, BRAND).path("id");
        String others = propose(VIDEO, STRANGER).path("id");
        BRAND.request()
                .get("/v1/collaborations?limit=200")
                .then()
                .statusCode(200)
                .body("items.id", hasItem(mine))
                .body("items.id", not(hasItem(others)));
        OFFICER.request()
                .get("/v1/collaborations?limit=2")
                .then()
                .statusCode(200)
                .body("items.id", contains(others, mine))
                .body("next", equalTo(mine));
    }

    @Test
    void list_pagesNewestFirst() {
        Caller pager = Caller.platform("agree-pager");
        String first = propose(pager, BRAND).path("id");
        String second = propose(pager, BRAND).path("id");
        String third = propose(pager, BRAND).path("id");
        Response page = pager.request().get("/v1/collaborations?limit=2");
        page.then().body("items.id", contains(third, second)).body("next", equalTo(second));
        pager.request()
                .get("/v1/collaborations?limit=2&cursor=" + second)
                .then()
                .body("items.id", contains(first))
                .body("next", nullValue());
        for (String bad : List.of("limit=0", "limit=201", "limit=x", "cursor=A%20B")) {
            pager.request().get("/v1/collaborations?" + bad).then().statusCode(400);
        }
    }

    @Test
    void outsiders_findNothing_whateverTheyTry() {
        String draft = propose(SHOP, BRAND).path("id");
        String active = active(SHOP, BRAND);
        String closed = active(SHOP, BRAND);
        close(SHOP, closed).then().statusCode(200);
        for (String id : List.of(draft, active, closed, NOWHERE, "x", "No%20Id")) {
            show(STRANGER, id).then().statusCode(404).body("code", equalTo("NOT_FOUND"));
            for (var verb : VERBS) {
                verb.apply(STRANGER, id).then().statusCode(404).body("code", equalTo("NOT_FOUND"));
            }
        }
    }

    @Test
    void refusalOfAnOutsider_looksTheSameForWhatExistsAndWhatDoesNot() {
        String draft = propose(SHOP, BRAND).path("id");
        for (String id : List.of(draft, NOWHERE)) {
            Response refused = close(STRANGER, id);
            refused.then().body("keySet()", contains("code", "eventId", "requestId", "status", "title", "type"));
            Json.Obj event = event(STRANGER, refused.path("eventId"));
            assertEquals(Optional.of(Json.of("request.refused")), event.member("type"));
            assertEquals(Optional.of(Json.of(id)), event.member("collaborationId"));
        }
    }

    private static final List<BiFunction<Caller, String, Response>> VERBS = List.of(
            (caller, id) -> sign(caller, id, "0".repeat(64)),
            CollaborationApi::withdraw,
            CollaborationApi::close,
            CollaborationApi::rotate,
            (caller, id) -> CollaborationApi.attach(caller, id, "link-a", 1, 1),
            (caller, id) -> CollaborationApi.detach(caller, id, "link-a"));

    @Test
    void member_inARoleItDoesNotTake_mayReadAndNothingElse() {
        String id = active(SHOP, BRAND);
        Caller asMerchant = Caller.merchant("agree-shop");
        show(asMerchant, id).then().statusCode(200);
        for (var verb : VERBS) {
            verb.apply(asMerchant, id).then().statusCode(403).body("code", equalTo("ROLE_REQUIRED"));
        }
    }

    @Test
    void draft_canBeSignedWithdrawnAndClosed_andNothingElse() {
        String id = propose(SHOP, BRAND).path("id");
        rotate(SHOP, id).then().statusCode(409).body("code", equalTo("STATE_CONFLICT"));
        CollaborationApi.attach(SHOP, id, "link-a", 1, 1)
                .then()
                .statusCode(409)
                .body("code", equalTo("STATE_CONFLICT"));
        close(BRAND, id).then().statusCode(200).body("state", equalTo("CLOSED"));
    }

    @Test
    void closed_allowsReadingAndClosingAgain_andNothingElse() {
        String id = active(SHOP, BRAND);
        String hash = show(SHOP, id).path("agreementHash");
        String closure = close(SHOP, id).path("eventId");
        close(BRAND, id)
                .then()
                .statusCode(200)
                .body("eventId", equalTo(closure))
                .body("state", equalTo("CLOSED"));
        for (Response refused : List.of(
                sign(SHOP, id, hash),
                withdraw(SHOP, id),
                rotate(SHOP, id),
                CollaborationApi.attach(SHOP, id, "link-a", 1, 1))) {
            refused.then()
                    .statusCode(409)
                    .body("code", equalTo("STATE_CONFLICT"))
                    .body("eventId", notNullValue());
        }
        show(BRAND, id)
                .then()
                .statusCode(200)
                .body("closedAt", notNullValue())
                .body("closureReason", equalTo("the test is over"));
    }

    @Test
    void close_needsAReason() {
        String id = active(SHOP, BRAND);
        for (String body : List.of("{}", "{\"reason\":\"short\"}", "{\"reason\":\"          x\"}", "{\"reason\":7}")) {
            SHOP.json(body)
                    .post("/v1/collaborations/" + id + "/closure")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("INVALID_REQUEST"));
        }
        SHOP.json("{\"reason\":\"" + "x".repeat(501) + "\"}")
                .post("/v1/collaborations/" + id + "/closure")
                .then()
                .statusCode(400)
                .body("code", equalTo("TOO_LARGE"));
        show(SHOP, id).then().body("state", equalTo("ACTIVE"));
    }

    @Test
    void rotate_beginsTheNextEpoch() {
        String id = active(SHOP, BRAND);
        Response rotated = rotate(BRAND, id);
        rotated.then().statusCode(200).body("keyEpoch", equalTo(2)).body("state", equalTo("ACTIVE"));
        assertEquals(
                Optional.of(Json.of("KEY_ROTATED")),
                event(BRAND, rotated.path("eventId")).member("change"));
        rotate(SHOP, id).then().body("keyEpoch", equalTo(3));
    }

    @Test
    void rotate_askedAgain_isDoneOnce() {
        String id = active(SHOP, BRAND);
        rotate(BRAND, id, 1).then().statusCode(200).body("keyEpoch", equalTo(2));
        rotate(BRAND, id, 1).then().statusCode(200).body("keyEpoch", equalTo(2));
        rotate(SHOP, id, 1).then().statusCode(200).body("keyEpoch", equalTo(2));
        rotate(SHOP, id, 3).then().statusCode(412).body("code", equalTo("VERSION_MISMATCH"));
        rotate(SHOP, id, 2).then().statusCode(200).body("keyEpoch", equalTo(3));
        rotate(SHOP, id, 1).then().statusCode(412).body("code", equalTo("VERSION_MISMATCH"));
    }

    @Test
    void withdraw_ofOneOfThree_leavesTheOthersActive() {
        String id = active(SHOP, VIDEO, BRAND);
        Response withdrawn = withdraw(VIDEO, id);
        withdrawn.then().statusCode(204).header("Tamis-Event", matchesPattern("[0-9a-f-]{36}"));
        assertEquals(
                Optional.of(Json.of("WITHDRAWN")),
                event(VIDEO, withdrawn.header("Tamis-Event")).member("change"));
        show(SHOP, id)
                .then()
                .body("state", equalTo("ACTIVE"))
                .body("members.findAll { it.withdrawnAt != null }.party", contains("agree-video"));
        show(VIDEO, id).then().statusCode(404);
        VIDEO.request().get("/v1/collaborations?limit=200").then().body("items.id", not(hasItem(id)));
        for (var verb : VERBS) {
            verb.apply(VIDEO, id).then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        }
    }

    @Test
    void withdraw_ofOneOfTwo_closes() {
        String id = active(SHOP, BRAND);
        withdraw(BRAND, id).then().statusCode(204);
        show(SHOP, id).then().body("state", equalTo("CLOSED")).body("closureReason", nullValue());
    }

    @Test
    void withdraw_fromADraft_closesIt_sinceItCanNeverBeSignedByAll() {
        String id = propose(SHOP, VIDEO, BRAND).path("id");
        sign(SHOP, id).then().statusCode(200);
        withdraw(BRAND, id).then().statusCode(204);
        show(SHOP, id).then().body("state", equalTo("CLOSED"));
        show(OFFICER, id).then().statusCode(200).body("state", equalTo("CLOSED"));
    }

    @Test
    void officer_readsAll_andChangesNothing() {
        String id = active(SHOP, BRAND);
        show(OFFICER, id).then().statusCode(200).body("id", equalTo(id));
        for (var verb : VERBS) {
            verb.apply(OFFICER, id).then().statusCode(403).body("code", equalTo("ROLE_REQUIRED"));
        }
    }

    @Test
    void sameTermsTwice_areTwoAgreements() {
        Response one = propose(SHOP, BRAND);
        Response two = propose(SHOP, BRAND);
        assertNotEquals(one.<String>path("id"), two.<String>path("id"));
        assertNotEquals(one.<String>path("agreementHash"), two.<String>path("agreementHash"));
        assertTrue(one.<String>path("id").compareTo(two.path("id")) < 0);
    }

    @Test
    void problems_neverSayMoreThanTheirCode() {
        String id = propose(SHOP, BRAND).path("id");
        sign(SHOP, id, "0".repeat(64))
                .then()
                .body("title", equalTo("What was to be approved has changed since it was read."))
                .body("type", containsString("docs/errors.md#subject_changed"));
    }
}
