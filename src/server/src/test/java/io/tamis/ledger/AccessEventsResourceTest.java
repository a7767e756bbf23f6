package io.tamis.ledger;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.IdSource;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import io.tamis.log.EventType;
import io.tamis.log.TlogProof;
import io.tamis.log.VerifierKey;
import io.tamis.server.TamisTest;
import io.tamis.server.TestTokens;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@TamisTest
class AccessEventsResourceTest {
    private static final String SHOP = "shop";
    private static final String REF = "5e".repeat(32);
    private static final DateTimeFormatter AT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Inject
    IdSource ids;

    @Inject
    Ledger ledger;

    @Inject
    VerifierKey key;

    @Test
    void record_several_areInTheLogWithProofs() {
        var events = IntStream.range(0, 64).mapToObj(i -> event(now())).toList();
        Response answer = post(SHOP, body(events));
        assertEquals(200, answer.statusCode());
        List<Map<String, Object>> items = answer.jsonPath().getList("items");
        assertEquals(64, items.size());
        for (int i = 0; i < events.size(); i++) {
            assertEquals(text(events.get(i), "id"), items.get(i).get("eventId"));
        }
        var receipt = ledger.await(EventId.parse(text(events.getLast(), "id")));
        assertEquals(((Number) items.getLast().get("index")).longValue(), receipt.index());
        assertTrue(TlogProof.parse(receipt.tlogProof()).verifies(key));
    }

