package io.tamis.sandbox.audiences;

import io.tamis.privacy.Cell;
import io.tamis.privacy.Interval;
import io.tamis.privacy.Release;
import io.tamis.privacy.ReleaseSpec;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Sums and shares of released counts of persons (docs/adr/0030). Made of the shown cells alone, so they tell nothing that
 * the cells do not: a withheld cell counts as 0, and its persons, k at most, widen the upper end of the interval.
 *
 * <p>Each cell has its own noise, independent and of one spread, whose 95 % reach is h, so that of a sum of m cells is at
 * most h*sqrt(m): a sum of Gaussians is one, and a sum of Laplaces is nearer to a Gaussian than its terms, of less reach for its
 * deviation. h is taken half a unit greater than the released whole numbers say. Decimal arithmetic throughout; ends are
 * rounded outwards. Not covered: that a count near k is shown only if its noise is high.
 */
final class ShownCells {
    /** Digits after the point of a share. */
    static final int SHARE_SCALE = 4;

    private static final int DEVIATION_SCALE = 2;
    private static final MathContext PRECISION = new MathContext(50, RoundingMode.HALF_EVEN);
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private final List<Cell> cells;
    private final BigDecimal sigma;
    private final BigDecimal cellReach;
    private final BigDecimal reachSquared;
    private final BigDecimal withheldMost;

    /** The cells of a release with one statistic, users. */
    ShownCells(ReleaseSpec spec, Release release) {
        this.cells = release.rows().stream().map(row -> row.cells().getFirst()).toList();
        var spread = spec.spread(0);
        this.sigma = spread.sigma();
        this.cellReach = new BigDecimal(spread.halfWidth95());
        BigDecimal reach = cellReach.add(HALF);
        this.reachSquared = reach.multiply(reach);
        this.withheldMost = BigDecimal.valueOf(spec.minUsers());
    }

    /**
     * A sum of cells.
     *
     * @param value of those shown
     * @param count all of them
     * @param withheld those not shown
     */
    record Sum(BigDecimal value, int count, int withheld) {
        boolean unknown() {
            return withheld == count;
        }
    }

    /** The sum over the groups with these codes. */
    Sum sum(IntPredicate chosen) {
        List<Cell> summed = IntStream.range(0, cells.size())
                .filter(chosen)
                .mapToObj(cells::get)
                .toList();
        List<BigDecimal> shown = summed.stream()
                .filter(Cell.Shown.class::isInstance)
                .map(cell -> ((Cell.Shown) cell).value())
                .toList();
        return new Sum(
                shown.stream().reduce(BigDecimal.ZERO, BigDecimal::add), summed.size(), summed.size() - shown.size());
    }

    /** As shown; suppressed when not one of its cells is. */
    Cell cell(Sum sum) {
        if (sum.unknown()) {
            return new Cell.Suppressed();
        }
        // One cell alone keeps its own interval: the same number is not shown with two.
        BigDecimal reach = sum.count() == 1 ? cellReach : variance(sum).sqrt(PRECISION);
        BigDecimal high = sum.value().add(reach).add(withheld(sum)).setScale(0, RoundingMode.CEILING);
        BigDecimal low =
                sum.value().subtract(reach).setScale(0, RoundingMode.FLOOR).max(BigDecimal.ZERO);
        BigDecimal deviation = BigDecimal.valueOf(sum.count()).sqrt(PRECISION).multiply(sigma);
        return new Cell.Shown(
                sum.value(), deviation.setScale(DEVIATION_SCALE, RoundingMode.CEILING), new Interval(low, high));
    }

