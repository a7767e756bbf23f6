package io.tamis.holder;

import io.tamis.crypto.Ed25519;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.log.LogException;
import io.tamis.log.StrictBase64;
import java.util.Arrays;

/**
 * A message and the Ed25519 signature (RFC 8032) of whoever it is from. On the wire and in evidence: {@code {message,
 * signature}}, the signature in base64.
 *
 * <p>A value of this type is well formed, not authentic: {@link #verifiedBy} says so, under a key of the roster and never
 * one that came along. Assumes Ed25519 unforgeable. NOT promised: that it was said only once, or now; contexts and hashes
 * of what came before are in the bodies for that.
 */
public final class SignedMessage {
    private static final int SIGNATURE_TEXT_MAX = 88;

    private final Message message;
    private final byte[] signature;

    /** A message with a signature of 64 bytes, which is not checked here. */
    public SignedMessage(Message message, byte[] signature) {
        if (signature.length != Ed25519.SIGNATURE_BYTES) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        this.message = message;
        this.signature = signature.clone();
    }

    /** The message. */
    public Message message() {
        return message;
    }

    /** A copy of the signature. */
    public byte[] signature() {
        return signature.clone();
    }

    /** The message's hash; the signature is not part of it. */
    public Hash hash() {
        return message.hash();
    }

    /** True when the signature is valid under this key. */
    public boolean verifiedBy(PartyKey key) {
        return Ed25519.verify(key.bytes(), message.signedBytes(), signature);
    }

    /** The wire form. */
    public Json.Obj toJson() {
        return Json.object()
                .put("message", message.toJson())
                .put("signature", StrictBase64.encode(signature))
                .build();
    }

    /** Reads the wire form; {@code INVALID_REQUEST}, {@code UNKNOWN_FIELD} or {@code TOO_LARGE} when it is not one. */
    public static SignedMessage parse(byte[] utf8) {
        if (utf8.length > 2 * Message.BYTES_MAX) {
            throw new DataException(Code.TOO_LARGE);
        }
        return fromJson(Json.parse(utf8));
    }

    /** Reads a message that stands inside another document, as {@link #parse} does. */
    public static SignedMessage fromJson(Json json) {
        var fields = new JsonFields(json);
        var message = Message.fromJson(fields.value("message"));
        var text = fields.string("signature", SIGNATURE_TEXT_MAX);
        fields.end();
        try {
            return new SignedMessage(message, StrictBase64.decode(text));
        } catch (LogException malformed) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedMessage that
                && message.equals(that.message)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return message.hashCode();
    }

    @Override
    public String toString() {
        return message.type() + " of " + message.from();
    }
}
