package io.tamis.holder;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.PartyId;
import java.nio.ByteBuffer;

/**
 * What a party says: of this type, under this roster, in this context. Signed are {@code "tamis-holder-v1\n"} and the
 * canonical form of {@code {type, roster, context, from, body}}; large parts travel as blobs and stand in the body by their
 * SHA-256.
 *
 * @param roster the roster's hash
 */
public record Message(MessageType type, Hash roster, MessageContext context, PartyId from, Json.Obj body) {
    /** Longest canonical form, in bytes. */
    public static final int BYTES_MAX = 64 << 10;

    private static final byte[] DOMAIN = "tamis-holder-v1\n".getBytes(UTF_8);
    private static final int HASH_TEXT = 2 * Hash.LENGTH;
    private static final int PARTY_MAX = 64;

    public Message {
        if (json(type, roster, context, from, body).canonicalBytes().length > BYTES_MAX) {
            throw new DataException(Code.TOO_LARGE);
        }
    }

    /** The message as JSON. */
    public Json.Obj toJson() {
        return json(type, roster, context, from, body);
    }

    /** The bytes a signature is made over. */
    public byte[] signedBytes() {
        byte[] canonical = toJson().canonicalBytes();
        return ByteBuffer.allocate(DOMAIN.length + canonical.length)
                .put(DOMAIN)
                .put(canonical)
                .array();
    }

    /** SHA-256 of {@link #signedBytes()}: the message's name in other messages and in the ledger. */
    public Hash hash() {
        return Hash.sha256(signedBytes());
    }

    /** The message with the signature of this Ed25519 key. */
    public SignedMessage signed(KeyProvider keys, KeyName key) {
        return new SignedMessage(this, keys.sign(key, signedBytes()));
    }

    static Message fromJson(Json json) {
        var fields = new JsonFields(json);
        if (!(fields.value("body") instanceof Json.Obj body)) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        var message = new Message(
                new MessageType(fields.string("type", MessageType.LENGTH_MAX)),
                Hash.parse(fields.string("roster", HASH_TEXT)),
                new MessageContext(fields.string("context", MessageContext.LENGTH_MAX)),
                new PartyId(fields.string("from", PARTY_MAX)),
                body);
        fields.end();
        return message;
    }

    private static Json.Obj json(MessageType type, Hash roster, MessageContext context, PartyId from, Json.Obj body) {
        return Json.object()
                .put("type", type.value())
                .put("roster", roster.hex())
                .put("context", context.value())
                .put("from", from.value())
                .put("body", body)
                .build();
    }
}
