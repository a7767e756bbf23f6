package io.tamis.privacy;

import io.tamis.data.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a release would cost and how exact it would be, from declarations alone: reads no data, costs nothing.
 *
 * @param predictions one per measure of the job, then the users that are always measured, if the job did not ask for them
 * @param belowUtilityFloor true when the half-width of a count is over half of the assumed users
 */
public record DryRun(List<Prediction> predictions, boolean belowUtilityFloor) {
    /** The name of the users prediction when the job did not ask for users; no id of a job begins like this. */
    public static final String IMPLICIT_USERS = "_users";

    /** How many users are assumed when the caller does not say. */
    public static final long ASSUMED_USERS = 1_000;

    /** Greatest number of assumed users. */
    public static final long ASSUMED_USERS_MAX = 10_000_000_000L;

    private static final List<Long> SIZES = List.of(100L, 1_000L, 10_000L);
    private static final int ERROR_DIGITS = 4;

    /** One charged measure. */
    public record Part(String kind, Loss loss, BigDecimal sigma, BigInteger halfWidth95) {}

    /**
     * The prediction for one number.
     *
     * @param id the job's name for it
     * @param parts what is charged: one measure, or a SUM and a COUNT
     * @param relativeError by number of users: half-width over what that many people add up to when each adds the most
     *     the bounds allow (one row for COUNT); a best case for SUM and MEAN
     */
    public record Prediction(String id, String kind, List<Part> parts, Map<Long, BigDecimal> relativeError) {
        public Prediction {
            parts = List.copyOf(parts);
            relativeError = Map.copyOf(relativeError);
        }
    }

    public DryRun {
        predictions = List.copyOf(predictions);
    }

    /** The prediction for this release if {@code assumedUsers} people were in each group. */
    public static DryRun predict(ReleaseSpec spec, long assumedUsers) {
        PrivacyException.require(assumedUsers >= 1 && assumedUsers <= ASSUMED_USERS_MAX);
        var sizes = new ArrayList<>(SIZES);
        sizes.add(assumedUsers);
        var predictions = new ArrayList<Prediction>();
        for (Layout.Named column : spec.layout().columns()) {
            predictions.add(prediction(spec, column.id(), spec.statistics().get(column.statistic()), sizes));
        }
        if (spec.layout().columns().stream()
                .noneMatch(column -> spec.statistics().get(column.statistic()) instanceof Statistic.Users
                        || spec.statistics().get(column.statistic()) instanceof Statistic.PartyUsers)) {
            predictions.add(prediction(spec, IMPLICIT_USERS, new Statistic.Users(), sizes));
        }
        return new DryRun(predictions, belowUtilityFloor(spec, assumedUsers));
    }

    private static boolean belowUtilityFloor(ReleaseSpec spec, long assumedUsers) {
        for (int measure = 0; measure < spec.shares().size(); measure++) {
            boolean counts = switch (spec.kernel().measures().get(measure)) {
                case Measure.Users _, Measure.Count _, Measure.SealedCount _ -> true;
                case Measure.Sum _, Measure.SealedSum _ -> false;
            };
            BigInteger twice = spec.spread(measure).halfWidth95().shiftLeft(1);
            if (counts && twice.compareTo(BigInteger.valueOf(assumedUsers)) > 0) {
                return true;
            }
        }
        return false;
    }

    private static Prediction prediction(ReleaseSpec spec, String id, Statistic statistic, List<Long> sizes) {
        List<Integer> measures = switch (statistic) {
            case Statistic.Users _ -> List.of(0);
            case Statistic.Count(int at) -> List.of(at);
            case Statistic.Sum(int at) -> List.of(at);
            case Statistic.Mean(Statistic.Sum(int sum), Statistic.Count(int count)) -> List.of(sum, count);
            case Statistic.PartyUsers(int party) -> List.of(party);
            case Statistic.MeanPerUser(Statistic.Sum(int sum)) -> List.of(sum, 0);
        };
        var errors = new TreeMap<Long, BigDecimal>();
        for (long size : sizes) {
            BigDecimal squares = measures.stream()
                    .map(measure -> relative(spec, measure, size))
                    .reduce(BigDecimal.ZERO, (sum, error) -> sum.add(error.multiply(error)));
            errors.put(size, squares.sqrt(MathContext.DECIMAL64).setScale(ERROR_DIGITS, RoundingMode.CEILING));
        }
        return new Prediction(
                id,
                statistic.kind(),
                measures.stream().map(measure -> part(spec, measure)).toList(),
                errors);
    }

    private static BigDecimal relative(ReleaseSpec spec, int measure, long users) {
        long each = switch (spec.kernel().measures().get(measure)) {
            case Measure.Users _, Measure.Count _, Measure.SealedCount _ -> 1;
            case Measure.Sum(var clamp) -> clamp.magnitude();
            case Measure.SealedSum opened -> opened.bound();
        };
        BigDecimal total = BigDecimal.valueOf(users).multiply(BigDecimal.valueOf(each));
        return new BigDecimal(spec.spread(measure).halfWidth95()).divide(total, MathContext.DECIMAL64);
    }

    private static Part part(ReleaseSpec spec, int measure) {
        String kind = switch (spec.kernel().measures().get(measure)) {
            case Measure.Users _, Measure.SealedCount _ -> "COUNT_USERS";
            case Measure.Count _ -> "COUNT";
            case Measure.Sum _, Measure.SealedSum _ -> "SUM";
        };
        Spread spread = spec.spread(measure);
        return new Part(kind, spec.shares().get(measure), spread.sigma(), spread.halfWidth95());
    }

    /** The {@code measures} member of a dry run's answer; a MEAN shows its two charges as {@code parts}. */
    public Json.Arr toJson() {
        return Json.array(predictions.stream().map(DryRun::json).toList());
    }

    private static Json json(Prediction prediction) {
        var errors = Json.object();
        new TreeMap<>(prediction.relativeError())
                .forEach((users, error) -> errors.put(Long.toString(users), error.toPlainString()));
        var json = Json.object().put("id", prediction.id()).put("kind", prediction.kind());
        if (prediction.parts().size() == 1) {
            put(json, prediction.parts().getFirst());
        } else {
            json.put(
                    "parts",
                    Json.array(prediction.parts().stream()
                            .map(part -> put(Json.object().put("kind", part.kind()), part)
                                    .build())
                            .toList()));
        }
        return json.put("relativeError", errors.build()).build();
    }

    private static Json.Builder put(Json.Builder json, Part part) {
        return json.put(part.loss().mechanism().amount(), part.loss().micro())
                .put("sigma", part.sigma().toPlainString())
                .put("halfWidth95", part.halfWidth95().toString());
    }
}
