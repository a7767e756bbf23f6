package io.tamis.data;

import java.util.Objects;

/** What a release costs, or what a budget row caps: the three amounts are kept apart and added each for itself. */
public record Charge(MicroRho rho, DeltaE18 delta, MicroEpsilon pureEpsilon) {
    /** Nothing. */
    public static final Charge ZERO = new Charge(MicroRho.ZERO, DeltaE18.ZERO, MicroEpsilon.ZERO);

    public Charge {
        Objects.requireNonNull(rho);
        Objects.requireNonNull(delta);
        Objects.requireNonNull(pureEpsilon);
    }

    /** A charge of zCDP alone. */
    public static Charge ofRho(MicroRho rho) {
        return new Charge(rho, DeltaE18.ZERO, MicroEpsilon.ZERO);
    }

    /** The sum, amount by amount. */
    public Charge plus(Charge other) {
        return new Charge(rho.plus(other.rho), delta.plus(other.delta), pureEpsilon.plus(other.pureEpsilon));
    }

    /** True when no amount is over that of {@code cap}. */
    public boolean within(Charge cap) {
        return rho.compareTo(cap.rho) <= 0
                && delta.compareTo(cap.delta) <= 0
                && pureEpsilon.compareTo(cap.pureEpsilon) <= 0;
    }
}
