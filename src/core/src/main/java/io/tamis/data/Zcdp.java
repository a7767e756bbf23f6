package io.tamis.data;

/**
 * The one conversion between zCDP and (epsilon, delta) differential privacy in Tamis.
 *
 * <p>eps(rho, delta) = min over alpha > 1 of rho*alpha + ln(1/(alpha*delta))/(alpha-1) + ln(1-1/alpha): zCDP gives Renyi
 * divergence rho*alpha (Bun and Steinke 2016, definition 1.1), the rest is Canonne, Kamath and Steinke 2020, proposition
 * 12. Every alpha gives a valid bound, so a fixed grid loses tightness only, never truth; being fixed it also keeps the
 * result monotone in rho. Rounding is always against the user: an epsilon up, a rho down.
 *
 * <p>Floating point is used here and is not in the path of any noise: what it could get wrong is covered by the margins.
 */
public final class Zcdp {
    /** alpha - 1 runs geometrically from 1e-4 to 1e7; the ratio keeps the loss under one micro-rho for usual budgets. */
    private static final double SHIFT_MIN = 1e-4;

    private static final double SHIFT_MAX = 1e7;
    private static final double RATIO = 1.0005;
    private static final int POINTS = (int) (StrictMath.log(SHIFT_MAX / SHIFT_MIN) / StrictMath.log(RATIO)) + 2;
    private static final double[] SHIFT = new double[POINTS];
    private static final double[] LN_ALPHA = new double[POINTS];
    private static final double[] LN_REST = new double[POINTS];

    /** Covers the rounding errors of a few double operations: absolute as in the design, relative for great values. */
    private static final double MARGIN_ABSOLUTE = 1e-9;

    private static final double MARGIN_RELATIVE = 1e-12;
    private static final double MILLION = 1e6;

    static {
        double shift = SHIFT_MIN;
        for (int i = 0; i < POINTS; i++) {
            SHIFT[i] = shift;
            LN_ALPHA[i] = StrictMath.log1p(shift);
            LN_REST[i] = StrictMath.log(shift) - LN_ALPHA[i];
            shift *= RATIO;
        }
    }

    private Zcdp() {}

    /** An epsilon such that {@code rho}-zCDP implies (epsilon, delta)-DP, rounded up; delta must be above 0. */
    public static MicroEpsilon epsilon(MicroRho rho, DeltaE18 delta) {
        double micro = micro(rho, delta);
        return micro >= MicroEpsilon.VALUE_MAX
                ? new MicroEpsilon(MicroEpsilon.VALUE_MAX)
                : new MicroEpsilon((long) micro);
    }

    /** The greatest rho whose {@link #epsilon} is within {@code epsilon}: bisected, rounded down, checked again. */
    public static MicroRho rho(MicroEpsilon epsilon, DeltaE18 delta) {
        long low = 0;
        long high = MicroRho.VALUE_MAX;
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            // Not by epsilon(): the greatest one there is would cover every rho.
            if (micro(new MicroRho(middle), delta) <= epsilon.value()) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return new MicroRho(low);
    }

    private static double micro(MicroRho rho, DeltaE18 delta) {
        if (delta.value() == 0) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return rho.value() == 0 ? 0 : StrictMath.ceil(bound(rho.value() / MILLION, delta) * MILLION);
    }

    private static double bound(double rho, DeltaE18 delta) {
        double lnDelta = StrictMath.log((double) delta.value()) - 18 * StrictMath.log(10);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < POINTS; i++) {
            double here = rho * (1 + SHIFT[i]) - (LN_ALPHA[i] + lnDelta) / SHIFT[i] + LN_REST[i];
            least = Math.min(least, here);
        }
        return Math.max(0, least) * (1 + MARGIN_RELATIVE) + MARGIN_ABSOLUTE;
    }
}