    /**
     * The share of {@code part} in {@code part} and {@code rest} together, which have no cell in common: Fieller's interval,
     * all r for which (1-r)*part - r*rest is within its own reach. Its lower end is taken with all that may be withheld of the
     * rest, its upper end with all that may be withheld of the part. Suppressed when either sum is unknown, or when
     * the noise leaves everything possible.
     */
    Cell share(Sum part, Sum rest) {
        if (part.unknown() || rest.unknown()) {
            return new Cell.Suppressed();
        }
        BigDecimal partMost = part.value().add(withheld(part));
        BigDecimal restMost = rest.value().add(withheld(rest));
        BigDecimal a = variance(part);
        BigDecimal b = variance(rest);
        BigDecimal total = part.value().add(rest.value());
        if (total.multiply(total).compareTo(a.add(b)) <= 0) {
            return new Cell.Suppressed();
        }
        BigDecimal share = part.value().divide(total, PRECISION);
        BigDecimal low = end(new Fraction(part.value(), restMost, a, b), -1).setScale(SHARE_SCALE, RoundingMode.FLOOR);
        BigDecimal high =
                end(new Fraction(partMost, rest.value(), a, b), 1).setScale(SHARE_SCALE, RoundingMode.CEILING);
        return new Cell.Shown(
                share.setScale(SHARE_SCALE, RoundingMode.HALF_EVEN),
                deviation(part, rest, share, total),
                new Interval(within(low), within(high)));
    }

    /** True when two sums that should be one differ by more than two deviations of their noise. */
    boolean apart(Sum one, Sum other) {
        BigDecimal variance = sigma.multiply(sigma).multiply(BigDecimal.valueOf((long) one.count() + other.count()));
        BigDecimal difference = one.value().subtract(other.value());
        return difference.multiply(difference).compareTo(variance.multiply(BigDecimal.valueOf(4))) > 0;
    }

    /** True when some cell is not shown. */
    boolean withheld() {
        return cells.stream().anyMatch(Cell.Suppressed.class::isInstance);
    }

    private BigDecimal withheld(Sum sum) {
        return withheldMost.multiply(BigDecimal.valueOf(sum.withheld()));
    }

    private BigDecimal variance(Sum sum) {
        return reachSquared.multiply(BigDecimal.valueOf(sum.count()));
    }

    /** part of part + rest, with the squared reach of each. */
    private record Fraction(BigDecimal part, BigDecimal rest, BigDecimal a, BigDecimal b) {}

    /**
     * A root of ((1-r)*X - r*Y)^2 = (1-r)^2*a + r^2*b, with C = X + Y: r = (X*C - a +- sqrt(a*Y^2 + b*X^2 - a*b)) / (C^2 - a - b).
     * C^2 > a + b makes the root real (Cauchy and Schwarz).
     */
    private static BigDecimal end(Fraction of, int sign) {
        BigDecimal total = of.part().add(of.rest());
        BigDecimal divisor = total.multiply(total).subtract(of.a()).subtract(of.b());
        BigDecimal root = of.a()
                .multiply(of.rest().multiply(of.rest()))
                .add(of.b().multiply(of.part().multiply(of.part())))
                .subtract(of.a().multiply(of.b()))
                .max(BigDecimal.ZERO)
                .sqrt(PRECISION);
        return of.part()
                .multiply(total)
                .subtract(of.a())
                .add(root.multiply(BigDecimal.valueOf(sign)))
                .divide(divisor, PRECISION);
    }

    /** To first order: ((1-r)^2*var(part) + r^2*var(rest)) / total^2. */
    private BigDecimal deviation(Sum part, Sum rest, BigDecimal share, BigDecimal total) {
        BigDecimal other = BigDecimal.ONE.subtract(share);
        return other.multiply(other)
                .multiply(BigDecimal.valueOf(part.count()))
                .add(share.multiply(share).multiply(BigDecimal.valueOf(rest.count())))
                .sqrt(PRECISION)
                .multiply(sigma)
                .divide(total, PRECISION)
                .setScale(SHARE_SCALE, RoundingMode.CEILING);
    }

    private static BigDecimal within(BigDecimal share) {
        return share.max(BigDecimal.ZERO).min(BigDecimal.ONE);
    }
}
