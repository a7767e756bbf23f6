package io.tamis.audience.tags;

import static io.tamis.audience.KeyGroup.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import io.tamis.audience.KeyGroup;
import io.tamis.audience.TagPlatform;
import io.tamis.catalog.collaboration.CollaborationApi;
import io.tamis.catalog.collaboration.CollaborationApi.Caller;
import io.tamis.data.Clamp;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.Role;
import io.tamis.he.Alignment;
import io.tamis.he.CipherHeader;
import io.tamis.he.Encoding;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.Message;
import io.tamis.holder.SignedMessage;
import io.tamis.holder.TagName;
import io.tamis.holder.slots.RoundStep;
import io.tamis.server.TamisTest;
import io.tamis.server.TestServer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rounds and ciphertexts through the door: what is taken, and every hostile upload that is not. */
@TamisTest
class TagRoundsTest {
    private static final int PERSONS = 9_000;
    private static final KeyGroup GROUP = KeyGroup.of("tags", "tags-a", "tags-b");

    private static long epoch;

    @Inject
    Uploads uploads;

    @Inject
    Ciphertexts ciphertexts;

    @Inject
    Jdbi jdbi;

    @BeforeAll
    static void makeAKey() {
        epoch = GROUP.made();
    }

    @AfterAll
    static void retireIt() {
        KeyGroup.retire(epoch, false);
    }

    @Test
    void order_isTheOwnersAlone_andTheSameEveryTime() {
        TagPlatform.load("tags-a", 1, PERSONS);
        Response order = TagPlatform.order("tags-a", 1);
        order.then().statusCode(200).body("persons", equalTo(PERSONS));
        assertEquals(order.asString(), TagPlatform.order("tags-a", 1).asString());
        as(Role.PLATFORM, "tags-b").get("/v1/tags/tags-a/1/order").then().statusCode(404);
        refused(TagPlatform.order("tags-a", 77), 404, "NOT_FOUND");
    }

    @Test
    void order_ofADatasetWithMoreRowsAPerson_isRefused() {
        io.tamis.server.TestApi.load("lab-1", 40, "person,arm,spend\nu1,alpha,1.00\n")
                .then()
                .statusCode(org.hamcrest.Matchers.oneOf(200, 201));
        refused(as(Role.PLATFORM, "lab").get("/v1/tags/lab-1/40/order"), 422, "OP_NOT_ALLOWED");
    }

    @Test
    void tag_isWholeWhenEverySlotHasItsCiphertext() {
        TagPlatform.load("tags-a", 2, PERSONS);
        var platform = TagPlatform.of(GROUP, "tags-a", 2, epoch, 1);
        assertEquals(2, platform.plan().slots());
        refused(platform.upload(0, new byte[] {1}), 409, "SLOT_REFUSED");
        platform.passed();
        platform.show().then().body("state", equalTo("PASSED")).body("messages", hasSize(10));
        assertTrue(tag(platform).isEmpty());
        byte[] first = platform.upload(0);
        Response stored = platform.upload(0, first);
        stored.then().statusCode(201).body("hash", equalTo(Hash.sha256(first).hex()));
        platform.upload(0, first).then().statusCode(200).body("eventId", equalTo(stored.path("eventId")));
        assertTrue(tag(platform).isEmpty());
        platform.upload(1, platform.upload(1)).then().statusCode(201);
        UploadedTag tag = tag(platform).orElseThrow();
        assertEquals(PERSONS, tag.persons());
        assertEquals(platform.orderHash(), tag.orderHash());
        assertEquals(2, tag.ciphertexts().size());
        assertArrayEquals(first, uploads.ciphertext(tag.ciphertexts().getFirst()));
        listed(platform).then().body("present", equalTo(2)).body("items.slot", contains(0, 1));
        assertTrue(tag(platform, "other").isEmpty());
    }

    /** Two values under one u would give their difference to everybody. */
    @Test
    void usedSlot_withOtherBytes_isRefused() {
        TagPlatform.load("tags-a", 3, 100);
        var platform = TagPlatform.of(GROUP, "tags-a", 3, epoch, 1);
        platform.passed();
        platform.upload(0, platform.upload(0)).then().statusCode(201);
        byte[] other = platform.signed(platform.encrypted(0, platform.header(0), 9));
        refused(platform.upload(0, other), 409, "SLOT_REFUSED");
    }

