package io.tamis.cli.holder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.FakeService;
import io.tamis.cli.client.JsonView;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.TamisException;
import io.tamis.he.ring.Seed;
import io.tamis.he.threshold.MerchantSecret;
import io.tamis.he.threshold.ShareKind;
import io.tamis.holder.PartyKey;
import io.tamis.holder.SignedMessage;
import io.tamis.holder.ticket.ShareMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent against a service of canned answers: honest, away, and hostile. */
class TicketWorkTest {
    @TempDir
    Path temp;

    private AgentWorld world;

    @BeforeEach
    void begin() {
        world = new AgentWorld(temp);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void ticket_ofAnHonestServer_isAnsweredWithALoggedShare() {
        world.service.on("POST " + world.path() + "/shares", 201, "{}");
        assertTrue(world.work().turn());
        var lines = world.store.log().lines();
        assertEquals(1, lines.size());
        assertEquals(world.ticket.hash(), lines.getFirst().ticket());
        byte[] share = world.store.share(world.ticket.hash(), lines.getFirst().share());
        assertEquals(lines.getFirst().share(), Hash.sha256(share));
        assertEquals(text(share), world.service.lastAsked().text());
    }

    /** The agent fetches the key that the approved question names, and what it sends opens for nobody else. */
    @Test
    void ticket_withAResultKey_isAnsweredWithASwitchedShare() {
        world.close();
        try (var merchant = new MerchantSecret(AgentWorld.SCHEME, Seed.random(new SystemRandom()))) {
            world = new AgentWorld(temp.resolve("sealed"), Optional.of(merchant.key()));
            world.service.on("POST " + world.path() + "/shares", 201, "{}");
            assertTrue(world.work().turn());
            var line = world.store.log().lines().getFirst();
            PartyKey holder =
                    world.roster.holder(new PartyId("holder-1")).orElseThrow().key();
            byte[] share = world.store.share(world.ticket.hash(), line.share());
            var message = ShareMessage.verified(AgentWorld.SCHEME, ShareKind.SWITCH, 1, share, holder);
            assertEquals(world.ticket.hash(), message.file().header().ticket());
            assertThrows(
                    TamisException.class,
                    () -> ShareMessage.verified(AgentWorld.SCHEME, ShareKind.PLAIN, 1, share, holder));
            assertEquals("TICKET_CHANGED", refusal(json().without("merchantKey")));
        }
    }

    @Test
    void resultKey_thatTheServiceDoesNotHaveOrChanges_isRefused() {
        world.close();
        try (var merchant = new MerchantSecret(AgentWorld.SCHEME, Seed.random(new SystemRandom()));
                var own = new MerchantSecret(AgentWorld.SCHEME, Seed.random(new SystemRandom()))) {
            world = new AgentWorld(temp.resolve("sealed"), Optional.of(merchant.key()));
            world.service.replace("GET " + world.path() + "/merchant-key", 404, FakeService.problem("NOT_FOUND", 404));
            assertEquals("RESULT_KEY", refusal(json()));
            world.close();
            world = new AgentWorld(temp.resolve("changed"), Optional.of(merchant.key()));
            world.service.replace("GET " + world.path() + "/merchant-key", 200, "{}");
            assertEquals("RESULT_KEY", refusal(json()));
            assertEquals(
                    "QUESTION_DIFFERS",
                    refusal(json().with("merchantKey", Json.of(own.key().hash().hex()))));
        }
    }

    @Test
    void ticket_shownAgain_isAnsweredOnceByAProcess() {
        world.service.on("POST " + world.path() + "/shares", 201, "{}");
        var work = world.work();
        assertTrue(work.turn());
        assertFalse(work.turn());
        assertEquals(1, posts("/shares"));
    }

    /** The crash story: the service was away when the share left, and the holder was killed. The retry is the same share. */
    @Test
    void share_thatMayNotHaveArrived_isSentAgainToTheByte() {
        world.service.on("POST " + world.path() + "/shares", 503, FakeService.problem("NOT_READY", 503));
        var work = world.work();
        assertThrows(ClientException.class, work::turn);
        assertThrows(ClientException.class, work::turn);
        world.restart();
        assertThrows(ClientException.class, () -> world.work().turn());
        var texts = world.service.asked().stream()
                .filter(asked -> asked.path().endsWith("/shares"))
                .map(FakeService.Asked::text)
                .distinct()
                .toList();
        assertEquals(1, texts.size());
        assertEquals(1, world.store.log().lines().size());
        assertEquals(3, posts("/shares"));
    }

    /** Killed after the share was stored and before its line was written: nobody has seen it, and the next is drawn anew. */
    @Test
    void share_withoutALine_isMadeAnewAndLogged() throws IOException {
        Files.createDirectories(temp.resolve("holder/shares"));
        Files.write(temp.resolve("holder/shares/" + world.ticket.hash()), new byte[] {1, 2, 3});
        world.service.on("POST " + world.path() + "/shares", 201, "{}");
        assertTrue(world.work().turn());
        var line = world.store.log().lines().getFirst();
        assertEquals(
                text(world.store.share(line.ticket(), line.share())),
                world.service.lastAsked().text());
    }

    /** A line whose share is gone is never answered with another draw: two noises of one number could be averaged. */
    @Test
    void share_lostAfterItsLine_isNotMadeAgain() throws IOException {
        world.service.on("POST " + world.path() + "/shares", 503, FakeService.problem("NOT_READY", 503));
        assertThrows(ClientException.class, () -> world.work().turn());
        Files.delete(temp.resolve("holder/shares/" + world.ticket.hash()));
        world.restart();
        assertFalse(world.work().turn());
        assertTrue(world.shell.out().contains("\"event\":\"failed\""));
        assertEquals(1, posts("/shares"));
    }

    /** The malicious server of the demonstration: one person's ciphertext in the place of the sum. */
    @Test
    void ticket_thatOpensOnePersonsCiphertext_isRefusedBySignedCode() {
        var victim = world.ticket.ticket().sources().getFirst().inputs().getFirst();
        assertEquals("AGGREGATE_DIFFERS", refusal(segment("aggregate", Json.of(victim.hex()))));
    }

    @Test
    void ticket_withADuplicatedInput_isRefused() {
        var source = (Json.Obj)
                ((Json.Arr) json().member("sources").orElseThrow()).items().getFirst();
        var inputs = world.ticket.ticket().sources().getFirst().inputs();
        var twice = Json.strings(
                List.of(inputs.get(0).hex(), inputs.get(0).hex(), inputs.get(2).hex()));
        assertEquals(
                "INPUT_REPEATED", refusal(json().with("sources", Json.array(List.of(source.with("inputs", twice))))));
    }

    @Test
    void ticket_withOneMicroRhoTooLittleNoise_isRefused() {
        var noise = (Json.Obj) json().member("noise").orElseThrow();
        assertEquals("NOISE_TOO_LOW", refusal(json().with("noise", noise.with("lossMicro", Json.of(601)))));
    }

    @Test
    void ticket_withoutThisHolder_isRefused() {
        assertEquals("ACTIVE_SET", refusal(json().with("activeSet", Json.strings(List.of("holder-2")))));
    }

    /** Under another id, with the same charge: what was opened stays opened once. */
    @Test
    void aggregate_openedBefore_isRefused() {
        world.service.on("POST " + world.path() + "/shares", 201, "{}");
        assertTrue(world.work().turn());
        assertEquals("ALREADY_OPENED", refusal(json().with("id", Json.of("tk_0190163d-8694-739b-aea5-966c26f8ad93"))));
    }

    @Test
    void epoch_thatTheServiceEnds_isOverUntilTheOperatorSaysOtherwise() {
        world.service.replace("GET /v1/key-epochs/" + AgentWorld.EPOCH, 200, "{\"state\":\"RETIRED\"}");
        assertEquals("KEY_EPOCH", refusal(json()));
        assertFalse(world.desk().epochs().serves(AgentWorld.EPOCH));
        world.restart();
        assertFalse(world.desk().epochs().serves(AgentWorld.EPOCH));
        assertTrue(world.shell.out().contains("./tamis holder erase 3"), world.shell.out());
    }

    /** The attack on an epoch by a bare word: the share is still there, and the operator takes the epoch up again. */
    @Test
    void attack_epochCalledCompromised_losesNoShare() {
        world.service.replace("GET /v1/key-epochs/" + AgentWorld.EPOCH, 200, "{\"state\":\"COMPROMISED\"}");
        assertEquals("KEY_EPOCH", refusal(json()));
        world.service.replace("GET /v1/key-epochs/" + AgentWorld.EPOCH, 200, "{\"state\":\"ACTIVE\"}");
        world.restart();
        var again = json().with("id", Json.of("tk_0190163d-8694-739b-aea5-966c26f8ad93"));
        assertEquals("KEY_EPOCH", refusal(again));
        new EpochMarks(world.store.sealed()).resume(AgentWorld.EPOCH);
        world.service.replace(
                "GET /v1/decryption-tickets",
                200,
                Json.object()
                        .put("items", Json.array(List.of(world.ticket.toJson())))
                        .build()
                        .canonical());
        world.service.on("POST " + world.path() + "/shares", 201, "{}");
        assertTrue(world.work().turn());
        assertEquals(1, posts("/shares"));
    }

    @Test
    void epoch_endedAndErased_hasNoShare() {
        world.service.replace("GET /v1/key-epochs/" + AgentWorld.EPOCH, 200, "{\"state\":\"RETIRED\"}");
        assertEquals("KEY_EPOCH", refusal(json()));
        new EpochMarks(world.store.sealed()).erase(AgentWorld.EPOCH);
        assertThrows(StoreException.class, () -> world.desk().epochs().share(AgentWorld.EPOCH));
    }

    /** Not only an absent service keeps an answer from leaving: what fails here is tried again too, by the same process. */
    @Test
    void ticket_thatFailsByTheOwnDisk_isTriedAgain() throws IOException {
        world.service.on("POST " + world.path() + "/shares", 201, "{}");
        var work = world.work();
        Path cache = temp.resolve("holder/cache");
        Files.delete(cache);
        assertFalse(work.turn());
        assertTrue(world.shell.out().contains("\"event\":\"failed\""));
        assertEquals(0, posts("/shares"));
        Files.createDirectories(cache);
        assertTrue(work.turn());
        assertEquals(1, posts("/shares"));
        assertFalse(work.turn());
    }

    /** A ticket that cannot even be read does not keep the next one from its answer. */
    @Test
    void ticket_thatIsMalformed_isToldAndPassedOver() {
        world.service.replace(
                "GET /v1/decryption-tickets",
                200,
                Json.object()
                        .put("items", Json.array(List.of(Json.object().build(), world.ticket.toJson())))
                        .build()
                        .canonical());
        world.service.on("POST " + world.path() + "/shares", 201, "{}");
        assertTrue(world.work().turn());
        assertTrue(world.shell.out().contains("\"event\":\"failed\""));
        assertEquals(1, posts("/shares"));
    }

    @Test
    void input_thatTheServiceDoesNotHave_isRefusedAndAnAbsentServiceIsNot() {
        var input = world.ticket.ticket().sources().getFirst().inputs().get(1);
        world.service.replace("GET " + world.path() + "/inputs/" + input, 503, FakeService.problem("NOT_READY", 503));
        assertThrows(ClientException.class, () -> world.work().turn());
        assertEquals(0, posts("/refusals"));
        world.service.replace("GET " + world.path() + "/inputs/" + input, 404, FakeService.problem("NOT_FOUND", 404));
        assertEquals("INPUT_NOT_PASSED", refusal(json()));
    }

    private Json.Obj json() {
        return world.ticket.ticket().toJson();
    }

    private Json.Obj segment(String member, Json value) {
        var segment = (Json.Obj)
                ((Json.Arr) json().member("segments").orElseThrow()).items().getFirst();
        return json().with("segments", Json.array(List.of(segment.with(member, value))));
    }

    /** The code with which the agent refuses this ticket, signed by the holder. */
    private String refusal(Json.Obj ticket) {
        var signed = world.signed(ticket);
        world.service.replace(
                "GET /v1/decryption-tickets",
                200,
                Json.object()
                        .put("items", Json.array(List.of(signed.toJson())))
                        .build()
                        .canonical());
        world.service.on("POST /v1/decryption-tickets/" + signed.ticket().id() + "/refusals", 201, "{}");
        assertTrue(world.work().turn());
        var refusal = SignedMessage.parse(world.service.lastAsked().text().getBytes(StandardCharsets.UTF_8));
        PartyKey key =
                world.roster.holder(new PartyId("holder-1")).orElseThrow().key();
        assertTrue(refusal.verifiedBy(key));
        assertEquals(
                signed.hash().hex(),
                JsonView.of(refusal.message().body()).at("ticket").text());
        return JsonView.of(refusal.message().body()).at("code").text();
    }

    private long posts(String end) {
        return world.service.asked().stream()
                .filter(asked -> asked.method().equals("POST") && asked.path().endsWith(end))
                .count();
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
