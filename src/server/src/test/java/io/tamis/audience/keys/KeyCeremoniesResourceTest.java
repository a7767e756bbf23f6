package io.tamis.audience.keys;

import static io.tamis.audience.KeyGroup.as;
import static io.tamis.audience.KeyGroup.officer;
import static io.tamis.audience.KeyGroup.retire;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import io.tamis.audience.KeyGroup;
import io.tamis.audience.KeyGroup.Cast;
import io.tamis.audience.board.BoardException;
import io.tamis.catalog.collaboration.CollaborationApi;
import io.tamis.catalog.collaboration.CollaborationApi.Caller;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.Message;
import io.tamis.holder.MessageContext;
import io.tamis.holder.SignedMessage;
import io.tamis.holder.ceremony.Stage;
import io.tamis.server.TamisTest;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The board of a ceremony from its opening to the key, and all that it does not take. */
@TamisTest
class KeyCeremoniesResourceTest {
    private static final String CANCELLATION = "{\"reason\":\"the test is over\"}";

    private final KeyGroup group = KeyGroup.of("keys", "tags-a");

    @Inject
    KeyEpochs epochs;

    @Inject
    Jdbi jdbi;

    /** One ceremony is open at a time: a test that leaves one would stop the next. */
    @AfterEach
    void cancelWhatIsOpen() {
        Response list = officer().get("/v1/key-ceremonies?limit=200");
        list.jsonPath()
                .getList("items.findAll { it.state == 'OPEN' }.id", String.class)
                .forEach(id -> officer()
                        .contentType("application/json")
                        .body(CANCELLATION)
                        .post("/v1/key-ceremonies/" + id + "/cancellation")
                        .then()
                        .statusCode(200));
    }

    @Test
    void ceremony_ofAllSteps_makesAKeyThatAllSigned() {
        var cast = opened();
        for (var stage : Stage.values()) {
            cast.show().then().body("state", equalTo("OPEN")).body("stage", equalTo(stage.name()));
            cast.speak(stage);
        }
        cast.show().then().body("state", equalTo("FINISHED")).body("messages", hasSize(27));
        long number = cast.terms().epoch().number();
        Response shown = as(Role.PLATFORM, "tags-a").get("/v1/key-epochs/" + number);
        shown.then()
                .statusCode(200)
                .body("state", equalTo("ACTIVE"))
                .body("publicKey", equalTo(cast.key().hash().hex()))
                .body("openings.used", equalTo(3))
                .body("openings.max", equalTo(1024))
                .body("statements", hasSize(3));
        var statement = SignedMessage.fromJson(((Json.Arr) ((Json.Obj) Json.parse(shown.asByteArray()))
                        .member("statements")
                        .orElseThrow())
                .items()
                .getFirst());
        assertTrue(statement.verifiedBy(group.roster().holders().getFirst().key()));
        byte[] key = as(Role.PLATFORM, "tags-a")
                .get("/v1/key-epochs/" + number + "/public-key")
                .asByteArray();
        assertArrayEquals(cast.key().bytes(), key);
        var officer = new Caller(Role.COMPLIANCE_OFFICER, "authority");
        Json.Obj finished = CollaborationApi.event(officer, cast.show().path("eventId"));
        assertEquals(Json.of("key.ceremony"), finished.member("type").orElseThrow());
        assertEquals(Json.of("FINISHED"), finished.member("state").orElseThrow());
        Response retired = retire(number, false);
        Json.Obj destroyed = CollaborationApi.event(
                officer, retired.then().statusCode(200).extract().header("Tamis-Event"));
        assertEquals(Json.of("key.destroyed"), destroyed.member("type").orElseThrow());
        assertEquals(Json.of(number), destroyed.member("keyEpoch").orElseThrow());
        assertEquals(java.util.Optional.empty(), destroyed.member("keyIds"));
    }

    @Test
    void openings_areCountedUpToTheCap_andNotUnderARetiredKey() {
        var epoch = new KeyEpoch(group.made());
        jdbi.useTransaction(tx -> epochs.open(tx, epoch, 1021));
        assertCode(Code.STATE_CONFLICT, () -> jdbi.useTransaction(tx -> epochs.open(tx, epoch, 1)));
        assertEquals(
                new Openings(1024, 1024),
                jdbi.inTransaction(tx -> epochs.find(tx, epoch)).orElseThrow().openings());
        retire(epoch.number(), false).then().statusCode(200).body("state", equalTo("RETIRED"));
        assertCode(Code.KEY_EPOCH_MISSING, () -> jdbi.useTransaction(tx -> epochs.open(tx, epoch, 1)));
        assertCode(Code.KEY_EPOCH_MISSING, () -> jdbi.useTransaction(tx -> epochs.hold(tx, epoch)));
    }

