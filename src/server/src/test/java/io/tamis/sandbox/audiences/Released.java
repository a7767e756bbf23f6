package io.tamis.sandbox.audiences;

import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.RandomSource;
import io.tamis.jobs.Plan;
import io.tamis.privacy.ExactNoise;
import io.tamis.privacy.Noise;
import io.tamis.privacy.PartialSums;
import io.tamis.privacy.Release;
import io.tamis.privacy.Releaser;
import io.tamis.privacy.SecureBits;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Releases of given counts, and the numbers in a result. */
final class Released {
    static final Noise NO_NOISE = _ -> 0;

    private Released() {}

    static Release of(Plan plan, Noise noise, long... counts) {
        return Releaser.release(plan.release(), PartialSums.of(plan.release().kernel(), new long[][] {counts}), noise);
    }

    /** Real noise over repeatable bits. Anyone who knows the seed removes it: never outside src/test. */
    static Noise insecureNoise(long seed) {
        var random = new SplittableRandom(seed);
        RandomSource bits = random::nextBytes;
        return new ExactNoise(new SecureBits(bits));
    }

    static Json.Obj overlap(Plan plan, Release release) {
        return OverlapResult.of((OverlapQuery) plan.query(), plan.release(), release);
    }

    static Json.Obj reach(Plan plan, Release release) {
        return ReachResult.of((ReachQuery) plan.query(), plan.release(), release);
    }

    /** The value of each row's only cell as text, by its keys; null when withheld. */
    static List<String> rows(Json.Obj result) {
        var rows = new ArrayList<String>();
        for (JsonFields row : new JsonFields(result).list("rows", 1 << 14, JsonFields::new)) {
            String key = String.join("/", row.list("key", 3, json -> JsonFields.text(json, 256)));
            rows.add(key + "=" + value(row.list("cells", 1, json -> json).getFirst()));
        }
        return rows;
    }

    /** The value of a cell as text, and its interval: {@code 60 [50, 70]}. */
    static String cell(Json cell) {
        if (cell instanceof Json.Null) {
            return "null";
        }
        var fields = new JsonFields(cell);
        List<String> ends = fields.list("ci95", 2, Released::text);
        return text(fields.value("value")) + " [" + ends.getFirst() + ", " + ends.getLast() + "]";
    }

    static String value(Json cell) {
        return cell instanceof Json.Obj shown ? text(shown.member("value").orElseThrow()) : "null";
    }

    /** What is at the end of a path of members and positions. */
    static Json at(Json json, Object... path) {
        Json at = json;
        for (Object step : path) {
            at = switch (at) {
                case Json.Obj object -> object.member((String) step).orElseThrow();
                case Json.Arr(List<Json> items) -> items.get((Integer) step);
                case Json.Str _, Json.Int _, Json.Bool _, Json.Null _ -> throw new AssertionError("no member " + step);
            };
        }
        return at;
    }

    private static String text(Json json) {
        return json instanceof Json.Str(String value) ? value : json.canonical();
    }
}
