package io.tamis.he.threshold;

import io.tamis.data.Hash;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import io.tamis.he.KeyEpoch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * What a file of shares says of itself. 88 bytes, big-endian: {@code TAHS}, version u8 = 1, kind u8 (1 plain, 2 switched),
 * paramsId 32, key epoch u64, ticket hash 32, holder u8, active set u8 (bit i-1 for holder i), count u32, bytes of one share
 * u32.
 *
 * @param kind what the shares are for
 * @param keyEpoch of the key that opens
 * @param ticket hash of the ticket that is answered
 * @param holder who made the shares
 * @param active for which set
 * @param count how many shares, one an aggregate, 1 to 4,096
 */
public record ShareHeader(
        ShareKind kind, KeyEpoch keyEpoch, Hash ticket, HolderIndex holder, ActiveSet active, int count) {
    /** Length in bytes. */
    public static final int LENGTH = 88;

    /** Most shares of one file. */
    public static final int COUNT_MAX = 4096;

    private static final byte[] MAGIC = "TAHS".getBytes(StandardCharsets.US_ASCII);
    private static final byte VERSION = 1;

    /** A valid header. */
    public ShareHeader {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(keyEpoch);
        Objects.requireNonNull(ticket);
        HeException.require(active.contains(holder) && count >= 1 && count <= COUNT_MAX);
    }

    /** The header of plain shares. */
    public ShareHeader(KeyEpoch keyEpoch, Hash ticket, HolderIndex holder, ActiveSet active, int count) {
        this(ShareKind.PLAIN, keyEpoch, ticket, holder, active, count);
    }

    byte[] bytes(Bfv scheme) {
        return ByteBuffer.allocate(LENGTH)
                .put(MAGIC)
                .put(VERSION)
                .put(kind.wire())
                .put(scheme.paramsId().bytes())
                .putLong(keyEpoch.number())
                .put(ticket.bytes())
                .put((byte) holder.number())
                .put((byte) active.bits())
                .putInt(count)
                .putInt(shareBytes(scheme, kind))
                .array();
    }

    static ShareHeader read(Bfv scheme, byte[] file) {
        HeException.accept(file.length >= LENGTH);
        var in = ByteBuffer.wrap(file, 0, LENGTH);
        HeException.accept(Arrays.equals(take(in, MAGIC.length), MAGIC));
        HeException.accept(in.get() == VERSION);
        var kind = kind(in.get());
        HeException.accept(Hash.of(take(in, Hash.LENGTH)).equals(scheme.paramsId()));
        long epoch = in.getLong();
        var ticket = Hash.of(take(in, Hash.LENGTH));
        int holder = in.get();
        var active = ActiveSet.ofBits(in.get() & 0xff);
        int count = in.getInt();
        HeException.accept(epoch >= 1 && holder >= 1 && holder <= HolderIndex.MAX && count >= 1 && count <= COUNT_MAX);
        HeException.accept(active.contains(new HolderIndex(holder)));
        HeException.accept(in.getInt() == shareBytes(scheme, kind));
        return new ShareHeader(kind, new KeyEpoch(epoch), ticket, new HolderIndex(holder), active, count);
    }

    private static ShareKind kind(byte wire) {
        return Arrays.stream(ShareKind.values())
                .filter(kind -> kind.wire() == wire)
                .findFirst()
                .orElseThrow(HeException::rejected);
    }

    private static int shareBytes(Bfv scheme, ShareKind kind) {
        return kind.polynomials() * scheme.params().polynomialBytes();
    }

    private static byte[] take(ByteBuffer in, int length) {
        var bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
