package io.tamis.cli.tags;

import io.tamis.data.DatasetId;
import io.tamis.policy.PolicyBundle;
import java.util.List;

/** The repository's shop-users with one column more: few values, of level 4, never uploaded. */
final class BandedUsers {
    static final List<String> BANDS = List.of("low", "middle", "high");

    static final PolicyBundle BUNDLE = bundle("low, middle, high");

    static final OwnDataset DATASET = OwnDataset.of(BUNDLE, new DatasetId("shop-users"));

    private BandedUsers() {}

    /** The same with these allowed values. */
    static PolicyBundle bundle(String values) {
        return Bundles.shopUsers(
                "columns:\n",
                "columns:\n  - { name: income_band, type: string, level: L4, flags: [PERSONAL], semantic: SOCIAL_DEGREE,"
                        + " labelledBy: STEWARD, uses: [ENCRYPTED_ONLY], domain: [" + values + "] }\n");
    }

    /** What an honest service declares of the column. */
    static String declared(String declaration) {
        return declaration.replace(
                "{\"name\":\"phone\"",
                "{\"name\":\"income_band\",\"type\":\"string\",\"scale\":0,\"uses\":[\"ENCRYPTED_ONLY\"],"
                        + "\"domain\":[\"low\",\"middle\",\"high\"]},{\"name\":\"phone\"");
    }
}
