package io.tamis.he;

import io.tamis.data.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What a ciphertext says of itself. 99 bytes, big-endian: {@code TAHE}, version u8 = 1, kind u8, paramsId 32, key epoch u64,
 * alignment epoch u64, order hash 32, slot u32, encoding u8, count u32, body length u32.
 *
 * @param kind how the body is written
 * @param params of the scheme; its id is on the wire, and a reader refuses any other
 * @param keyEpoch of the key that encrypted
 * @param alignment of the positions
 * @param slot column * blocks + block, at least 0
 * @param encoding of the plaintext
 * @param count values that mean something, 1 to n
 */
public record CipherHeader(
        CipherKind kind,
        HeParams params,
        KeyEpoch keyEpoch,
        Alignment alignment,
        int slot,
        Encoding encoding,
        int count) {
    /** Length in bytes. */
    public static final int LENGTH = 99;

    private static final byte[] MAGIC = "TAHE".getBytes(StandardCharsets.US_ASCII);
    private static final byte VERSION = 1;

    /** A valid header. */
    public CipherHeader {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(keyEpoch);
        Objects.requireNonNull(alignment);
        Objects.requireNonNull(encoding);
        HeException.require(slot >= 0 && count >= 1 && count <= params.n());
    }

    /** The 99 bytes. */
    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH)
                .put(MAGIC)
                .put(VERSION)
                .put((byte) kind.wire())
                .put(params.paramsId().bytes())
                .putLong(keyEpoch.number())
                .putLong(alignment.epoch())
                .put(alignment.orderHash().bytes())
                .putInt(slot)
                .put((byte) encoding.wire())
                .putInt(count)
                .putInt(params.bodyBytes(kind))
                .array();
    }

    /** Reads the header at the buffer's position; the body length must be the one the parameters give. */
    static CipherHeader read(HeParams params, ByteBuffer in) {
        HeException.accept(in.remaining() >= LENGTH);
        HeException.accept(ByteBuffer.wrap(MAGIC).equals(in.slice(in.position(), MAGIC.length)));
        in.position(in.position() + MAGIC.length);
        HeException.accept(in.get() == VERSION);
        var kind = CipherKind.ofWire(in.get());
        HeException.accept(hash(in).equals(params.paramsId()));
        long keyEpoch = in.getLong();
        long alignmentEpoch = in.getLong();
        var orderHash = hash(in);
        int slot = in.getInt();
        var encoding = Encoding.ofWire(in.get());
        int count = in.getInt();
        HeException.accept(keyEpoch >= 1 && alignmentEpoch >= 1 && slot >= 0 && count >= 1 && count <= params.n());
        HeException.accept(in.getInt() == params.bodyBytes(kind));
        return new CipherHeader(
                kind, params, new KeyEpoch(keyEpoch), new Alignment(alignmentEpoch, orderHash), slot, encoding, count);
    }

    private static Hash hash(ByteBuffer in) {
        var bytes = new byte[Hash.LENGTH];
        in.get(bytes);
        return Hash.of(bytes);
    }
}
