package io.tamis.sandbox.audiences;

import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.privacy.Query;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How often, and on which platforms, each person was reached.
 *
 * @param exposures what counts as reached, per platform, its window among the conditions
 * @param frequencyMax K: the last bucket is for K times and more
 */
record ReachQuery(Audiences exposures, int frequencyMax) implements Query {
    private static final byte[] DOMAIN = "tamis/reach-frequency/v1\0".getBytes(StandardCharsets.UTF_8);

    ReachQuery {
        Objects.requireNonNull(exposures);
    }

    /** One for each bucket, then one for each set of platforms. */
    int cells() {
        return frequencyMax + exposures.cells();
    }

    /** The labels of all cells; those of sets as given. */
    List<String> labels(List<String> sets) {
        return Stream.concat(
                        IntStream.rangeClosed(1, frequencyMax)
                                .mapToObj(times -> "frequency:" + times + (times == frequencyMax ? "+" : "")),
                        sets.stream().map(set -> "platforms:" + set))
                .toList();
    }

    @Override
    public Hash digest() {
        var json = Json.object().put("exposures", exposures.toJson()).put("frequencyMax", frequencyMax);
        return Hash.sha256(DOMAIN, json.build().canonicalBytes());
    }
}
