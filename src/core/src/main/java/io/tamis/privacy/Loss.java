package io.tamis.privacy;

import io.tamis.data.Charge;
import io.tamis.data.DeltaE18;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What one person loses by a release at most, in the unit of its mechanism. Losses of one kind add up over measures and
 * releases (zCDP: Bun and Steinke 2016, lemma 1.7; pure: Dwork and Roth 2014, theorem 3.14); those of two kinds are never
 * added, a budget holds one kind. All amounts are whole millionths, so sums and splits are exact.
 */
public sealed interface Loss {
    /** rho-zCDP, bought with discrete Gaussian noise. */
    record Zcdp(MicroRho rho) implements Loss {
        public Zcdp {
            Objects.requireNonNull(rho);
        }
    }

    /** Pure epsilon-differential privacy with delta 0, bought with discrete Laplace noise. */
    record Pure(MicroEpsilon epsilon) implements Loss {
        public Pure {
            Objects.requireNonNull(epsilon);
        }
    }

    /** The mechanism that this is the price of. */
    default Mechanism mechanism() {
        return switch (this) {
            case Zcdp _ -> Mechanism.ZCDP_GAUSSIAN;
            case Pure _ -> Mechanism.PURE_LAPLACE;
        };
    }

    /** The amount in millionths of the mechanism's unit. */
    default long micro() {
        return switch (this) {
            case Zcdp(MicroRho rho) -> rho.value();
            case Pure(MicroEpsilon epsilon) -> epsilon.value();
        };
    }

    /** What the budget is charged; delta is 0 because all groups are declared. */
    default Charge charge() {
        return switch (this) {
            case Zcdp(MicroRho rho) -> Charge.ofRho(rho);
            case Pure(MicroEpsilon epsilon) -> new Charge(MicroRho.ZERO, DeltaE18.ZERO, epsilon);
        };
    }

    /** The sum of two losses of one kind. */
    default Loss plus(Loss other) {
        PrivacyException.require(mechanism() == other.mechanism());
        return mechanism().loss(Math.addExact(micro(), other.micro()));
    }

    /** Even shares that add up to this exactly, the remainder to the first; a millionth each at least. */
    default List<Loss> split(int parts) {
        PrivacyException.require(parts >= 1 && micro() >= parts);
        var shares = new ArrayList<Loss>(parts);
        long even = micro() / parts;
        shares.add(mechanism().loss(even + micro() % parts));
        for (int i = 1; i < parts; i++) {
            shares.add(mechanism().loss(even));
        }
        return List.copyOf(shares);
    }

    /** The noise that makes one measure cost this much, when {@link #buys} says that there is one. */
    default Spread spread(Measure measure, int groupsMax) {
        return switch (this) {
            case Zcdp(MicroRho rho) -> GaussianVariance.of(measure, groupsMax, rho);
            case Pure(MicroEpsilon epsilon) -> LaplaceScale.of(measure, groupsMax, epsilon);
        };
    }

    /** True when {@link #spread} has an answer: the noise is small enough for a released number to fit. */
    default boolean buys(Measure measure, int groupsMax) {
        return switch (this) {
            case Zcdp(MicroRho rho) -> GaussianVariance.fits(measure, groupsMax, rho);
            case Pure(MicroEpsilon epsilon) -> LaplaceScale.fits(measure, groupsMax, epsilon);
        };
    }
}
