package io.tamis.holder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.KeyName;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is signed, byte for byte, and that nothing else verifies. */
class SignedMessageTest {
    private static final Hash ROSTER = Hash.sha256();
    private static final PartyId FROM = Rosters.holder(1);
    private static final PartyKey KEY =
            Rosters.of(2, 2, "AGG-8192").holders().getFirst().key();

    @Test
    void signedBytes_areTheDomainAndTheCanonicalForm() {
        var message = message("ceremony.commit", "kc_1", FROM, body(1));
        assertEquals(
                "tamis-holder-v1\n{\"body\":{\"n\":1},\"context\":\"kc_1\",\"from\":\"holder-1\",\"roster\":\""
                        + ROSTER.hex() + "\",\"type\":\"ceremony.commit\"}",
                new String(message.signedBytes(), UTF_8));
        assertEquals(Hash.sha256(message.signedBytes()), message.hash());
    }

    @Test
    void parse_ofItsOwnForm_isTheMessage() {
        var signed = signed(message("ceremony.commit", "kc_1", FROM, body(1)));
        var parsed = SignedMessage.parse(signed.toJson().canonicalBytes());
        assertEquals(signed, parsed);
        assertTrue(parsed.verifiedBy(KEY));
        assertEquals("ceremony.commit of holder-1", parsed.toString());
    }

    @Test
    void signature_isOfEveryMember() {
        var signed = signed(message("ceremony.commit", "kc_1", FROM, body(1)));
        var others = List.of(
                message("ceremony.reveal", "kc_1", FROM, body(1)),
                message("ceremony.commit", "kc_2", FROM, body(1)),
                message("ceremony.commit", "kc_1", Rosters.holder(2), body(1)),
                message("ceremony.commit", "kc_1", FROM, body(2)),
                new Message(
                        signed.message().type(),
                        Hash.sha256(new byte[] {1}),
                        signed.message().context(),
                        FROM,
                        body(1)));
        for (var other : others) {
            assertFalse(new SignedMessage(other, signed.signature()).verifiedBy(KEY));
            assertNotEquals(signed.hash(), other.hash());
        }
    }

    @Test
    void signature_ofAnotherKeyOrChanged_doesNotVerify() {
        var signed = signed(message("ceremony.commit", "kc_1", FROM, body(1)));
        var other = Rosters.of(2, 2, "AGG-8192").holders().getLast().key();
        assertFalse(signed.verifiedBy(other));
        for (int i = 0; i < 64; i++) {
            byte[] changed = signed.signature();
            changed[i] ^= 1;
            assertFalse(new SignedMessage(signed.message(), changed).verifiedBy(KEY));
        }
        assertThrows(DataException.class, () -> new SignedMessage(signed.message(), new byte[63]));
        assertArrayEquals(signed.signature(), signed.signature());
    }

    @ParameterizedTest
    @ValueSource(strings = {"type", "roster", "context", "from", "body"})
    void parse_withoutAMember_isRefused(String name) {
        var signed = signed(message("ceremony.commit", "kc_1", FROM, body(1)));
        var json = signed.toJson().with("message", signed.message().toJson().without(name));
        assertEquals(
                Code.INVALID_REQUEST,
                assertThrows(DataException.class, () -> SignedMessage.fromJson(json))
                        .code());
    }

    @Test
    void parse_ofMore_isRefused() {
        var signed = signed(message("ceremony.commit", "kc_1", FROM, body(1)));
        var outside = signed.toJson().with("more", Json.of(1));
        var inside = signed.toJson().with("message", signed.message().toJson().with("more", Json.of(1)));
        for (var json : List.of(outside, inside)) {
            assertEquals(
                    Code.UNKNOWN_FIELD,
                    assertThrows(DataException.class, () -> SignedMessage.fromJson(json))
                            .code());
        }
        var noObject = signed.toJson().with("message", signed.message().toJson().with("body", Json.of(1)));
        assertThrows(DataException.class, () -> SignedMessage.fromJson(noObject));
    }

    @Test
    void message_overItsLimit_isRefused() {
        var large = Json.object().put("text", "x".repeat(Message.BYTES_MAX)).build();
        assertEquals(
                Code.TOO_LARGE,
                assertThrows(DataException.class, () -> message("ceremony.commit", "kc_1", FROM, large))
                        .code());
        assertEquals(
                Code.TOO_LARGE,
                assertThrows(DataException.class, () -> SignedMessage.parse(new byte[2 * Message.BYTES_MAX + 1]))
                        .code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Ceremony", "a.b.c", ".a", "a.", "a b", "é"})
    void type_ofAnotherForm_isRefused(String type) {
        assertThrows(DataException.class, () -> new MessageType(type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", " a", "a b", "a\n", "a\"", "é"})
    void context_ofAnotherForm_isRefused(String context) {
        assertThrows(DataException.class, () -> new MessageContext(context));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "1a", "a-b", "a.b", "_a"})
    void tagName_ofAnotherForm_isRefused(String name) {
        assertThrows(DataException.class, () -> new TagName(name));
    }

    /** A store that gives other bytes than were asked for is not believed. */
    @Test
    void blob_thatIsNotTheOneAskedFor_isAbsent() {
        byte[] right = {1};
        Blobs honest = hash -> Optional.of(right);
        assertTrue(honest.checked(Hash.sha256(right)).isPresent());
        assertTrue(honest.checked(Hash.sha256(new byte[] {2})).isEmpty());
        byte[] large = new byte[Blobs.BYTES_MAX + 1];
        Blobs excessive = hash -> Optional.of(large);
        assertTrue(excessive.checked(Hash.sha256(large)).isEmpty());
    }

    private static Json.Obj body(int n) {
        return Json.object().put("n", n).build();
    }

    private static Message message(String type, String context, PartyId from, Json.Obj body) {
        return new Message(new MessageType(type), ROSTER, new MessageContext(context), from, body);
    }

    private static SignedMessage signed(Message message) {
        return message.signed(Rosters.keys(FROM), KeyName.HOLDER_SIGNING);
    }
}
