package io.tamis.audience;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import io.tamis.audience.AudienceScene.Tag;
import io.tamis.catalog.Catalog;
import io.tamis.catalog.collaboration.CollaborationApi;
import io.tamis.catalog.collaboration.CollaborationApi.Caller;
import io.tamis.catalog.order.Positions;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.Hash;
import io.tamis.data.IdentifierText;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.Role;
import io.tamis.data.Semantic;
import io.tamis.he.HeException;
import io.tamis.he.SignedBody;
import io.tamis.he.ring.Seed;
import io.tamis.he.threshold.MerchantSecret;
import io.tamis.he.threshold.SwitchedSum;
import io.tamis.holder.check.TicketVerdict;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.SignedTicket;
import io.tamis.holder.ticket.TicketSegment;
import io.tamis.privacy.Cell;
import io.tamis.server.TamisTest;
import io.tamis.server.TestApi;
import io.tamis.server.TestTokens;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Two platforms' encrypted tags, three key holders of whom two open, a merchant. The server draws no noise in the test profile, and
 * holders the noise each test says, so every number is exact.
 *
 * <p>On aud-a are persons 0 to 899, 300 in each arm; on aud-b persons 600 to 1,250: 216 in alpha, 217 in beta, 218 in gamma. A job of
 * 3,000 micro-rho gives each of three measures 1,000: sigma 22.36, so a segment is opened from k + 167 = 217 users of each
 * platform on.
 */
@TamisTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AudienceAggregateTest {
    private static final int A_PERSONS = 900;
    private static final int B_FIRST = 600;
    private static final int B_ALPHA = 216;
    private static final int B_BETA = 217;
    private static final int B_PERSONS = 651;
    private static final List<String> ARMS = List.of("alpha", "beta", "gamma");
    private static final List<String> BANDS = List.of("low", "middle", "high");
    private static final List<String> SIDES = List.of("left", "right");
    private static final String BY_BAND = """
            {"metric":"COUNT","buckets":{"aud-a":"bands","aud-b":"bands"}}""";
    private static final Caller A = Caller.platform("aud-a");
    private static final Caller B = Caller.platform("aud-b");
    private static final Caller SISTER = Caller.merchant("aud-sister");
    private static final String BY_ARM = """
            {"metric":"COUNT","tags":{"aud-a":"buyers","aud-b":"buyers"},"groupBy":"arm"}""";
    private static final AtomicInteger NAMES = new AtomicInteger();

    @Inject
    Jdbi jdbi;

    @Inject
    Catalog catalog;

    @Inject
    KeyProvider keys;

    @Inject
    Positions positions;

    private AudienceScene scene;
    private String collaboration;

    @BeforeAll
    void agree() {
        CollaborationApi.load(A, "aud-a", 1, csv(0, A_PERSONS));
        CollaborationApi.load(B, "aud-b", 1, csv(B_FIRST, B_PERSONS));
        collaboration = CollaborationApi.active(
                Caller.merchant("aud-m0"),
                Caller.merchant("aud-m1"),
                Caller.merchant("aud-m2"),
                Caller.merchant("aud-m3"),
                Caller.merchant("aud-m4"),
                Caller.merchant("aud-m5"),
                SISTER,
                A,
                B);
        CollaborationApi.attach(A, collaboration, "aud-a", 1, 1).then().statusCode(201);
        CollaborationApi.attach(B, collaboration, "aud-b", 1, 1).then().statusCode(201);
        scene = AudienceScene.make(jdbi, keys);
        scene.encrypt(catalog, positions, "aud-a", identifiers(0, A_PERSONS), tags(0));
        scene.encrypt(catalog, positions, "aud-b", identifiers(B_FIRST, B_PERSONS), tags(B_FIRST));
    }

    @AfterAll
    void retire() {
        scene.retire();
    }

    @BeforeEach
    void alone() {
        scene.nobodyWasSeen();
    }

    private static List<Tag> tags(int first) {
        return List.of(
                Tag.atLeast("buyers", 5, at -> orders(first + at) >= 5 ? 1 : 0),
                Tag.value("orders", "orders", at -> orders(first + at)),
                Tag.value("undeclared", "resident_id", at -> 1),
                first == 0
                        ? Tag.buckets("bands", "band", BANDS, 500, 30, 300)
                        : Tag.buckets("bands", "band", BANDS, 200, 60, 9),
                Tag.buckets("groups", "group", first == 0 ? SIDES : SIDES.reversed(), 10, 10));
    }

    private static int orders(int person) {
        return person % 11;
    }

    private static String arm(int first, int at) {
        if (first == 0) {
            return ARMS.get(at % 3);
        }
        return at < B_ALPHA ? "alpha" : at < B_ALPHA + B_BETA ? "beta" : "gamma";
    }

    private static String csv(int first, int persons) {
        return IntStream.range(0, persons)
                .mapToObj(at ->
                        CollaborationApi.spaced(first + at) + "," + arm(first, at) + ",left," + orders(first + at))
                .collect(Collectors.joining("\n", "person,arm,side,orders\n", "\n"));
    }

    private static List<String> identifiers(int first, int persons) {
        return IntStream.range(first, first + persons)
                .mapToObj(person -> IdentifierText.normalise(new Semantic("CN_MOBILE"), CollaborationApi.spaced(person))
                        .orElseThrow())
                .toList();
    }

    /** What the tags of an arm add up to on both platforms. */
    private static long truth(String arm, java.util.function.IntUnaryOperator value) {
        long a = IntStream.range(0, A_PERSONS)
                .filter(at -> arm(0, at).equals(arm))
                .map(value)
                .sum();
        return a
                + IntStream.range(0, B_PERSONS)
                        .filter(at -> arm(B_FIRST, at).equals(arm))
                        .map(at -> value.applyAsInt(B_FIRST + at))
                        .sum();
    }

    private static int buyer(int person) {
        return orders(person) >= 5 ? 1 : 0;
    }

    private String body(String params, int rho) {
        return """
                {"jobRequestId":"aud-%d","type":"AUDIENCE_AGGREGATE","collaborationId":"%s",\
                "datasets":[{"id":"aud-b","version":1,"purpose":"AUDIENCE_INSIGHT"},{"id":"aud-a","version":1,"purpose":"AUDIENCE_INSIGHT"}],\
                "params":%s,"privacy":{"rhoMicro":%d},"reason":"a test of the service","acceptLowUtility":true}""".formatted(NAMES.incrementAndGet(), collaboration, params, rho);
    }

    private JobId waiting(String merchant, String params, int rho) {
        var job = JobId.parse(TestApi.submit(merchant, body(params, rho))
                .then()
                .statusCode(202)
                .extract()
                .path("jobId"));
        AudienceScene.await(() -> !List.of("QUEUED", "RUNNING").contains(scene.stored(job)));
        assertEquals("AWAITING_SHARES", scene.stored(job));
        // Merchants see a state from the next tick on.
        AudienceScene.await(() -> "AWAITING_SHARES".equals(show(merchant, job).path("state")));
        return job;
    }

    private static Json.Obj result(String merchant, JobId job) {
        TestApi.await(merchant, job.toString()).then().statusCode(200).body("state", equalTo("SUCCEEDED"));
        return (Json.Obj) Json.parse(TestApi.result(merchant, job.toString())
                .then()
                .statusCode(200)
                .extract()
                .asByteArray());
    }

    /** Values of the rows, each cell's, null where withheld. */
    private static List<List<String>> rows(Json.Obj envelope) {
        return new JsonFields(envelope)
                .object("result").list("rows", 100, JsonFields::new).stream()
                        .map(row -> row.list(
                                "cells",
                                10,
                                cell -> cell instanceof Json.Obj shown
                                        ? shown.member("value").orElseThrow().canonical()
                                        : "null"))
                        .toList();
    }

    private static void accepted(TicketVerdict verdict) {
        assertInstanceOf(TicketVerdict.Accepted.class, verdict, verdict.toString());
    }

    private static Response show(String merchant, JobId job) {
        return TestApi.request()
                .auth()
                .oauth2(TestTokens.of(Role.MERCHANT, merchant))
                .get("/v1/jobs/" + job);
    }

    @Test
    void count_byArm_isExact_withoutTheHolderThatIsOffline_andAnsweredAgainForNothing() {
        JobId job = waiting("aud-m0", BY_ARM, 3_000);
        int openings = scene.openings();
        SignedTicket ticket = AudienceScene.asked(job, "aud-h3", "aud-h1");
        assertEquals(
                List.of("aud-h1", "aud-h3"),
                ticket.ticket().activeSet().stream().map(Object::toString).toList());
        assertEquals(
                List.of(Optional.of("beta"), Optional.of("gamma")),
                ticket.ticket().segments().stream().map(TicketSegment::label).toList());
        assertEquals(2, scene.openings() - openings);
        assertEquals(3, ticket.ticket().evidence().size());
        var sums = AudienceScene.recomputed("aud-h1", ticket);
        for (int at = 0; at < 2; at++) {
            assertEquals(
                    ticket.ticket().segments().get(at).aggregate(), sums.get(at).hash());
        }
        // Every check of a holder, by its own roster, policy and rounds, with the ledger's own proofs.
        for (String holder : List.of("aud-h1", "aud-h3")) {
            accepted(scene.verdict(catalog, holder, ticket));
        }
        byte[] first = scene.share("aud-h1", ticket, 0);
        AudienceScene.post("aud-h1", ticket, first).then().statusCode(201);
        AudienceScene.post("aud-h1", ticket, first).then().statusCode(200);
        show("aud-m0", job).then().body("shares.needed", equalTo(2)).body("shares.posted", equalTo(1));
        assertTrue(AudienceScene.poll("aud-h1").isEmpty());
        AudienceScene.post("aud-h3", ticket, scene.share("aud-h3", ticket, 0))
                .then()
                .statusCode(201);
        Json.Obj envelope = result("aud-m0", job);
        assertEquals(
                List.of(
                        List.of("null", "null", "null"),
                        List.of(Long.toString(truth("beta", AudienceAggregateTest::buyer)), "300", "217"),
                        List.of(Long.toString(truth("gamma", AudienceAggregateTest::buyer)), "300", "218")),
                rows(envelope));
        Json.Obj again = TestApi.answer("aud-m0", body(BY_ARM.replace("COUNT", "MEAN"), 3_000));
        assertEquals("true", again.member("cached").orElseThrow().canonical());
        assertEquals(0, new JsonFields(again).object("privacy").integer("rhoMicro", 0, 1_000_000));
        assertEquals(2, scene.openings() - openings);
        // The same share once more, after all is over: it is known.
        AudienceScene.post("aud-h1", ticket, first).then().statusCode(200);
        AudienceScene.as("aud-h1")
                .get("/v1/decryption-tickets/" + ticket.ticket().id() + "/masks/"
                        + ticket.ticket()
                                .segments()
                                .getFirst()
                                .masks()
                                .getFirst()
                                .hex())
                .then()
                .statusCode(409)
                .body("code", equalTo("TICKET_ALREADY_OPENED"));
    }

    /** B = 20, sum share 1,000: sigma^2 = 400 * 500 a holder; of two sigma = 632.46, half-width 1,240. */
    @Test
    void sum_withNoiseOfEveryHolder_isWithinTheInterval() {
        JobId job = waiting("aud-m1", """
                {"metric":"SUM","tags":{"aud-a":"orders","aud-b":"orders"},\
                "where":{"aud-a":[{"column":"aud-a#orders","op":"GE","values":[1]}]}}""", 3_000);
        SignedTicket ticket = AudienceScene.asked(job, "aud-h1", "aud-h2");
        accepted(scene.verdict(catalog, "aud-h2", ticket));
        AudienceScene.post("aud-h1", ticket, scene.share("aud-h1", ticket, 250))
                .then()
                .statusCode(201);
        AudienceScene.post("aud-h2", ticket, scene.share("aud-h2", ticket, 350))
                .then()
                .statusCode(201);
        Json.Obj envelope = result("aud-m1", job);
        long truth = ARMS.stream()
                .mapToLong(arm -> truth(arm, AudienceAggregateTest::orders))
                .sum();
        assertEquals(Long.toString(truth + 600), rows(envelope).getFirst().getFirst());
        String cells = new JsonFields(envelope).object("result").value("rows").canonical();
        assertTrue(cells.contains("\"stdDev\":\"632.46\""), cells);
        assertTrue(cells.contains("\"ci95\":[" + (truth + 600 - 1_240) + "," + (truth + 600 + 1_240) + "]"), cells);
    }

    private static MerchantSecret pair(long seed) {
        return new MerchantSecret(
                AudienceScene.SCHEME,
                Seed.of(Hash.sha256(Long.toString(seed).getBytes(UTF_8)).bytes()));
    }

    private static Response register(String merchant, byte[] key) {
        return TestApi.request()
                .auth()
                .oauth2(TestTokens.of(Role.MERCHANT, merchant))
                .contentType("application/octet-stream")
                .body(key)
                .post("/v1/merchant-keys");
    }

    private static Response sealed(Role role, String party, JobId job, String hash) {
        return TestApi.request()
                .auth()
                .oauth2(TestTokens.of(role, party))
                .get("/v1/jobs/" + job + "/sealed-results/" + hash);
    }

    private static String toKey(String params, MerchantSecret pair) {
        return params.replace(
                "{\"metric\"", "{\"resultKey\":\"" + pair.key().hash().hex() + "\",\"metric\"");
    }

    /** Neither the service nor the holders can read what comes out: the test, as the merchant, can. */
    @Test
    void count_toAMerchantsKey_isReadByTheMerchantAlone_andAnsweredAgainToTheSameKey() {
        try (var merchant = pair(1);
                var stranger = pair(2)) {
            register("aud-m4", merchant.key().bytes()).then().statusCode(201);
            register("aud-m3", stranger.key().bytes()).then().statusCode(201);
            JobId job = waiting("aud-m4", toKey(BY_ARM, merchant), 3_000);
            SignedTicket ticket = AudienceScene.asked(job, "aud-h1", "aud-h2");
            assertEquals(
                    Optional.of(merchant.key().hash()), ticket.ticket().asked().resultKey());
            accepted(scene.verdict(catalog, "aud-h1", ticket));
            AudienceScene.post("aud-h1", ticket, scene.share("aud-h1", ticket, 3))
                    .then()
                    .statusCode(422)
                    .body("code", equalTo("CIPHERTEXT_REJECTED"));
            byte[] first = scene.switched("aud-h1", ticket, 3);
            AudienceScene.post("aud-h1", ticket, first).then().statusCode(201);
            AudienceScene.post("aud-h1", ticket, first).then().statusCode(200);
            AudienceScene.post("aud-h2", ticket, scene.switched("aud-h2", ticket, 4))
                    .then()
                    .statusCode(201);
            Json.Obj envelope = result("aud-m4", job);
            assertTrue(envelope.canonical().contains("SUMS_ARE_SEALED"));
            var sums = sealedCells(envelope);
            assertEquals(2, sums.size());
            for (int at = 0; at < 2; at++) {
                String hash = sums.get(at).bytes().hex();
                byte[] bytes = sealed(Role.MERCHANT, "aud-m4", job, hash).asByteArray();
                assertEquals(sums.get(at).bytes(), Hash.sha256(bytes));
                var sum = SwitchedSum.read(AudienceScene.SCHEME, bytes);
                assertEquals(ticket.hash(), sum.ticket());
                long truth = truth(ARMS.get(at + 1), AudienceAggregateTest::buyer);
                assertEquals(truth + 7, merchant.open(sum));
                assertEquals(
                        Long.toString(truth + 7),
                        sums.get(at).opened(truth + 7).value().toPlainString());
                assertThrows(HeException.class, () -> stranger.open(sum));
                assertNotEquals(
                        truth + 7, AudienceScene.SCHEME.round(sum.value().c0().toCoefficients(), new int[] {0})[0]);
                sealed(Role.MERCHANT, "aud-m3", job, hash).then().statusCode(404);
                sealed(Role.PLATFORM, "aud-a", job, hash).then().statusCode(403);
            }
            sealed(Role.MERCHANT, "aud-m4", job, "0".repeat(64)).then().statusCode(404);
            sealed(Role.MERCHANT, "aud-m4", job, "mask").then().statusCode(404);
            // A file of the job that no cell of its result names: a mask, a share.
            sealed(Role.MERCHANT, "aud-m4", job, Hash.sha256(first).hex())
                    .then()
                    .statusCode(404);
            Json.Obj again = TestApi.answer("aud-m4", body(toKey(BY_ARM, merchant), 3_000));
            assertEquals("true", again.member("cached").orElseThrow().canonical());
            assertEquals(sums, sealedCells(again));
            sealed(
                            Role.MERCHANT,
                            "aud-m4",
                            JobId.parse(new JsonFields(again).string("jobId", 64)),
                            sums.getFirst().bytes().hex())
                    .then()
                    .statusCode(200);
            jdbi.useHandle(handle -> handle.execute("update job set expires_at = now() where job_id = ?", job.value()));
            sealed(Role.MERCHANT, "aud-m4", job, sums.getFirst().bytes().hex())
                    .then()
                    .statusCode(410);
        }
    }

    private static List<Cell.Sealed> sealedCells(Json.Obj envelope) {
        return new JsonFields(envelope)
                .object("result").list("rows", 100, JsonFields::new).stream()
                        .flatMap(row -> row.list("cells", 10, Cell::fromJson).stream())
                        .filter(Cell.Sealed.class::isInstance)
                        .map(Cell.Sealed.class::cast)
                        .toList();
    }

    @Test
    void plainTicket_namesNoKey_andTakesNoSwitchedShare() {
        try (var merchant = pair(3)) {
            JobId job = waiting("aud-m4", BY_ARM, 3_001);
            SignedTicket ticket = AudienceScene.asked(job, "aud-h1", "aud-h2");
            AudienceScene.as("aud-h1")
                    .get("/v1/decryption-tickets/" + ticket.ticket().id() + "/merchant-key")
                    .then()
                    .statusCode(404);
            AudienceScene.post("aud-h1", ticket, scene.switched("aud-h1", ticket, 0, merchant.key()))
                    .then()
                    .statusCode(422);
            cancel("aud-m4", job);
        }
    }

    @Test
    void resultKey_thatThePartyHasNotRegistered_isRefused() {
        try (var merchant = pair(4);
                var others = pair(5)) {
            register("aud-m3", others.key().bytes()).then().statusCode(201);
            refused("aud-m4", toKey(BY_ARM, merchant), "RESULT_KEY_UNKNOWN");
            refused("aud-m4", toKey(BY_ARM, others), "RESULT_KEY_UNKNOWN");
        }
    }

    @Test
    void merchantKey_ofAnotherForm_isRefused_andTooManyAre() {
        try (var merchant = pair(6)) {
            byte[] key = merchant.key().bytes();
            for (byte[] wrong : List.of(
                    new byte[0],
                    Arrays.copyOf(key, key.length - 1),
                    Arrays.copyOf(key, key.length + 1),
                    new byte[key.length])) {
                register("aud-m4", wrong).then().statusCode(422).body("code", equalTo("CIPHERTEXT_REJECTED"));
            }
            String event =
                    register("aud-mk", key).then().statusCode(201).extract().header("Tamis-Event");
            register("aud-mk", key).then().statusCode(200).header("Tamis-Event", equalTo(event));
        }
        for (int more = 1; more < 16; more++) {
            try (var another = pair(100 + more)) {
                register("aud-mk", another.key().bytes()).then().statusCode(201);
            }
        }
        try (var last = pair(200)) {
            register("aud-mk", last.key().bytes()).then().statusCode(409);
        }
        TestApi.request()
                .auth()
                .oauth2(TestTokens.of(Role.PLATFORM, "aud-a"))
                .contentType("application/octet-stream")
                .body(new byte[1])
                .post("/v1/merchant-keys")
                .then()
                .statusCode(403);
    }

    /**
     * Counts that no server sees. B = 2, all of 1,000 micro-rho for them: sigma^2 = 4 * 500 a holder, of two sigma = 63.25, half-width
     * 124. k is 50 and a person may be on both platforms: what is below 100, noise included, is withheld.
     */
    @Test
    void counts_ofBothPlatforms_areOpenedByBandWithNoiseOfEveryHolder() {
        int openings = scene.openings();
        JobId job = waiting("aud-m5", BY_BAND, 1_000);
        SignedTicket ticket = AudienceScene.asked(job, "aud-h1", "aud-h2");
        assertEquals(1, scene.openings() - openings);
        assertEquals(BANDS, ticket.ticket().segments().getFirst().buckets());
        for (String holder : List.of("aud-h1", "aud-h2")) {
            accepted(scene.verdict(catalog, holder, ticket));
        }
        AudienceScene.post("aud-h1", ticket, scene.share("aud-h1", ticket, 3))
                .then()
                .statusCode(201);
        AudienceScene.post("aud-h2", ticket, scene.share("aud-h2", ticket, 6))
                .then()
                .statusCode(201);
        Json.Obj envelope = result("aud-m5", job);
        assertEquals(List.of(List.of("709"), List.of("null"), List.of("318")), rows(envelope));
        assertEquals(1_000, new JsonFields(envelope).object("privacy").integer("rhoMicro", 0, 1_000_000));
        String cells = new JsonFields(envelope).object("result").value("rows").canonical();
        assertTrue(cells.contains("\"key\":[\"low\"]"), cells);
        assertTrue(cells.contains("\"stdDev\":\"63.25\""), cells);
        assertTrue(cells.contains("\"ci95\":[" + (709 - 124) + "," + (709 + 124) + "]"), cells);
        Json.Obj again = TestApi.answer("aud-m5", body(BY_BAND, 1_000));
        assertEquals("true", again.member("cached").orElseThrow().canonical());
        assertEquals(1, scene.openings() - openings);
    }

    /** The server shows a holder persons' tags as counts, or one platform's counts alone: what it signs is refused. */
    @Test
    void ticket_ofAServerThatCheats_isRefusedByTheHolder() {
        JobId job = waiting("aud-m5", BY_BAND, 1_001);
        SignedTicket ticket = AudienceScene.asked(job, "aud-h1", "aud-h3");
        var json = ticket.ticket().toJson();
        String text = json.canonical();
        for (String cheat : List.of(
                text.replace("\"tag\":\"bands\"", "\"tag\":\"buyers\""),
                text.replace("\"buckets\":[\"low\",\"middle\"", "\"buckets\":[\"middle\",\"low\""))) {
            assertNotEquals(text, cheat);
            var signed = SignedTicket.sign(DecryptionTicket.fromJson(Json.parse(cheat)), keys);
            assertEquals(new TicketVerdict.Refused(HolderRefusal.QUERY_KIND), scene.verdict(catalog, "aud-h1", signed));
        }
        accepted(scene.verdict(catalog, "aud-h3", ticket));
        cancel("aud-m5", job);
    }

    @Test
    void twoHoldersOffline_isSaid_andNothingIsOpened() {
        JobId job = waiting("aud-m1", BY_ARM, 3_000);
        int openings = scene.openings();
        assertTrue(AudienceScene.poll("aud-h2").isEmpty());
        show("aud-m1", job)
                .then()
                .body("state", equalTo("AWAITING_SHARES"))
                .body("shares.holdersOnline", equalTo(1))
                .body("shares.note", equalTo("HOLDERS_OFFLINE"));
        assertEquals(openings, scene.openings());
        SignedTicket ticket = AudienceScene.asked(job, "aud-h2", "aud-h3");
        show("aud-m1", job).then().body("shares.note", equalTo(null));
        scene.nobodyWasSeen();
        show("aud-m1", job).then().body("shares.note", equalTo("HOLDERS_OFFLINE"));
        cancel("aud-m1", job);
        AudienceScene.post("aud-h2", ticket, new byte[] {1}).then().statusCode(422);
        assertTrue(AudienceScene.poll("aud-h2").isEmpty());
    }

    /** Once chosen and written down, an active set stays, whoever else is there when the proof is: one opening, one entry. */
    @Test
    void namedHolders_stayNamed_whenOthersAskLater() {
        JobId job = waiting("aud-m0", BY_ARM, 3_004);
        int openings = scene.openings();
        AudienceScene.poll("aud-h3");
        AudienceScene.poll("aud-h2");
        scene.nobodyWasSeen();
        SignedTicket ticket = AudienceScene.asked(job, "aud-h1", "aud-h3");
        assertEquals(
                List.of("aud-h2", "aud-h3"),
                ticket.ticket().activeSet().stream().map(Object::toString).toList());
        assertEquals(2, scene.openings() - openings);
        var issued = ticket.ticket().evidence().getLast().event();
        assertEquals("ticket.issued", issued.type().orElseThrow().wire());
        assertEquals(ticket.ticket().aggregatesHash().hex(), new JsonFields(issued.body()).string("aggregates", 64));
        accepted(scene.verdict(catalog, "aud-h3", ticket));
        cancel("aud-m0", job);
    }

    private static void cancel(String merchant, JobId job) {
        TestApi.request()
                .auth()
                .oauth2(TestTokens.of(Role.MERCHANT, merchant))
                .contentType("application/json")
                .body("{\"reason\":\"the test is over\"}")
                .post("/v1/jobs/" + job + "/cancellation")
                .then()
                .statusCode(202);
    }

    @Test
    void share_afterTheJobWasCancelled_opensNothing() {
        JobId job = waiting("aud-m2", BY_ARM, 3_000);
        SignedTicket ticket = AudienceScene.asked(job, "aud-h1", "aud-h2");
        byte[] share = scene.share("aud-h1", ticket, 0);
        cancel("aud-m2", job);
        AudienceScene.post("aud-h1", ticket, share)
                .then()
                .statusCode(409)
                .body("code", equalTo("TICKET_ALREADY_OPENED"));
    }

    @Test
    void refusal_endsTheJob_charged() {
        JobId job = waiting("aud-m2", BY_ARM, 3_001);
        SignedTicket ticket = AudienceScene.asked(job, "aud-h1", "aud-h2");
        byte[] share = scene.share("aud-h1", ticket, 0);
        scene.refuse("aud-h2", ticket, HolderRefusal.COHORT_TOO_SMALL).then().statusCode(201);
        scene.refuse("aud-h2", ticket, HolderRefusal.COHORT_TOO_SMALL).then().statusCode(200);
        TestApi.await("aud-m2", job.toString())
                .then()
                .body("state", equalTo("REFUSED"))
                .body("cause", equalTo("HOLDER_REFUSED"));
        AudienceScene.post("aud-h1", ticket, share).then().statusCode(409);
    }

    /** Whatever is wrong with a share, the answer is one. */
    @Test
    void wrongShares_areRejectedAlike() {
        JobId job = waiting("aud-m2", BY_ARM, 3_002);
        JobId other = waiting("aud-m2", BY_ARM, 3_003);
        SignedTicket ticket = AudienceScene.asked(job, "aud-h1", "aud-h2");
        SignedTicket another = AudienceScene.asked(other, "aud-h1", "aud-h2");
        byte[] right = scene.share("aud-h1", ticket, 0);
        byte[] longer = Arrays.copyOf(right, right.length + 1);
        byte[] unsigned = right.clone();
        unsigned[right.length - 1] ^= 1;
        byte[] content = SignedBody.split(right, right.length - SignedBody.SIGNATURE_LENGTH)
                .content();
        byte[] residue = content.clone();
        Arrays.fill(residue, 300, 400, (byte) 0xff);
        for (byte[] wrong : List.of(
                new byte[0],
                Arrays.copyOf(right, right.length - 1),
                longer,
                unsigned,
                // Of the other ticket, replayed.
                scene.share("aud-h1", another, 0),
                // Another holder's, sent as one's own, and the same signed again.
                scene.share("aud-h2", ticket, 0),
                AudienceScene.signedShare("aud-h2", content),
                AudienceScene.signedShare("aud-h1", residue))) {
            AudienceScene.post("aud-h1", ticket, wrong)
                    .then()
                    .statusCode(422)
                    .body("code", equalTo("CIPHERTEXT_REJECTED"));
        }
        AudienceScene.post("aud-h3", ticket, right).then().statusCode(404);
        AudienceScene.post("aud-h1", ticket, right).then().statusCode(201);
        // Right in itself, but a second one: two of one holder would average its noise away.
        AudienceScene.post("aud-h1", ticket, scene.share("aud-h1", ticket, 5))
                .then()
                .statusCode(409)
                .body("code", equalTo("STATE_CONFLICT"));
        scene.refuse("aud-h1", ticket, HolderRefusal.POLICY_DENIED).then().statusCode(409);
        cancel("aud-m2", job);
        cancel("aud-m2", other);
    }

    /** A share of the right form that opens to something beyond the declared bounds. */
    @Test
    void nonsense_failsTheJob_charged() {
        JobId job = waiting("aud-m3", BY_ARM, 3_000);
        SignedTicket ticket = AudienceScene.asked(job, "aud-h1", "aud-h2");
        AudienceScene.post("aud-h1", ticket, scene.share("aud-h1", ticket, 0))
                .then()
                .statusCode(201);
        AudienceScene.post("aud-h2", ticket, scene.share("aud-h2", ticket, 1L << 36))
                .then()
                .statusCode(201);
        TestApi.await("aud-m3", job.toString())
                .then()
                .body("state", equalTo("FAILED"))
                .body("cause", equalTo("JOB_FAILED"));
    }

    /** No segment is large enough: nobody is asked, and the answer is there, charged. */
    @Test
    void tooFewEverywhere_isAnsweredAtOnce_withheld() {
        int openings = scene.openings();
        Json.Obj envelope = TestApi.answer("aud-m3", body("""
                {"metric":"COUNT","tags":{"aud-a":"buyers","aud-b":"buyers"},"groupBy":"arm",\
                "where":{"aud-b":[{"column":"aud-b#orders","op":"EQ","values":[3]}]}}""", 3_000));
        assertTrue(rows(envelope).stream().flatMap(List::stream).allMatch("null"::equals));
        assertEquals(3_000, new JsonFields(envelope).object("privacy").integer("rhoMicro", 0, 1_000_000));
        assertEquals(openings, scene.openings());
    }

    @Test
    void refusedAtAdmission_forWhatIsDeclared() {
        refused("aud-sister", BY_ARM, "COMMON_CONTROL");
        refused("aud-m3", BY_ARM.replace("buyers", "no_such_tag"), "TAGS_MISSING");
        refused("aud-m3", BY_ARM.replace("\"arm\"", "\"side\""), "NEEDS_PUBLIC_GROUPS");
        refused("aud-m3", BY_ARM.replace("buyers", "orders"), "AGG_NOT_ALLOWED");
        refused("aud-m3", BY_ARM.replace("buyers", "undeclared"), "LABEL_L5_USE");
        refused("aud-m3", BY_ARM.replace("buyers", "bands"), "AGG_NOT_ALLOWED");
        refused("aud-m3", BY_BAND.replace("bands", "buyers"), "AGG_NOT_ALLOWED");
        refused("aud-m3", BY_BAND.replace("bands", "groups"), "NEEDS_PUBLIC_GROUPS");
        refused("aud-sister", BY_BAND, "COMMON_CONTROL");
        TestApi.submit("aud-m3", body("{\"metric\":\"COUNT\",\"tags\":{\"aud-a\":\"buyers\"}}", 3_000))
                .then()
                .statusCode(400);
    }

    private void refused(String merchant, String params, String code) {
        TestApi.submit(merchant, body(params, 3_000)).then().statusCode(422).body("code", equalTo(code));
    }

    /** What a merchant can read has no exact number of anything: of 216 in alpha nobody is told. */
    @Test
    void droppedSegments_leaveNoCount_inTablesAndEntries() {
        List<String> texts = jdbi.withHandle(handle -> handle.createQuery(
                        "select draft || coalesce(signed, '') || terms || segments from audience_ticket")
                .mapTo(String.class)
                .list());
        assertFalse(texts.stream().anyMatch(text -> text.matches("(?s).*[\\[,:]216[,\\]}].*")));
    }
}
