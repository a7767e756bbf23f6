package io.tamis.holder.ticket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.MemoryKeys;
import io.tamis.data.Code;
import io.tamis.data.Json;
import io.tamis.data.Samples;
import io.tamis.data.TamisException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TicketFormTest {
    private final MemoryKeys server = new MemoryKeys(7);
    private final SignedTicket signed = SignedTicket.sign(Tickets.ticket(), server);

    @Test
    void json_ofATicket_readsBackEqual() {
        var back = SignedTicket.fromJson(Json.parse(signed.toJson().canonicalBytes()));
        assertEquals(signed.ticket(), back.ticket());
        assertEquals(signed, back);
        assertEquals(signed.hash(), back.hash());
        assertArrayEquals(signed.toJson().canonicalBytes(), back.toJson().canonicalBytes());
    }

    @Test
    void signature_ofTheServer_holdsUnderItsKeyOnly() {
        assertTrue(signed.verifiedBy(server.publicKey(KeyName.TICKET_SIGNING)));
        assertFalse(signed.verifiedBy(new MemoryKeys(8).publicKey(KeyName.TICKET_SIGNING)));
    }

    @Test
    void hash_ofAnotherValidity_isAnother() {
        var ticket = Tickets.ticket();
        var later = with(ticket.toJson(), "expiresAt", Json.of("2026-11-24T06:00:01Z"));
        assertNotEquals(
                signed.hash(),
                SignedTicket.sign(DecryptionTicket.fromJson(later), server).hash());
    }

    @Test
    void fromJson_withAnythingMore_isRefused() {
        var json = with(Tickets.ticket().toJson(), "comment", Json.of("hello"));
        assertEquals(Code.UNKNOWN_FIELD, refusal(json));
        assertEquals(
                Code.UNKNOWN_FIELD,
                assertThrows(
                                TamisException.class,
                                () -> SignedTicket.fromJson(signed.toJson().with("x", Json.of(1))))
                        .code());
    }

    @Test
    void fromJson_withAnyMemberMissing_isRefused() {
        var json = Tickets.ticket().toJson();
        for (String name : json.members().keySet()) {
            if (!name.equals("approvals") && !name.equals("evidence")) {
                assertEquals(Code.INVALID_REQUEST, refusal(json.without(name)), name);
            }
        }
    }

    /** The other coefficients are cross-correlations of persons: no ticket can even name them. */
    @Test
    void fromJson_ofOtherOutputs_isRefused() {
        var json = Tickets.ticket().toJson();
        assertEquals(Code.INVALID_REQUEST, refusal(json.with("outputs", Json.array(List.of(Json.of(0), Json.of(1))))));
        assertEquals(Code.INVALID_REQUEST, refusal(json.with("outputs", Json.array(List.of(Json.of(1))))));
    }

    @Test
    void fromJson_ofMembersOutOfLimits_isRefused() {
        var json = Tickets.ticket().toJson();
        assertEquals(Code.INVALID_REQUEST, refusal(json.with("keyEpoch", Json.of(0))));
        assertEquals(Code.INVALID_REQUEST, refusal(json.with("lambda", Json.of(129))));
        assertEquals(Code.INVALID_REQUEST, refusal(json.with("expiresAt", Json.of("2026-11-24T05:00:00Z"))));
        assertEquals(Code.INVALID_REQUEST, refusal(json.with("issuedAt", Json.of("2026-11-24T04:00:00.000Z"))));
        assertEquals(Code.INVALID_REQUEST, refusal(json.with("issuedAt", Json.of("yesterday"))));
        assertEquals(Code.INVALID_REQUEST, refusal(json.with("apiVersion", Json.of("tamis-ticket/v1"))));
        assertEquals(
                Code.INVALID_REQUEST, refusal(json.with("id", Json.of("job_0190163d-8694-739b-aea5-966c26f8ad92"))));
        assertEquals(
                Code.TOO_LARGE,
                refusal(json.with("activeSet", Json.strings(java.util.Collections.nCopies(9, "holder-1")))));
    }

    /** As many as the most that a job can need: two for each dataset. */
    @Test
    void approvals_sixteen_areRead_andOneMoreIsTooLarge() {
        var json = Tickets.ticket().toJson();
        var one = Tickets.ticket().approvals().getFirst().toJson();
        var most = json.with("approvals", Json.array(java.util.Collections.nCopies(16, one)));
        assertEquals(16, DecryptionTicket.fromJson(most).approvals().size());
        assertEquals(
                Code.TOO_LARGE, refusal(json.with("approvals", Json.array(java.util.Collections.nCopies(17, one)))));
    }

    @Test
    void segments_withoutLabelsOrWithOneTwice_areRefused() {
        var source = Tickets.ticket().segments().getFirst();
        var bare = new TicketSegment(Optional.empty(), source.masks(), source.aggregate());
        assertEquals(Code.INVALID_REQUEST, refusal(segments(source, source)));
        assertEquals(Code.INVALID_REQUEST, refusal(segments(source, bare)));
        DecryptionTicket.fromJson(segments(bare));
    }

    @Test
    void segment_withAMaskTooFew_isRefused() {
        var source = Tickets.ticket().segments().getFirst();
        var one = new TicketSegment(source.label(), source.masks().subList(0, 1), source.aggregate());
        assertEquals(Code.INVALID_REQUEST, refusal(segments(one)));
    }

    @Test
    void noise_ofAnotherMechanismThanItsPrice_isRefused() {
        var noise = Tickets.ticket().noise().toJson();
        var json = Tickets.ticket().toJson();
        var laplace = json.with("noise", noise.with("mechanism", Json.of("PURE_LAPLACE")));
        assertEquals(
                "PURE_LAPLACE",
                DecryptionTicket.fromJson(laplace).noise().loss().mechanism().name());
        assertEquals(Code.INVALID_REQUEST, refusal(json.with("noise", noise.with("numerator", Json.of("0")))));
        assertEquals(Code.INVALID_REQUEST, refusal(json.with("noise", noise.with("numerator", Json.of("-1")))));
        assertEquals(Code.INVALID_REQUEST, refusal(json.with("noise", noise.with("lossMicro", Json.of(0)))));
    }

    /** Bits flipped at random: only coded refusals, or a ticket whose signature no longer holds. */
    @Test
    void fromJson_ofMutations_isRefusedOrUnsigned() {
        byte[] whole = signed.toJson().canonicalBytes();
        byte[] key = server.publicKey(KeyName.TICKET_SIGNING);
        Samples.forAll(20261124, 2_000, random -> mutated(whole, random), bytes -> {
            try {
                assertFalse(SignedTicket.fromJson(Json.parse(bytes)).verifiedBy(key));
            } catch (TamisException coded) {
                assertTrue(coded.code().status() >= 400);
            }
        });
    }

    @Test
    void refusal_byItsName_isFound() {
        for (HolderRefusal refusal : HolderRefusal.values()) {
            assertEquals(Optional.of(refusal), HolderRefusal.named(refusal.name()));
            assertTrue(refusal.item() >= 1 && refusal.item() <= 7);
        }
        assertEquals(Optional.empty(), HolderRefusal.named("SOMETHING"));
    }

    private static byte[] mutated(byte[] whole, SplittableRandom random) {
        byte[] copy = whole.clone();
        copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        return copy;
    }

    private static Json.Obj segments(TicketSegment... segments) {
        return with(
                Tickets.ticket().toJson(),
                "segments",
                Json.array(List.of(segments).stream().map(TicketSegment::toJson).toList()));
    }

    private static Json.Obj with(Json.Obj json, String name, Json value) {
        return json.with(name, value);
    }

    private static Code refusal(Json.Obj json) {
        byte[] bytes = json.canonical().getBytes(StandardCharsets.UTF_8);
        return assertThrows(TamisException.class, () -> DecryptionTicket.fromJson(Json.parse(bytes)))
                .code();
    }
}
