package io.tamis.he.threshold;

import io.tamis.data.Hash;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.RnsConstant;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A holder's share of the collective secret key: s_i itself (n-of-n) or {@code S_j = sum_i f_i(j)}. Zeroed on closing, prints
 * nothing. Sealed form before sealing, big-endian: {@code TAHK}, version u8 = 1, paramsId 32, form u8, threshold u8, holders
 * u8, holder u8, the packed polynomial.
 *
 * <p>NOT promised: that no copy remains; the collector may have moved the arrays.
 */
public final class SecretShare implements AutoCloseable {
    private static final byte[] MAGIC = "TAHK".getBytes(StandardCharsets.US_ASCII);
    private static final byte VERSION = 1;
    private static final int HEAD = MAGIC.length + 1 + Hash.LENGTH + 4;

    private final Bfv scheme;
    private final Sharing sharing;
    private final HolderIndex holder;
    private final NttPoly value;
    private boolean closed;

    SecretShare(Bfv scheme, Sharing sharing, HolderIndex holder, NttPoly value) {
        HeException.require(holder.number() <= sharing.holders());
        this.scheme = Objects.requireNonNull(scheme);
        this.sharing = sharing;
        this.holder = holder;
        this.value = value;
    }

    /** Holder j's share from what every contributor dealt to it; the caller closes the parts. */
    public static SecretShare combine(Sharing sharing, HolderIndex holder, List<SubShare> dealt) {
        HeException.require(sharing.form() == Sharing.Form.SHAMIR && dealt.size() == sharing.holders());
        var scheme = dealt.getFirst().scheme();
        var sum = scheme.ring().zero();
        for (var part : dealt) {
            HeException.accept(part.recipient().equals(holder));
            sum.add(part.value());
        }
        return new SecretShare(scheme, sharing, holder, sum);
    }

    /** Length of the revealed form. */
    public static int length(Bfv scheme) {
        return HEAD + scheme.params().polynomialBytes();
    }

    /** Reads the revealed form, exactly; the caller zeroes its array. */
    public static SecretShare read(Bfv scheme, byte[] bytes) {
        HeException.accept(bytes.length == length(scheme));
        var in = ByteBuffer.wrap(bytes);
        var magic = new byte[MAGIC.length];
        var id = new byte[Hash.LENGTH];
        in.get(magic);
        HeException.accept(Arrays.equals(magic, MAGIC) && in.get() == VERSION);
        in.get(id);
        HeException.accept(Hash.of(id).equals(scheme.paramsId()));
        var sharing = Sharing.ofWire(in.get(), in.get(), in.get());
        int holder = in.get();
        HeException.accept(holder >= 1 && holder <= sharing.holders());
        return new SecretShare(scheme, sharing, new HolderIndex(holder), scheme.unpack(bytes, HEAD));
    }

    /** The bytes to be sealed; the caller zeroes them. */
    public byte[] reveal() {
        requireOpen();
        byte[] packed = scheme.pack(value);
        try {
            return ByteBuffer.allocate(length(scheme))
                    .put(MAGIC)
                    .put(VERSION)
                    .put(scheme.paramsId().bytes())
                    .put((byte) sharing.wire())
                    .put((byte) sharing.threshold())
                    .put((byte) sharing.holders())
                    .put((byte) holder.number())
                    .put(packed)
                    .array();
        } finally {
            Arrays.fill(packed, (byte) 0);
        }
    }

    /** How the key is spread. */
    public Sharing sharing() {
        return sharing;
    }

    /** Whose share it is. */
    public HolderIndex holder() {
        return holder;
    }

    /** The scheme. */
    public Bfv scheme() {
        return scheme;
    }

    /** {@code c1*S*L}: a partial decryption without noise, never to leave this package. */
    NttPoly partial(NttPoly c1, ActiveSet active) {
        requireOpen();
        HeException.require(sharing.opensWith(active) && active.contains(holder));
        return c1.copy().multiply(value).scale(factor(active));
    }

    private RnsConstant factor(ActiveSet active) {
        return scheme.ring()
                .constant(scheme.params().primes().stream()
                        .mapToLong(prime -> sharing.factor(holder, active, prime.q()))
                        .toArray());
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("share already closed");
        }
    }

    @Override
    public void close() {
        value.close();
        closed = true;
    }

    @Override
    public String toString() {
        return "SecretShare";
    }
}