    /** Race story: of two values for one slot, sent at once, one is in it for ever, the other never. */
    @Test
    void twoValuesAtOnce_oneIsTaken() throws Exception {
        TagPlatform.load("tags-a", 10, 100);
        var platform = TagPlatform.of(GROUP, "tags-a", 10, epoch, 1);
        platform.passed();
        byte[] one = platform.upload(0);
        byte[] other = platform.signed(platform.encrypted(0, platform.header(0), 5));
        var answers = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = new ArrayList<Future<Response>>();
            for (int i = 0; i < 8; i++) {
                byte[] bytes = i % 2 == 0 ? one : other;
                sent.add(threads.submit(() -> platform.upload(0, bytes)));
            }
            for (var answer : sent) {
                answers.add(answer.get().statusCode());
            }
        }
        assertEquals(1, Collections.frequency(answers, 201), answers.toString());
        assertEquals(3, Collections.frequency(answers, 200), answers.toString());
        assertEquals(4, Collections.frequency(answers, 409), answers.toString());
        listed(platform).then().body("present", equalTo(1));
    }

    @Test
    void roundAndUpload_areInTheLog() {
        TagPlatform.load("tags-a", 11, 100);
        var platform = TagPlatform.of(GROUP, "tags-a", 11, epoch, 1);
        platform.passed();
        var owner = Caller.platform("tags-a");
        Json.Obj stored = CollaborationApi.event(
                owner,
                platform.upload(0, platform.upload(0))
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("eventId"));
        assertEquals(Json.of("tags.uploaded"), stored.member("type").orElseThrow());
        assertEquals(Json.of(epoch), stored.member("keyEpoch").orElseThrow());
        assertEquals(
                Json.of(Hash.sha256(platform.upload(0)).hex()),
                stored.member("ciphertext").orElseThrow());
        // The holder whose verdict passed the round wrote the entry; an officer reads all.
        Json.Obj audited = CollaborationApi.event(
                new Caller(Role.COMPLIANCE_OFFICER, "authority"),
                platform.show().path("eventId"));
        assertEquals(Json.of("tags.audited"), audited.member("type").orElseThrow());
        assertEquals(Json.of("PASSED"), audited.member("state").orElseThrow());
    }

    @Test
    void hostileUploads_areAllRefusedAlike() {
        TagPlatform.load("tags-b", 1, PERSONS);
        var platform = TagPlatform.of(GROUP, "tags-b", 1, epoch, 1);
        platform.passed();
        byte[] content = platform.encrypted(0, platform.header(0), 1);
        byte[] good = platform.signed(content);
        var hostile = new LinkedHashMap<String, byte[]>();
        hostile.put("nothing", new byte[0]);
        hostile.put("one byte", new byte[] {1});
        hostile.put("one byte short", java.util.Arrays.copyOf(good, good.length - 1));
        hostile.put("one byte long", java.util.Arrays.copyOf(good, good.length + 1));
        hostile.put("length bomb", new byte[4 << 20]);
        hostile.put("signed by nobody", flipped(good, good.length - 1));
        hostile.put(
                "signed by a holder",
                TagPlatform.signed(content, GROUP.holder(1).value()));
        hostile.put("signed by the other platform", TagPlatform.signed(content, "tags-a"));
        for (int at = 0; at < CipherHeader.LENGTH; at++) {
            hostile.put("header bit " + at, platform.signed(flipped(content, at)));
        }
        headers(platform)
                .forEach((name, header) -> hostile.put(name, platform.signed(platform.encrypted(0, header, 1))));
        int body = CipherHeader.LENGTH;
        int half = (content.length - body) / 2;
        hostile.put("another c1", platform.signed(flipped(content, body + half + 5)));
        hostile.put("c1 of the other slot", platform.signed(platform.encrypted(1, platform.header(0), 1)));
        hostile.put("residue not below its prime", platform.signed(filled(content, body, 7, (byte) 0xff)));
        hostile.put("c1 of zeros", platform.signed(filled(content, body + half, half, (byte) 0)));
        hostile.put("the other slot's", platform.upload(1));
        var answers = new TreeSet<String>();
        hostile.forEach((name, bytes) -> {
            Response answer = platform.upload(0, bytes);
            refused(answer, 422, "CIPHERTEXT_REJECTED");
            answers.add(((Json.Obj) Json.parse(answer.asByteArray()))
                    .without("requestId")
                    .without("eventId")
                    .canonical());
        });
        assertEquals(1, answers.size());
        listed(platform).then().body("present", equalTo(0));
        refused(platform.upload(2, good), 422, "CIPHERTEXT_REJECTED");
        platform.upload(0, good).then().statusCode(201);
    }

    @Test
    void uploadByAnother_orIntoNoRound_isRefused() {
        refused(
                as(Role.PLATFORM, "tags-b")
                        .contentType("application/octet-stream")
                        .body(new byte[] {1})
                        .post("/v1/tags/tags-a/2/ciphertexts?slot=0&epoch=" + epoch),
                409,
                "SLOT_REFUSED");
        refused(
                as(Role.PLATFORM, "tags-a")
                        .contentType("application/octet-stream")
                        .body(new byte[] {1})
                        .post("/v1/tags/tags-a/900/ciphertexts?slot=0&epoch=" + epoch),
                409,
                "SLOT_REFUSED");
        refused(
                as(Role.PLATFORM, "tags-a")
                        .contentType("application/octet-stream")
                        .body(new byte[] {1})
                        .post("/v1/tags/tags-a/2/ciphertexts?slot=-1&epoch=" + epoch),
                400,
                "INVALID_REQUEST");
    }

    @Test
    void planOfOtherTags_blocks_fold_orSigner_isRefused() {
        TagPlatform.load("tags-a", 4, 100);
        var platform = TagPlatform.of(GROUP, "tags-a", 4, epoch, 1);
        Json.Obj body = platform.planBody();
        Json arm = Json.array(java.util.List.of(TagPlatform.spec("arm").json()));
        Json unknown = Json.array(java.util.List.of(TagPlatform.spec("nowhere").json()));
        var wide = TagPlatform.spec("tag", new Clamp(0, 11));
        for (Json.Obj wrong : java.util.List.of(
                body.with("tags", Json.array(java.util.List.of(wide.json()))),
                body.with("blocks", Json.of(2)),
                body.with("fold", Json.of(32)),
                body.with("fold", Json.of(128)),
                body.with("params", Json.of("00".repeat(32))),
                body.with("tags", arm),
                body.with("tags", unknown),
                body.without("roots"))) {
            refused(platform.open(platform.said(RoundStep.PLAN, wrong)), 400, "INVALID_REQUEST");
        }
        Message plan = platform.planMessage().message();
        refused(platform.open(KeyGroup.signed(plan, "tags-b")), 400, "INVALID_REQUEST");
        var second = TagPlatform.of(GROUP, "tags-a", 4, epoch, 2);
        refused(second.open(second.planMessage()), 409, "STATE_CONFLICT");
        var nowhere = new Message(
                plan.type(),
                plan.roster(),
                new io.tamis.holder.MessageContext(plan.context().value().replace("/" + epoch + "/", "/999999/")),
                plan.from(),
                plan.body());
        refused(platform.open(KeyGroup.signed(nowhere, "tags-a")), 409, "KEY_EPOCH_MISSING");
        platform.open(platform.planMessage()).then().statusCode(201);
        platform.open(platform.planMessage()).then().statusCode(200);
        refused(second.open(second.planMessage()), 409, "STATE_CONFLICT");
    }

    @Test
    void board_takesWhatIsAwaited_andNothingElse() {
        TagPlatform.load("tags-a", 5, 100);
        var platform = TagPlatform.of(GROUP, "tags-a", 5, epoch, 1);
        platform.open(platform.planMessage()).then().statusCode(201);
        var first = GROUP.holder(1);
        var second = GROUP.holder(2);
        SignedMessage coin = platform.coin(first);
        refused(platform.post(first, platform.reveal(first)), 409, "STATE_CONFLICT");
        refused(platform.post(second, coin), 400, "INVALID_REQUEST");
        platform.post(first, coin).then().statusCode(201);
        platform.post(first, coin).then().statusCode(200);
        refused(platform.post(first, platform.planMessage()), 400, "INVALID_REQUEST");
        as(Role.KEY_HOLDER, "a-stranger")
                .get(platform.round() + platform.underEpoch())
                .then()
                .statusCode(404);
        as(Role.PLATFORM, "tags-b")
                .get(platform.round() + platform.underEpoch())
                .then()
                .statusCode(404);
        as(Role.KEY_HOLDER, first.value())
                .get(platform.round() + platform.underEpoch())
                .then()
                .statusCode(200)
                .body("state", equalTo("COINS"))
                .body("missing", hasSize(2));
        as(Role.KEY_HOLDER, second.value())
                .get("/v1/tag-rounds")
                .then()
                .body("items.findAll { it.version == 5 }.dataset", contains("tags-a"));
        as(Role.KEY_HOLDER, "a-stranger").get("/v1/tag-rounds").then().body("items", hasSize(0));
        as(Role.KEY_HOLDER, second.value())
                .get(platform.round() + "/messages/" + coin.hash().hex() + platform.underEpoch())
                .then()
                .statusCode(200)
                .body("message.from", equalTo(first.value()));
    }

    @Test
    void opening_withoutItsParts_orOfAnotherLength_isRefused() {
        TagPlatform.load("tags-a", 6, 100);
        var platform = TagPlatform.of(GROUP, "tags-a", 6, epoch, 1);
        platform.tossed();
        byte[] openings = platform.openings();
        refused(platform.post(platform.opening(openings)), 409, "STATE_CONFLICT");
        byte[] shorter = java.util.Arrays.copyOf(openings, openings.length - 1);
        platform.put(shorter).then().statusCode(201);
        refused(platform.post(platform.opening(shorter)), 400, "INVALID_REQUEST");
        platform.put(openings).then().statusCode(201);
        platform.post(platform.opening(openings)).then().statusCode(201);
    }

    /** Anybody can rebuild a slot: a false accusation costs the accuser, and stops nobody. */
    @Test
    void falseAccusation_isRefuted_andTheRoundPasses() {
        TagPlatform.load("tags-a", 7, 100);
        var platform = TagPlatform.of(GROUP, "tags-a", 7, epoch, 1);
        SignedMessage opening = platform.passed();
        platform.post(GROUP.holder(3), platform.verdict(GROUP.holder(3), opening, OptionalLong.of(0)))
                .then()
                .statusCode(201);
        platform.show()
                .then()
                .body("state", equalTo("PASSED"))
                .body("refuted", contains(GROUP.holder(3).value()));
        platform.upload(0, platform.upload(0)).then().statusCode(201);
    }

    /** Two who pass a bad slot do not outvote one who shows it; and the platform is out for this dataset and key. */
    @Test
    void wrongSeed_accused_failsThePlatformForTheEpoch() {
        KeyGroup others = KeyGroup.of("tags-fail", "tags-a", "tags-b");
        long other = others.made();
        try {
            TagPlatform.load("tags-b", 2, 100);
            var platform = TagPlatform.of(others, "tags-b", 2, other, 1);
            platform.tossed();
            byte[] openings = flipped(platform.openings(), 3);
            platform.put(openings).then().statusCode(201);
            SignedMessage opening = platform.opening(openings);
            platform.post(opening).then().statusCode(201);
            for (int i = 1; i <= 2; i++) {
                platform.post(others.holder(i), platform.verdict(others.holder(i), opening, OptionalLong.empty()))
                        .then()
                        .statusCode(201);
            }
            platform.show().then().body("state", equalTo("PASSED"));
            platform.upload(0, platform.upload(0)).then().statusCode(201);
            assertTrue(tag(platform).isPresent());
            platform.post(others.holder(3), platform.verdict(others.holder(3), opening, OptionalLong.of(0)))
                    .then()
                    .statusCode(201);
            platform.show().then().body("state", equalTo("FAILED")).body("fault", equalTo("ROOT_DIFFERS"));
            assertTrue(tag(platform).isEmpty());
            refused(platform.upload(0, platform.upload(0)), 409, "SLOT_REFUSED");
            var again = TagPlatform.of(others, "tags-b", 2, other, 2);
            refused(again.open(again.planMessage()), 409, "SLOT_REFUSED");
        } finally {
            KeyGroup.retire(other, false).then().statusCode(200);
        }
    }

    @Test
    void compromisedKey_takesNothingMore() {
        KeyGroup others = KeyGroup.of("tags-lost", "tags-a");
        long other = others.made();
        TagPlatform.load("tags-a", 8, 100);
        var platform = TagPlatform.of(others, "tags-a", 8, other, 1);
        platform.passed();
        KeyGroup.retire(other, true).then().statusCode(200);
        refused(platform.upload(0, platform.upload(0)), 409, "KEY_EPOCH_MISSING");
        assertEquals(Optional.empty(), tag(platform));
    }

    /** Killed while it was written, or before its row committed: the first is swept, the second written over. */
    @Test
    void interruptedUploads_areSwept_andSentAgain() throws IOException {
        TagPlatform.load("tags-a", 9, 100);
        var platform = TagPlatform.of(GROUP, "tags-a", 9, epoch, 1);
        platform.passed();
        byte[] upload = platform.upload(0);
        Path root = TestServer.DATA.resolve("audience/ciphertexts");
        String name = Hash.sha256(upload).hex();
        Path whole = root.resolve(name.substring(0, 2)).resolve(name);
        Files.createDirectories(whole.getParent());
        Files.write(whole, upload);
        Path half = Files.write(root.resolve(".incoming-test"), new byte[] {1});
        ciphertexts.sweep();
        assertFalse(Files.exists(half));
        assertTrue(Files.exists(whole));
        platform.upload(0, upload).then().statusCode(201);
        assertArrayEquals(upload, uploads.ciphertext(Hash.sha256(upload)));
    }

    private Optional<UploadedTag> tag(TagPlatform platform) {
        return tag(platform, "tag");
    }

    private Optional<UploadedTag> tag(TagPlatform platform, String name) {
        var context = platform.context();
        return jdbi.inTransaction(tx -> uploads.tag(
                tx,
                new KeyEpoch(context.keyEpoch().number()),
                new DatasetId(context.dataset().value()),
                context.version(),
                new TagName(name)));
    }

    private static Response listed(TagPlatform platform) {
        return as(Role.PLATFORM, platform.context().platform().value())
                .get(platform.place() + "/ciphertexts" + platform.underEpoch());
    }

    /** Each field of the header another one, everything else right. */
    private static Map<String, CipherHeader> headers(TagPlatform platform) {
        var right = platform.header(0);
        var wrong = new LinkedHashMap<String, CipherHeader>();
        wrong.put("other key epoch", with(right, new KeyEpoch(right.keyEpoch().number() + 1), right.alignment(), 0));
        wrong.put("other version", with(right, right.keyEpoch(), new Alignment(2, platform.orderHash()), 0));
        wrong.put("other order", with(right, right.keyEpoch(), new Alignment(1, Hash.sha256(new byte[1])), 0));
        wrong.put("other slot", with(right, right.keyEpoch(), right.alignment(), 1));
        wrong.put(
                "buckets",
                new CipherHeader(
                        right.kind(), right.params(), right.keyEpoch(), right.alignment(), 0, Encoding.BUCKETS, 8192));
        wrong.put(
                "fewer values",
                new CipherHeader(
                        right.kind(), right.params(), right.keyEpoch(), right.alignment(), 0, Encoding.TAGS, 8191));
        return wrong;
    }

    private static CipherHeader with(CipherHeader right, KeyEpoch epoch, Alignment alignment, int slot) {
        return new CipherHeader(right.kind(), right.params(), epoch, alignment, slot, right.encoding(), right.count());
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= 1;
        return flipped;
    }

    private static byte[] filled(byte[] bytes, int from, int length, byte value) {
        byte[] filled = bytes.clone();
        java.util.Arrays.fill(filled, from, from + length, value);
        return filled;
    }

    private static void refused(Response response, int status, String code) {
        assertEquals(status, response.statusCode(), response.asString());
        assertEquals(code, response.jsonPath().getString("code"));
    }
}
