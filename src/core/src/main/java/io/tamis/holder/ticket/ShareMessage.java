package io.tamis.holder.ticket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tamis.crypto.Ed25519;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.Hash;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import io.tamis.he.SignedBody;
import io.tamis.he.threshold.HolderShares;
import io.tamis.he.threshold.ShareKind;
import io.tamis.holder.PartyKey;
import java.util.Arrays;
import java.util.Objects;

/**
 * One holder's answer to one ticket, as posted: the file of its shares ({@link HolderShares}, which names kind, ticket, holder and
 * active set), then an Ed25519 signature over {@code "tamis-share-v1\n"} and the file.
 */
public final class ShareMessage {
    private static final byte[] DOMAIN = "tamis-share-v1\n".getBytes(US_ASCII);

    private final HolderShares file;
    private final SignedBody signed;

    private ShareMessage(HolderShares file, SignedBody signed) {
        this.file = Objects.requireNonNull(file);
        this.signed = signed;
    }

    /** The file signed by the holder's {@link KeyName#HOLDER_SIGNING}. */
    public static ShareMessage sign(Bfv scheme, HolderShares file, KeyProvider keys) {
        byte[] content = file.bytes(scheme);
        return new ShareMessage(file, SignedBody.of(content, keys.sign(KeyName.HOLDER_SIGNING, message(content))));
    }

    /** How long a message of so many shares of this kind is. */
    public static int length(Bfv scheme, ShareKind kind, int segments) {
        return Math.addExact(HolderShares.length(scheme, kind, segments), SignedBody.SIGNATURE_LENGTH);
    }

    /**
     * Reads a message of this kind whose signature by this key holds, and no other: nothing is parsed before. {@code CIPHERTEXT_REJECTED}
     * for whatever is wrong; that ticket, holder and active set are the expected ones, the caller sees to.
     */
    public static ShareMessage verified(Bfv scheme, ShareKind kind, int segments, byte[] octets, PartyKey holder) {
        var signed = SignedBody.split(octets, HolderShares.length(scheme, kind, segments));
        byte[] content = signed.content();
        HeException.accept(Ed25519.verify(holder.bytes(), message(content), signed.signature()));
        return new ShareMessage(HolderShares.read(scheme, kind, segments, content), signed);
    }

    /** The shares. */
    public HolderShares file() {
        return file;
    }

    /** The message as posted; a copy. */
    public byte[] octets() {
        return signed.bytes();
    }

    /** SHA-256 of the message. */
    public Hash hash() {
        return Hash.sha256(signed.bytes());
    }

    private static byte[] message(byte[] content) {
        byte[] message = Arrays.copyOf(DOMAIN, DOMAIN.length + content.length);
        System.arraycopy(content, 0, message, DOMAIN.length, content.length);
        return message;
    }

    @Override
    public String toString() {
        return "ShareMessage[" + file.header().ticket() + "]";
    }
}
