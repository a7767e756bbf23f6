package io.tamis.holder.ticket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tamis.crypto.Ed25519;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/**
 * A ticket with the server's Ed25519 signature over {@code "tamis-ticket-v2\n"} and the ticket's RFC 8785 form. The signature
 * makes a dishonest ticket evidence against the server; it is no reason to answer one.
 */
public final class SignedTicket {
    private static final byte[] DOMAIN = "tamis-ticket-v2\n".getBytes(US_ASCII);
    private static final int SIGNATURE_TEXT_LENGTH = 88;

    private final DecryptionTicket ticket;
    private final byte[] signature;

    /** A ticket with what claims to be its signature. */
    public SignedTicket(DecryptionTicket ticket, byte[] signature) {
        this.ticket = Objects.requireNonNull(ticket);
        this.signature = signature.clone();
        if (signature.length != Ed25519.SIGNATURE_BYTES) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** The ticket signed by the server's {@link KeyName#TICKET_SIGNING}. */
    public static SignedTicket sign(DecryptionTicket ticket, KeyProvider keys) {
        return new SignedTicket(ticket, keys.sign(KeyName.TICKET_SIGNING, message(ticket)));
    }

    /** What is asked. */
    public DecryptionTicket ticket() {
        return ticket;
    }

    /** True when this key signed it. */
    public boolean verifiedBy(byte[] serverKey) {
        return Ed25519.verify(serverKey, message(ticket), signature);
    }

    /** Names the ticket, without its signature, in shares, refusals and logs: SHA-256 of what is signed. */
    public Hash hash() {
        return Hash.sha256(message(ticket));
    }

    /** {@code {ticket, signature}}, as it travels and is stored. */
    public Json.Obj toJson() {
        return Json.object()
                .put("ticket", ticket.toJson())
                .put("signature", Base64.getEncoder().encodeToString(signature))
                .build();
    }

    /** Reads {@link #toJson()} strictly; whether the signature holds is not yet looked at. */
    public static SignedTicket fromJson(Json json) {
        var fields = new JsonFields(json);
        var signed = new SignedTicket(
                DecryptionTicket.fromJson(fields.value("ticket")),
                base64(fields.string("signature", SIGNATURE_TEXT_LENGTH)));
        fields.end();
        return signed;
    }

    private static byte[] base64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException malformed) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        throw new DataException(Code.INVALID_REQUEST);
    }

    private static byte[] message(DecryptionTicket ticket) {
        byte[] canonical = ticket.toJson().canonicalBytes();
        if (canonical.length > DecryptionTicket.BYTES_MAX) {
            throw new DataException(Code.TOO_LARGE);
        }
        byte[] message = Arrays.copyOf(DOMAIN, DOMAIN.length + canonical.length);
        System.arraycopy(canonical, 0, message, DOMAIN.length, canonical.length);
        return message;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedTicket that
                && ticket.equals(that.ticket)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return Objects.hash(ticket, Arrays.hashCode(signature));
    }

    @Override
    public String toString() {
        return "SignedTicket[" + ticket.id() + "]";
    }
}
