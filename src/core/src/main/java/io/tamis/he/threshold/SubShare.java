package io.tamis.he.threshold;

import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import io.tamis.he.ring.NttPoly;
import java.util.Objects;

/** {@code f_i(j)}: what contributor i deals to holder j. Secret; travels sealed to j alone. */
public final class SubShare implements AutoCloseable {
    private final Bfv scheme;
    private final HolderIndex recipient;
    private final NttPoly value;

    SubShare(Bfv scheme, HolderIndex recipient, NttPoly value) {
        this.scheme = scheme;
        this.recipient = Objects.requireNonNull(recipient);
        this.value = value;
    }

    /** Reads what was dealt to this holder, exactly. */
    public static SubShare read(Bfv scheme, HolderIndex recipient, byte[] bytes) {
        HeException.accept(bytes.length == scheme.params().polynomialBytes());
        return new SubShare(scheme, recipient, scheme.unpack(bytes, 0));
    }

    /** Whom it is for. */
    public HolderIndex recipient() {
        return recipient;
    }

    /** The packed value, to be sealed; the caller zeroes it. */
    public byte[] reveal() {
        return scheme.pack(value);
    }

    NttPoly value() {
        return value;
    }

    Bfv scheme() {
        return scheme;
    }

    @Override
    public void close() {
        value.close();
    }

    @Override
    public String toString() {
        return "SubShare";
    }
}