    @Test
    void record_entry_saysWhatTheTokenAndTheBodySay() {
        var event = event(now())
                .with("columns", Json.strings(List.of("phone", "city")))
                .with("subjectRef", Json.of(REF))
                .with("operatorRef", Json.of(REF))
                .with("legalBasis", Json.of("CONTRACT"))
                .with("reasonCode", Json.of("TICKET_OPEN"))
                .with("rows", Json.of(1))
                .with("subjectCount", Json.of(1));
        assertEquals(200, post(SHOP, body(List.of(event))).statusCode());
        ledger.await(EventId.parse(text(event, "id")));
        var entry = given().auth()
                .oauth2(TestTokens.of(Role.PLATFORM, SHOP))
                .get("/v1/ledger/entries/" + text(event, "id"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertEquals(EventType.ACCESS_REPORTED.wire(), entry.getString("event.type"));
        assertEquals(SHOP, entry.getString("event.tenant"));
        assertEquals("platform", entry.getString("event.actor.role"));
        assertEquals(List.of("phone", "city"), entry.getList("event.columns.name"));
        // By this name, or the event is sealed under everybody's key and erasing the person leaves it.
        assertEquals(REF, entry.getString("event.subjectRef"));
        assertEquals("PERMIT", entry.getString("event.decision"));
        assertEquals(text(event, "at"), entry.getString("event.at"));
    }

    @Test
    void record_repeated_isRecordedOnce() {
        String body = body(List.of(event(now()), event(now())));
        List<Object> first = post(SHOP, body).jsonPath().getList("items");
        assertEquals(2, first.size());
        assertEquals(first, post(SHOP, body).jsonPath().getList("items"));
    }

    @Test
    void record_otherEventUnderAKnownId_conflictsAndRecordsNothing() {
        var known = event(now());
        post(SHOP, body(List.of(known)));
        var beside = event(now());
        var other = known.with("action", Json.of("EXPORT"));
        assertCode(409, Code.STATE_CONFLICT, post(SHOP, body(List.of(beside, other))));
        assertCode(409, Code.STATE_CONFLICT, post("video", body(List.of(known))));
        given().auth()
                .oauth2(TestTokens.of(Role.PLATFORM, SHOP))
                .get("/v1/ledger/entries/" + text(beside, "id"))
                .then()
                .statusCode(404);
    }

    @Test
    void record_withoutIdAndTime_getsThemFromUs() {
        var answer = post(SHOP, body(List.of(event(now()).without("id", "at"))));
        assertEquals(200, answer.statusCode());
        assertEquals(
                7,
                EventId.parse(answer.jsonPath().getString("items[0].eventId"))
                        .value()
                        .version());
    }

    @Test
    void read_byAnotherParty_findsNothing() {
        var event = event(now());
        post(SHOP, body(List.of(event)));
        for (Role role : List.of(Role.MERCHANT, Role.PLATFORM)) {
            given().auth()
                    .oauth2(TestTokens.of(role, "video"))
                    .get("/v1/ledger/entries/" + text(event, "id"))
                    .then()
                    .statusCode(404);
        }
    }

    @Test
    void record_wrongInOneField_isOneCodedRefusal() {
        var good = event(now());
        var wrong = List.of(
                good.without("action"),
                good.without("decision"),
                good.without("purpose"),
                good.without("dataset"),
                good.without("id"),
                good.without("at"),
                good.with("action", Json.of("LOOK")),
                good.with("purpose", Json.of("BECAUSE")),
                good.with("dataset", Json.of("No Such")),
                good.with("id", Json.of("01980000-0000-4000-8000-000000000000")),
                good.with("at", Json.of("2026-13-01T00:00:00.000Z")),
                good.with("at", Json.of(AT.format(now().plus(Duration.ofMinutes(6))))),
                good.with("at", Json.of(AT.format(now().minus(Duration.ofDays(32))))),
                good.with("subjectRef", Json.of("13800138000")),
                good.with("operatorRef", Json.of("someone")),
                good.with("legalBasis", Json.of("because we can")),
                good.with("rows", Json.of(-1)),
                good.with("columns", Json.strings(List.of("Not A Column"))),
                good.with("columns", Json.of("phone")));
        for (Json.Obj event : wrong) {
            assertCode(400, Code.INVALID_REQUEST, post(SHOP, body(List.of(event(now()), event))));
        }
        assertCode(400, Code.UNKNOWN_FIELD, post(SHOP, body(List.of(good.with("tenant", Json.of("video"))))));
        assertCode(400, Code.INVALID_REQUEST, post(SHOP, body(List.of(good, good))));
        assertCode(400, Code.INVALID_REQUEST, post(SHOP, "{\"events\":[]}"));
        assertCode(400, Code.INVALID_REQUEST, post(SHOP, "{"));
    }

    @Test
    void record_moreThanTogetherAllowed_isTooLarge() {
        var many = IntStream.range(0, Ledger.RECORD_MAX + 1)
                .mapToObj(i -> event(now()))
                .toList();
        assertCode(400, Code.TOO_LARGE, post(SHOP, body(many)));
        assertCode(400, Code.TOO_LARGE, post(SHOP, " ".repeat(AccessEventsResource.BODY_BYTES_MAX + 1)));
    }

    @Test
    void inFlight_overAPartysShare_isLimitedAndOthersAreNot() {
        var share = new EventsInFlight(3);
        var busy = new PartyId("busy");
        share.recording(busy, 2, () -> {
            assertEquals(
                    Code.RATE_LIMITED,
                    assertThrows(LedgerException.class, () -> share.recording(busy, 2, () -> 0))
                            .code());
            return share.recording(new PartyId("other"), 3, () -> 0) + share.recording(busy, 1, () -> 0);
        });
        assertEquals(1, share.recording(busy, 3, () -> 1));
    }

    @Test
    void inFlight_afterAFailure_isFreeAgain() {
        var share = new EventsInFlight(1);
        var party = new PartyId("busy");
        assertThrows(
                LedgerException.class,
                () -> share.recording(party, 1, () -> {
                    throw new LedgerException(Code.LEDGER_UNAVAILABLE);
                }));
        assertEquals(1, share.recording(party, 1, () -> 1));
    }

    private Json.Obj event(Instant at) {
        return Json.object()
                .put("id", ids.next().toString())
                .put("at", AT.format(at))
                .put("action", "READ")
                .put("decision", "PERMIT")
                .put("purpose", "SUBJECT_RIGHTS")
                .put("dataset", "crm-customers")
                .build();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String text(Json.Obj event, String name) {
        return ((Json.Str) event.member(name).orElseThrow()).value();
    }

    private static String body(List<Json.Obj> events) {
        return Json.object().put("events", Json.array(events)).build().canonical();
    }

    private static Response post(String party, String body) {
        return given().auth()
                .oauth2(TestTokens.of(Role.PLATFORM, party))
                .contentType("application/json")
                .body(body)
                .post("/v1/ledger/access-events");
    }

    private static void assertCode(int status, Code code, Response answer) {
        assertEquals(code.name(), answer.jsonPath().getString("code"));
        assertEquals(status, answer.statusCode());
    }
}
