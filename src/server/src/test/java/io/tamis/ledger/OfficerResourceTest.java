package io.tamis.ledger;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.tamis.data.Actor;
import io.tamis.data.EventId;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import io.tamis.log.EventType;
import io.tamis.log.ExportEntry;
import io.tamis.log.TlogProof;
import io.tamis.log.VerifierKey;
import io.tamis.server.TamisTest;
import io.tamis.server.TestTokens;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** What officers do over HTTP, and that nobody else does. */
@TamisTest
class OfficerResourceTest {
    private static final String OFFICE = "audit-office";
    private static final String PERSON = "5e".repeat(32);

    @Inject
    Ledger ledger;

    @Inject
    Events events;

    @Inject
    Jdbi jdbi;

    @Inject
    VerifierKey key;

    @Test
    void search_byJobAndParty_findsThoseAndIsLoggedWithoutTheValues() {
        var job = new JobId(UUID.randomUUID());
        var one = recorded("brand-a", EventType.JOB_SUBMITTED, job);
        var two = recorded("brand-b", EventType.JOB_FINISHED, job);
        assertEquals(List.of(one.toString(), two.toString()), found("job=" + job));
        assertEquals(List.of(one.toString()), found("job=" + job + "&party=brand-a"));
        assertEquals(List.of(two.toString()), found("job=" + job + "&type=job.finished"));
        assertEquals(List.of(), found("job=" + job + "&decision=DENY"));
        assertEquals(List.of(), found("job=" + job + "&to=2020-01-01T00:00:00Z"));
        var looks = items("type=audit.viewed&party=" + OFFICE, "event");
        assertTrue(looks.stream().anyMatch(event -> event.contains("\"by\":[\"party\",\"job\"]")), "says by what");
        assertTrue(looks.stream().noneMatch(event -> event.contains(job.toString())), "not for what");
    }

    @Test
    void holdsErasuresAndRetention_read_areLogged() {
        for (String read : List.of("holds", "erasures", "retention")) {
            String looked = "\"format\":\"" + read + "\"";
            long before = looks(looked);
            officer().get("/v1/ledger/" + read).then().statusCode(200);
            assertEquals(before + 1, looks(looked), read);
        }
    }

    private long looks(String format) {
        return items("type=audit.viewed&party=" + OFFICE + "&limit=200", "event").stream()
                .filter(event -> event.contains(format))
                .count();
    }

