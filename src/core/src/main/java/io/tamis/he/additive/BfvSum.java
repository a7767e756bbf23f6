package io.tamis.he.additive;

import io.tamis.data.Hash;
import io.tamis.he.Aggregate;
import io.tamis.he.HeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A sum of BFV ciphertexts. On the wire {@code TAHV}, version u8 = 1, key id 32, c0 and c1 packed. */
record BfvSum(Hash keyId, Aggregate aggregate, SlotMax max, boolean finished) implements EncryptedSum {
    private static final byte[] MAGIC = "TAHV".getBytes(StandardCharsets.US_ASCII);
    private static final byte VERSION = 1;

    /** Bytes before the body. */
    static final int HEAD = MAGIC.length + 1 + Hash.LENGTH;

    /** The body behind the head of a ciphertext under this key; a head of anything else is refused. */
    static byte[] body(Hash keyId, byte[] bytes) {
        HeException.accept(bytes.length > HEAD);
        byte[] head = head(keyId);
        HeException.accept(Arrays.equals(bytes, 0, HEAD, head, 0, HEAD));
        return Arrays.copyOfRange(bytes, HEAD, bytes.length);
    }

    private static byte[] head(Hash keyId) {
        return ByteBuffer.allocate(HEAD)
                .put(MAGIC)
                .put(VERSION)
                .put(keyId.bytes())
                .array();
    }

    @Override
    public byte[] bytes() {
        byte[] body = aggregate.body();
        return ByteBuffer.allocate(HEAD + body.length)
                .put(head(keyId))
                .put(body)
                .array();
    }

    @Override
    public String toString() {
        return "BfvSum";
    }
}
