package io.tamis.holder.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.policy.PolicyBundle;
import io.tamis.policy.load.LoadResult;
import io.tamis.policy.load.PolicyLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;

/** The repository's policies, with a column of level 4 and few values that two platforms never upload. */
final class BandPolicies {
    static final String COLUMN = "income_band";
    static final List<String> BANDS = List.of("low", "middle", "high", "top");

    private static final String DECLARED = "  - { name: " + COLUMN
            + ", type: string, level: L4, flags: [PERSONAL], semantic: SOCIAL_DEGREE, labelledBy: STEWARD,"
            + " uses: [ENCRYPTED_ONLY], domain: [low, middle, high, top] }\n";

    static final PolicyBundle BUNDLE = load();

    private BandPolicies() {}

    private static PolicyBundle load() {
        var files = new HashMap<>(
                bundle(PolicyLoader.load(Path.of("..", "..", "policies"))).files());
        for (String dataset : List.of("shop-users", "messenger-users")) {
            files.computeIfPresent(
                    "datasets/" + dataset + ".yaml",
                    (path, bytes) -> new String(bytes, UTF_8)
                            .replace("columns:\n", "columns:\n" + DECLARED)
                            .getBytes(UTF_8));
        }
        return bundle(PolicyLoader.load(files));
    }

    private static PolicyBundle bundle(LoadResult result) {
        return switch (result) {
            case LoadResult.Loaded(PolicyBundle bundle) -> bundle;
            case LoadResult.Rejected rejected -> throw new AssertionError(rejected.toString());
        };
    }
}