    @Test
    void search_ofAnotherForm_isRefused() {
        for (String query : List.of(
                "job=x",
                "party=No%20Such",
                "decision=MAYBE",
                "type=no.such",
                "from=yesterday",
                "from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
                "dataset=Orders",
                "job=x&limit=0",
                "cursor=-1&party=brand-a")) {
            officer()
                    .get("/v1/ledger/entries?" + query)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("INVALID_REQUEST"));
        }
    }

    /** Everything an auditor needs of a search's result, checked without us. */
    @Test
    void export_ofASearch_provesEachEntry() {
        var job = new JobId(UUID.randomUUID());
        var ids = List.of(
                recorded("brand-a", EventType.JOB_SUBMITTED, job).toString(),
                recorded("brand-a", EventType.JOB_FINISHED, job).toString());
        String lines = officer()
                .get("/v1/ledger/entries/export?job=" + job)
                .then()
                .statusCode(200)
                .contentType("application/jsonl")
                .extract()
                .asString();
        var seen = new ArrayList<String>();
        lines.lines().forEach(line -> seen.add(proven(Json.parse(line.getBytes(StandardCharsets.UTF_8)))));
        assertEquals(ids, seen);
    }

    @Test
    void disclosure_ofOwnEntry_isCompleteAndOthersSeeNone() {
        var id = recorded("brand-a", EventType.JOB_SUBMITTED, new JobId(UUID.randomUUID()));
        String path = "/v1/ledger/entries/" + id + "/disclosure";
        String told = as(Role.MERCHANT, "brand-a")
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertEquals(id.toString(), proven(Json.parse(told.getBytes(StandardCharsets.UTF_8))));
        as(Role.MERCHANT, "brand-b").get(path).then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        as(Role.OPERATOR, "an-operator").get(path).then().statusCode(404);
        var secret = recorded("brand-a", EventType.ACCESS_DECIDED, new JobId(UUID.randomUUID()));
        as(Role.MERCHANT, "brand-a")
                .get("/v1/ledger/entries/" + secret + "/disclosure")
                .then()
                .statusCode(404);
        officer().get("/v1/ledger/entries/" + secret + "/disclosure").then().statusCode(200);
    }

    @Test
    void hold_placedReadAndLifted_isListed() {
        String path = "/v1/ledger/holds/case-rest-1";
        String body = "{\"reason\":\"LITIGATION\",\"retention\":\"access\",\"month\":\"2026-05\"}";
        put(path, body).statusCode(201).body("scope", equalTo("MONTH")).body("month", equalTo("2026-05"));
        put(path, body).statusCode(200);
        put(path, "{\"reason\":\"DISPUTE\",\"whole\":true}").statusCode(409).body("code", equalTo("STATE_CONFLICT"));
        officer().get(path).then().statusCode(200).body("placedAt", notNullValue());
        officer().get("/v1/ledger/holds?limit=200").then().statusCode(200).body("items.id", hasItem("case-rest-1"));
        officer().delete(path).then().statusCode(200).body("liftedAt", notNullValue());
        officer().get("/v1/ledger/holds/case-none").then().statusCode(404);
        officer().delete("/v1/ledger/holds/case-none").then().statusCode(404);
        assertEquals(
                2,
                items("type=hold.changed", "event").stream()
                        .filter(event -> event.contains("case-rest-1"))
                        .count());
    }

    @Test
    void hold_orErasure_ofAnotherForm_isRefused() {
        for (String body : List.of(
                "{}",
                "{\"reason\":\"LITIGATION\"}",
                "{\"reason\":\"BECAUSE\",\"whole\":true}",
                "{\"reason\":\"DISPUTE\",\"retention\":\"access\"}",
                "{\"reason\":\"DISPUTE\",\"retention\":\"access\",\"month\":\"2026-13\"}",
                "{\"reason\":\"DISPUTE\",\"retention\":\"permanent\",\"month\":\"2026-01\"}",
                "{\"reason\":\"DISPUTE\",\"retention\":\"access\",\"month\":\"2026-01\",\"whole\":true}",
                "{\"reason\":\"DISPUTE\",\"subjectRef\":\"u-17\"}",
                "[]")) {
            put("/v1/ledger/holds/case-bad", body).statusCode(400);
            erase(body.replace("LITIGATION", "SUBJECT_REQUEST").replace("DISPUTE", "RETENTION_OVER"))
                    .statusCode(400);
        }
        put("/v1/ledger/holds/Case!", "{\"reason\":\"DISPUTE\",\"whole\":true}").statusCode(400);
        erase("{\"reason\":\"RETENTION_OVER\",\"whole\":true}").statusCode(400);
        erase("{\"reason\":\"RETENTION_OVER\",\"whole\":false,\"subjectRef\":\"" + PERSON + "\",\"x\":1}")
                .statusCode(400)
                .body("code", equalTo("UNKNOWN_FIELD"));
    }

    /** Content of today has to be kept: the same answer whoever asks, and nothing changes. */
    @Test
    void erasure_duringTheDuty_isRefused() {
        var event = events.of(EventType.ACCESS_REPORTED, actor("brand-a"))
                .with("subjectRef", Json.of(PERSON))
                .build();
        jdbi.useTransaction(tx -> ledger.append(tx, event));
        ledger.await(event.id());
        erase("{\"reason\":\"SUBJECT_REQUEST\",\"subjectRef\":\"" + PERSON + "\"}")
                .statusCode(409)
                .body("code", equalTo("RETENTION_DUTY"));
        erase("{\"reason\":\"SUBJECT_REQUEST\",\"subjectRef\":\"" + "5f".repeat(32) + "\"}")
                .statusCode(404)
                .body("code", equalTo("NOT_FOUND"));
        officer().get("/v1/ledger/entries/" + event.id()).then().statusCode(200).body("event.v", equalTo(1));
    }

    @Test
    void retention_tellsClassesAndWhatIsDue() {
        officer()
                .get("/v1/ledger/retention")
                .then()
                .statusCode(200)
                .body("classes.retention", equalTo(List.of("access", "decisions", "accounts")))
                .body("classes[0].duty", equalTo("P6M"))
                .body("due", hasSize(0));
        officer().get("/v1/ledger/erasures").then().statusCode(200).body("items.state", everyItem(notNullValue()));
    }

    /** Nobody but the officer searches, holds, erases or reads what was; a change of the root key is the operator's too. */
    @Test
    void officersDoors_asAnyoneElse_areClosed() {
        for (Role role : Role.values()) {
            if (role == Role.COMPLIANCE_OFFICER) {
                continue;
            }
            for (String path : List.of("entries?job=x", "entries/export", "holds", "erasures", "retention")) {
                as(role, "brand-a")
                        .get("/v1/ledger/" + path)
                        .then()
                        .statusCode(403)
                        .body("code", equalTo("ROLE_REQUIRED"));
            }
        }
    }

    private String proven(Json told) {
        var fields = new JsonFields(told);
        var proof = TlogProof.parse(fields.string("proof", TlogProof.CHARACTERS_MAX));
        assertTrue(proof.verifies(key));
        var entry = ExportEntry.parse(((Json.Obj) told).without("proof").canonicalBytes());
        assertEquals(entry.entry(), proof.entry(), "event and salt make what the tree holds");
        assertEquals(entry.index(), proof.index());
        assertFalse(((Json.Obj) told).member("anchor").isPresent(), "no chain here");
        return entry.id().toString();
    }

    private static List<String> found(String query) {
        return officer()
                .get("/v1/ledger/entries?" + query)
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
    }

    /** All pages' values of one member, as JSON. */
    private static List<String> items(String query, String member) {
        var items = new ArrayList<String>();
        String cursor = "0";
        while (!cursor.isEmpty()) {
            var page = new JsonFields(Json.parse(officer()
                    .get("/v1/ledger/entries?limit=200&cursor=" + cursor + "&" + query)
                    .then()
                    .statusCode(200)
                    .extract()
                    .asByteArray()));
            items.addAll(page.optionalList(
                    "items",
                    200,
                    item -> ((Json.Obj) item).member(member).orElseThrow().canonical()));
            cursor = page.optionalString("next", 20).orElse("");
        }
        return items;
    }

    private static ValidatableResponse put(String path, String body) {
        return officer().contentType("application/json").body(body).put(path).then();
    }

    private static ValidatableResponse erase(String body) {
        return officer()
                .contentType("application/json")
                .body(body)
                .post("/v1/ledger/erasures")
                .then();
    }

    private EventId recorded(String party, EventType type, JobId job) {
        var event = events.of(type, actor(party)).job(job).build();
        jdbi.useTransaction(tx -> ledger.append(tx, event));
        return ledger.await(event.id()).eventId();
    }

    private static Actor actor(String party) {
        return new Actor(
                new PartyId(party),
                LedgerContract.MERCHANT.person(),
                Role.MERCHANT,
                LedgerContract.MERCHANT.department());
    }

    private static RequestSpecification officer() {
        return as(Role.COMPLIANCE_OFFICER, OFFICE);
    }

    private static RequestSpecification as(Role role, String party) {
        return RestAssured.given().header("Authorization", "Bearer " + TestTokens.of(role, party));
    }
}