    @Test
    void retirement_isForEver_andAKeyCanStillBeFoundCompromised() {
        long epoch = group.made();
        retire(epoch, false).then().statusCode(200).body("state", equalTo("RETIRED"));
        retire(epoch, false).then().statusCode(200);
        retire(epoch, true).then().statusCode(200).body("state", equalTo("COMPROMISED"));
        retire(epoch, false).then().statusCode(409).body("code", equalTo("STATE_CONFLICT"));
        assertTrue(jdbi.inTransaction(epochs::active).stream()
                .noneMatch(key -> key.epoch().number() == epoch));
    }

    @Test
    void message_again_changesNothing_andAnotherOfTheStepIsRefused() {
        var cast = opened();
        PartyId first = group.holder(1);
        var message = cast.message(Stage.COMMIT, first);
        cast.post(first, message).then().statusCode(201);
        cast.post(first, message)
                .then()
                .statusCode(200)
                .body("hash", equalTo(message.hash().hex()));
        var other = cast.message(
                Stage.COMMIT, first, cast.body(Stage.COMMIT, first).with("commitment", Json.of("00".repeat(32))));
        refused(cast.post(first, other), 409, "STATE_CONFLICT");
        cast.show().then().body("messages", hasSize(1)).body("missing", hasSize(2));
    }

    @Test
    void messageOfAnother_orUnsigned_orOfAnotherBoard_isRefused() {
        var cast = opened();
        PartyId first = group.holder(1);
        PartyId second = group.holder(2);
        var message = cast.message(Stage.COMMIT, first);
        refused(cast.post(second, message), 400, "INVALID_REQUEST");
        refused(cast.post(new PartyId("a-stranger"), message), 404, "NOT_FOUND");
        Message said = message.message();
        refused(cast.post(first, KeyGroup.signed(said, second.value())), 400, "INVALID_REQUEST");
        refused(cast.post(first, resigned(said, said.roster(), "kc_01980000-0000-7000-8000-000000000001")), 400, null);
        refused(
                cast.post(
                        first,
                        resigned(said, Hash.sha256(new byte[1]), said.context().value())),
                400,
                null);
        cast.show().then().body("messages", hasSize(0));
    }

    @Test
    void messageOutOfOrder_orOfNoForm_isRefused() {
        var cast = opened();
        PartyId first = group.holder(1);
        var early = cast.message(
                Stage.VERDICTS, first, cast.body(Stage.COMMIT, first).without("commitment"));
        refused(cast.post(first, early), 409, "STATE_CONFLICT");
        var bare =
                cast.message(Stage.COMMIT, first, cast.body(Stage.COMMIT, first).without("commitment"));
        refused(cast.post(first, bare), 400, "INVALID_REQUEST");
        var stale = cast.message(
                Stage.COMMIT, first, cast.body(Stage.COMMIT, first).with("seen", Json.of("11".repeat(32))));
        refused(cast.post(first, stale), 409, "STATE_CONFLICT");
        cast.speak(Stage.COMMIT);
        var wrong = cast.message(
                Stage.REVEAL, first, cast.body(Stage.REVEAL, first).with("nonce", Json.of("22".repeat(32))));
        refused(cast.post(first, wrong), 400, "INVALID_REQUEST");
    }

    @Test
    void messageBeforeItsParts_isRefused() {
        var cast = opened();
        for (var stage : java.util.List.of(Stage.COMMIT, Stage.REVEAL, Stage.CANDIDATES, Stage.COINS)) {
            cast.speak(stage);
        }
        PartyId first = group.holder(1);
        var opening = cast.message(Stage.OPENINGS, first);
        refused(cast.post(first, opening), 409, "STATE_CONFLICT");
        cast.parts(Stage.OPENINGS, first)
                .forEach(part -> cast.put(first, part).then().statusCode(201));
        cast.post(first, opening).then().statusCode(201);
    }

    /** A holder that accuses ends the ceremony at once; who is right, the board tells. */
    @Test
    void accusation_abortsTheCeremony_namingTheParty() {
        var cast = opened();
        for (var stage : java.util.List.of(Stage.COMMIT, Stage.REVEAL, Stage.CANDIDATES, Stage.COINS, Stage.OPENINGS)) {
            cast.speak(stage);
        }
        for (int i = 1; i <= 3; i++) {
            var body = cast.body(Stage.VERDICTS, group.holder(i));
            var said = i == 2 ? body.with("accused", Json.of(group.holder(3).value())) : body;
            cast.post(group.holder(i), cast.message(Stage.VERDICTS, group.holder(i), said))
                    .then()
                    .statusCode(201);
        }
        cast.show()
                .then()
                .body("state", equalTo("ABORTED"))
                .body("fault", equalTo("WRONG_OPENING"))
                .body("faulty", contains(group.holder(3).value()));
        refused(cast.put(group.holder(1), new byte[] {1}), 409, "STATE_CONFLICT");
    }

