package io.tamis.he.threshold;

import io.tamis.data.Hash;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import io.tamis.he.HeParams;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * An opened aggregate as its merchant fetches it. Big-endian: {@code TAHM}, version u8 = 1, paramsId 32, ticket hash 32,
 * SHA-256 of the merchant's key 32, aggregate hash 32, greatest magnitude u64, then c0 and c1 packed.
 *
 * <p>Assumption: ring-LWE under the merchant's key. The service that makes it, and every holder, can read it only when all
 * active holders together, or a threshold of them, give their key shares away. NOT promised: that the service put together
 * what the holders sent. It may add to c0 what it likes, as it may print what it likes when it reads the value itself.
 *
 * @param ticket whose answer it is
 * @param key {@link MerchantKey#hash} of the key that reads it
 * @param aggregate hash of the sum
 * @param magnitudeMax greatest magnitude of a right value, noise included
 * @param value the two polynomials
 */
public record SwitchedSum(Hash ticket, Hash key, Hash aggregate, OpenedMax magnitudeMax, Switched value) {
    private static final byte[] MAGIC = "TAHM".getBytes(StandardCharsets.US_ASCII);
    private static final byte VERSION = 1;
    private static final int HEADER_LENGTH = MAGIC.length + 1 + 4 * Hash.LENGTH + Long.BYTES;

    /** A whole one. */
    public SwitchedSum {
        Objects.requireNonNull(ticket);
        Objects.requireNonNull(key);
        Objects.requireNonNull(aggregate);
        Objects.requireNonNull(magnitudeMax);
        Objects.requireNonNull(value);
    }

    /** How long it is. */
    public static int length(Bfv scheme) {
        return HEADER_LENGTH + 2 * scheme.params().polynomialBytes();
    }

    /** The bytes. */
    public byte[] bytes(Bfv scheme) {
        return ByteBuffer.allocate(length(scheme))
                .put(MAGIC)
                .put(VERSION)
                .put(scheme.paramsId().bytes())
                .put(ticket.bytes())
                .put(key.bytes())
                .put(aggregate.bytes())
                .putLong(magnitudeMax.magnitude())
                .put(scheme.pack(value.c0()))
                .put(scheme.pack(value.c1()))
                .array();
    }

    /** The named profile that the bytes say they are of: a merchant reads before it knows a key epoch. */
    public static HeParams params(byte[] bytes) {
        HeException.accept(bytes.length >= HEADER_LENGTH);
        return HeParams.ofId(hash(ByteBuffer.wrap(bytes).position(MAGIC.length + 1)))
                .orElseThrow(HeException::rejected);
    }

    /** Reads one, exactly; its length is compared before anything is allocated. */
    public static SwitchedSum read(Bfv scheme, byte[] bytes) {
        HeException.accept(bytes.length == length(scheme));
        var in = ByteBuffer.wrap(bytes);
        var magic = new byte[MAGIC.length];
        in.get(magic);
        HeException.accept(Arrays.equals(magic, MAGIC) && in.get() == VERSION);
        HeException.accept(hash(in).equals(scheme.paramsId()));
        var ticket = hash(in);
        var key = hash(in);
        var aggregate = hash(in);
        long magnitude = in.getLong();
        HeException.accept(magnitude >= 0);
        var c0 = scheme.unpacked(bytes, HEADER_LENGTH);
        var c1 = scheme.unpacked(bytes, HEADER_LENGTH + scheme.params().polynomialBytes());
        HeException.accept(c0.isPresent() && c1.isPresent());
        return new SwitchedSum(
                ticket, key, aggregate, new OpenedMax(magnitude), new Switched(c0.orElseThrow(), c1.orElseThrow()));
    }

    private static Hash hash(ByteBuffer in) {
        var bytes = new byte[Hash.LENGTH];
        in.get(bytes);
        return Hash.of(bytes);
    }
}
