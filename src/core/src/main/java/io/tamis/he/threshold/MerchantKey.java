package io.tamis.he.threshold;

import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import io.tamis.he.ring.NttPoly;
import java.util.Arrays;
import java.util.Objects;

/** The public key {@code (p0, p1)}, {@code p0 = -p1*s + e}, under which a merchant gets its aggregates. Bytes: both packed. */
public final class MerchantKey {
    private final Bfv scheme;
    private final NttPoly p0;
    private final NttPoly p1;

    MerchantKey(Bfv scheme, NttPoly p0, NttPoly p1) {
        this.scheme = Objects.requireNonNull(scheme);
        this.p0 = p0;
        this.p1 = p1;
    }

    /** Reads a key, exactly. A key that is no encryption key harms only its own merchant: shares are flooded before. */
    public static MerchantKey read(Bfv scheme, byte[] bytes) {
        int half = scheme.params().polynomialBytes();
        HeException.accept(bytes.length == 2 * half);
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

    NttPoly p0() {
        return p0;
    }

    NttPoly p1() {
        return p1;
    }
}
