package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.crypto.Ed25519;
import io.tamis.data.Hash;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A key a verifier trusts, in the one-line form of C2SP signed notes: {@code name+keyid+base64(0x01 || public key)}. It is
 * handed over by a way the log's operator does not control, and pinned.
 */
public final class VerifierKey {
    static final int KEY_ID_BYTES = 4;

    private static final byte TYPE_ED25519 = 1;

    private final Origin name;
    private final byte[] publicKey;

    /** The key with this name and these 32 bytes. */
    public VerifierKey(Origin name, byte[] publicKey) {
        if (publicKey.length != Ed25519.PUBLIC_KEY_BYTES) {
            throw LogException.malformed();
        }
        this.name = Objects.requireNonNull(name);
        this.publicKey = publicKey.clone();
    }

    /** Reads the one-line form; a key id that does not belong to name and key is refused. */
    public static VerifierKey parse(String text) {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3) {
            throw LogException.malformed();
        }
        byte[] typed = StrictBase64.decode(parts[2]);
        if (typed.length != 1 + Ed25519.PUBLIC_KEY_BYTES || typed[0] != TYPE_ED25519) {
            throw LogException.malformed();
        }
        var key = new VerifierKey(new Origin(parts[0]), Arrays.copyOfRange(typed, 1, typed.length));
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
        return new VerifierKey(other, publicKey);
    }

    /** The first four bytes of SHA-256(name, newline, type, public key). */
    byte[] keyId() {
        byte[] firstLine = (name + "\n").getBytes(UTF_8);
        return Arrays.copyOf(Hash.sha256(firstLine, typed()).bytes(), KEY_ID_BYTES);
    }

    boolean verify(byte[] message, byte[] signature) {
        return Ed25519.verify(publicKey, message, signature);
    }

    private byte[] typed() {
        var typed = new byte[1 + publicKey.length];
        typed[0] = TYPE_ED25519;
        System.arraycopy(publicKey, 0, typed, 1, publicKey.length);
        return typed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that && name.equals(that.name) && Arrays.equals(publicKey, that.publicKey);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, Arrays.hashCode(publicKey));
    }

    /** The one-line form. */
    @Override
    public String toString() {
        return name + "+" + HexFormat.of().formatHex(keyId()) + "+" + StrictBase64.encode(typed());
    }
}