    /** Had they signed another key than their candidates give, nobody could encrypt to it. */
    @Test
    void keyThatTheCandidatesDoNotGive_abortsTheCeremony() {
        var cast = opened();
        for (var stage : Stage.values()) {
            if (stage != Stage.DONE) {
                cast.speak(stage);
            }
        }
        for (int i = 1; i <= 3; i++) {
            var body = cast.body(Stage.DONE, group.holder(i)).with("key", Json.of("33".repeat(32)));
            cast.post(group.holder(i), cast.message(Stage.DONE, group.holder(i), body))
                    .then()
                    .statusCode(201);
        }
        cast.show().then().body("state", equalTo("ABORTED")).body("fault", equalTo("WRONG_KEY"));
        officer().get("/v1/key-epochs/" + cast.terms().epoch().number()).then().statusCode(404);
    }

    @Test
    void blob_ofAnotherDigest_tooLong_orEmpty_isRefused() {
        var cast = opened();
        PartyId first = group.holder(1);
        String place = cast.path() + "/blobs/";
        String digest = Hash.sha256(new byte[] {1}).hex();
        refused(put(first, place + digest, new byte[] {2}), 400, "DIGEST_MISMATCH");
        byte[] bomb = new byte[(4 << 20) + 1];
        refused(put(first, place + Hash.sha256(bomb).hex(), bomb), 400, "TOO_LARGE");
        refused(put(first, place + Hash.sha256(new byte[0]).hex(), new byte[0]), 400, "INVALID_REQUEST");
        refused(put(new PartyId("a-stranger"), place + digest, new byte[] {1}), 404, "NOT_FOUND");
        refused(put(first, place + "not-a-digest", new byte[] {1}), 404, "NOT_FOUND");
        put(first, place + digest, new byte[] {1}).then().statusCode(201);
        put(first, place + digest, new byte[] {1}).then().statusCode(200);
        assertArrayEquals(
                new byte[] {1},
                as(Role.KEY_HOLDER, group.holder(2).value()).get(place + digest).asByteArray());
        as(Role.KEY_HOLDER, "a-stranger").get(place + digest).then().statusCode(404);
    }

    @Test
    void secondCeremony_whileOneIsOpen_isRefused_andAnotherProfileNeverOpens() {
        var cast = opened();
        refused(group.open(), 409, "STATE_CONFLICT");
        var roster = group.roster().toJson();
        refused(open(roster.with("profile", Json.of("AGG-1"))), 400, "INVALID_REQUEST");
        refused(open(roster.with("lambda", Json.of(41))), 400, "INVALID_REQUEST");
        refused(open(roster.with("surprise", Json.of(1))), 400, "UNKNOWN_FIELD");
        cancel(cast).then().statusCode(200).body("state", equalTo("ABORTED")).body("fault", equalTo("CANCELLED"));
        refused(cancel(cast), 409, "STATE_CONFLICT");
        refused(cast.post(group.holder(1), cast.message(Stage.COMMIT, group.holder(1))), 409, "STATE_CONFLICT");
    }

    @Test
    void list_showsAHolderItsOwn_andAnOfficerAll() {
        var cast = opened();
        String id = cast.terms().id().toString();
        as(Role.KEY_HOLDER, group.holder(2).value())
                .get("/v1/key-ceremonies")
                .then()
                .body("items.id", hasItem(id));
        as(Role.KEY_HOLDER, "a-stranger").get("/v1/key-ceremonies").then().body("items", hasSize(0));
        as(Role.KEY_HOLDER, "a-stranger").get(cast.path()).then().statusCode(404);
        cast.show().then().body("missing", containsInAnyOrder("keys-h1", "keys-h2", "keys-h3"));
    }

    private Cast opened() {
        Response opened = group.open();
        opened.then().statusCode(201).body("state", equalTo("OPEN"));
        return group.new Cast(opened.path("id"), opened.path("keyEpoch"));
    }

    private static Response open(Json roster) {
        return officer()
                .contentType("application/json")
                .body(roster.canonical())
                .post("/v1/key-ceremonies");
    }

    private static Response cancel(Cast cast) {
        return officer().contentType("application/json").body(CANCELLATION).post(cast.path() + "/cancellation");
    }

    private static Response put(PartyId holder, String path, byte[] bytes) {
        return as(Role.KEY_HOLDER, holder.value())
                .contentType("application/octet-stream")
                .body(bytes)
                .put(path);
    }

    private static SignedMessage resigned(Message said, Hash roster, String context) {
        return KeyGroup.signed(
                new Message(said.type(), roster, new MessageContext(context), said.from(), said.body()),
                said.from().value());
    }

    private static void refused(Response response, int status, String code) {
        assertEquals(status, response.statusCode(), response.asString());
        if (code != null) {
            assertEquals(code, response.jsonPath().getString("code"));
        }
    }

    private static void assertCode(Code code, org.junit.jupiter.api.function.Executable refused) {
        assertEquals(code, assertThrows(BoardException.class, refused).code());
    }
}
