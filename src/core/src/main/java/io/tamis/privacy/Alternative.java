package io.tamis.privacy;

import io.tamis.data.DeltaE18;
import io.tamis.data.Json;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.Zcdp;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The same question under the other mechanism, where that is more exact at a comparable price. Advice only: nothing is
 * charged by it.
 *
 * <p>Comparable means one epsilon by Tamis's one conversion, for this question ALONE: rho and eps(rho, {@link #DELTA}).
 * Somebody with many questions is better off with zCDP all the same, since epsilons of one-shots add up and those of zCDP
 * grow with the square root only.
 *
 * @param loss what the other mechanism would be paid
 * @param dryRun what it would give
 */
public record Alternative(Loss loss, DryRun dryRun) {
    /** The delta of the comparison, 1e-6 as in {@code budgets.yaml}; a one-shot itself has none. */
    public static final DeltaE18 DELTA = new DeltaE18(1_000_000_000_000L);

    /** The other mechanism, if it makes no interval of the release wider and some narrower. */
    public static Optional<Alternative> of(ReleaseSpec spec, long assumedUsers) {
        Loss other = comparable(spec.loss());
        return spec.paying(other)
                .filter(alternative -> narrower(alternative, spec))
                .map(alternative -> new Alternative(other, DryRun.predict(alternative, assumedUsers)));
    }

    private static Loss comparable(Loss loss) {
        return switch (loss) {
            case Loss.Zcdp(MicroRho rho) -> new Loss.Pure(Zcdp.epsilon(rho, DELTA));
            case Loss.Pure(MicroEpsilon epsilon) -> new Loss.Zcdp(Zcdp.rho(epsilon, DELTA));
        };
    }

    private static boolean narrower(ReleaseSpec alternative, ReleaseSpec spec) {
        boolean gained = false;
        for (int measure = 0; measure < spec.shares().size(); measure++) {
            BigInteger there = alternative.spread(measure).halfWidth95();
            int compared = there.compareTo(spec.spread(measure).halfWidth95());
            if (compared > 0) {
                return false;
            }
            gained |= compared < 0;
        }
        return gained;
    }

    /** The {@code alternative} member of a dry run's answer. */
    public Json.Obj toJson() {
        return Json.object()
                .put("mechanism", loss.mechanism().name())
                .put(loss.mechanism().amount(), loss.micro())
                .put("measures", dryRun.toJson())
                .build();
    }
}
