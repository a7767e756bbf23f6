package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.crypto.Sm2;
import io.tamis.data.Hash;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * A key a verifier trusts, in the one-line form of C2SP signed notes: {@code name+keyid+base64(type || public key)}. It is
 * handed over by a way the log's operator does not control, and pinned.
 */
public final class VerifierKey {
    static final int KEY_ID_BYTES = 4;

    private final Origin name;
    private final NoteKeyType type;
    private final byte[] publicKey;

    /** The Ed25519 key with this name and these 32 bytes. */
    public VerifierKey(Origin name, byte[] publicKey) {
        this(name, NoteKeyType.ED25519, publicKey);
    }

    /** The key with this name, of this kind, with these bytes. */
    public VerifierKey(Origin name, NoteKeyType type, byte[] publicKey) {
        if (publicKey.length != type.publicKeyBytes() || (type == NoteKeyType.SM2 && !Sm2.isPublicKey(publicKey))) {
            throw LogException.malformed();
        }
        this.name = Objects.requireNonNull(name);
        this.type = type;
        this.publicKey = publicKey.clone();
    }

    /** Reads the one-line form; a key id that does not belong to name and key is refused, and so is an unknown kind. */
    public static VerifierKey parse(String text) {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3) {
            throw LogException.malformed();
        }
        byte[] typed = StrictBase64.decode(parts[2]);
        NoteKeyType type = typeOf(typed).orElseThrow(LogException::malformed);
        byte[] publicKey = Arrays.copyOfRange(typed, type.identifier().length, typed.length);
        var key = new VerifierKey(new Origin(parts[0]), type, publicKey);
        if (!key.toString().equals(text)) {
            throw LogException.malformed();
        }
        return key;
    }

    /** Whose key it is. */
    public Origin name() {
        return name;
    }

    /** The same key under another name: a log has a new name each year, and may keep its key. */
    public VerifierKey named(Origin other) {
        return new VerifierKey(other, type, publicKey);
    }

    /** Which signatures it verifies. */
    public NoteKeyType type() {
        return type;
    }

    /** The first four bytes of SHA-256(name, newline, type, public key). */
    byte[] keyId() {
        byte[] firstLine = (name + "\n").getBytes(UTF_8);
        return Arrays.copyOf(Hash.sha256(firstLine, typed()).bytes(), KEY_ID_BYTES);
    }

    /** The public key alone, without name and kind. */
    String publicKeyText() {
        return StrictBase64.encode(publicKey);
    }

    /**
     * When the value, which follows the key id in a signature line, was made for this text: the time it states, 1970 for a
     * kind that states none. Empty when it is not this key's signature of this text.
     */
    Optional<Instant> verify(String text, byte[] value) {
        if (value.length != type.valueBytes()) {
            return Optional.empty();
        }
        var left = ByteBuffer.wrap(value);
        long seconds = type.timed() ? left.getLong() : 0;
        // Times after the end of Java's calendar lie in a future that a verifier may refuse.
        if (seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
            return Optional.empty();
        }
        var at = Instant.ofEpochSecond(seconds);
        var signature = new byte[left.remaining()];
        left.get(signature);
        return SignedBytes.of(this, at, text)
                .filter(message -> type.verify(publicKey, message, signature))
                .map(message -> at);
    }

    private static Optional<NoteKeyType> typeOf(byte[] typed) {
        return Arrays.stream(NoteKeyType.values())
                .filter(type -> typed.length == type.identifier().length + type.publicKeyBytes()
                        && Arrays.equals(type.identifier(), Arrays.copyOf(typed, type.identifier().length)))
                .findFirst();
    }

    private byte[] typed() {
        byte[] identifier = type.identifier();
        byte[] typed = Arrays.copyOf(identifier, identifier.length + publicKey.length);
        System.arraycopy(publicKey, 0, typed, identifier.length, publicKey.length);
        return typed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that
                && name.equals(that.name)
                && type == that.type
                && Arrays.equals(publicKey, that.publicKey);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, Arrays.hashCode(publicKey));
    }

    /** The one-line form. */
    @Override
    public String toString() {
        return name + "+" + HexFormat.of().formatHex(keyId()) + "+" + StrictBase64.encode(typed());
    }
}
