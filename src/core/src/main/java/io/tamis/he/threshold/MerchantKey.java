package io.tamis.he.threshold;

import io.tamis.data.Hash;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import io.tamis.he.ring.NttPoly;
import java.util.Arrays;
import java.util.Objects;

/**
 * The public key {@code (p0, p1)}, {@code p0 = -p1*s + e}, under which a merchant gets its aggregates. Bytes: both packed.
 *
 * <p>NOT promised: that whoever shows a key has its secret. Who gives another's key, or a malformed one, gets numbers that it
 * cannot read, or that others can: the holders' shares are flooded before they are encrypted to it, so no key, however made,
 * tells more than a plain share does.
 */
public final class MerchantKey {
    private final Bfv scheme;
    private final NttPoly p0;
    private final NttPoly p1;

    MerchantKey(Bfv scheme, NttPoly p0, NttPoly p1) {
        this.scheme = Objects.requireNonNull(scheme);
        this.p0 = p0;
        this.p1 = p1;
    }

    /** How long the bytes are. */
    public static int length(Bfv scheme) {
        return 2 * scheme.params().polynomialBytes();
    }

    /** Reads a key, exactly; a polynomial of zero, with which everybody could read, is refused. */
    public static MerchantKey read(Bfv scheme, byte[] bytes) {
        int half = scheme.params().polynomialBytes();
        HeException.accept(bytes.length == length(scheme));
        var p0 = scheme.unpack(bytes, 0);
        var p1 = scheme.unpack(bytes, half);
        HeException.accept(!p0.isZero() && !p1.isZero());
        return new MerchantKey(scheme, p0, p1);
    }

    /** Both polynomials, packed. */
    public byte[] bytes() {
        byte[] first = scheme.pack(p0);
        byte[] both = Arrays.copyOf(first, 2 * first.length);
        System.arraycopy(scheme.pack(p1), 0, both, first.length, first.length);
        return both;
    }

    /** Names the key: SHA-256 of its bytes. */
    public Hash hash() {
        return Hash.sha256(bytes());
    }

    Bfv scheme() {
        return scheme;
    }

    NttPoly p0() {
        return p0;
    }

    NttPoly p1() {
        return p1;
    }
}
