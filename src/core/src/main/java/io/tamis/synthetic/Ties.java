package io.tamis.synthetic;

import io.tamis.data.Json;

/**
 * What an encrypted count or sum over tags must find: users of each platform by city tier, how many of them have at least
 * {@link #MANY} ties, and the sum of ties, each clamped to {@link #CLAMP} as declared. For one thread.
 */
final class Ties {
    /** What counts as many: the threshold of the demonstration's tag. */
    static final int MANY = 100;

    /** The clamp of the declarations. */
    static final int CLAMP = 500;

    private static final Platform[] PLATFORMS = {Platform.MESSENGER, Platform.SHOP, Platform.VIDEO};
    private static final int TIERS = 5;
    private static final int USERS = 0;
    private static final int WITH_MANY = 1;
    private static final int SUM = 2;
    private static final int NUMBERS = 3;

    private final long[] numbers = new long[PLATFORMS.length * TIERS * NUMBERS];

    /** Counts one person. */
    void count(Person person) {
        for (int platform = 0; platform < PLATFORMS.length; platform++) {
            if (person.isOn(PLATFORMS[platform])) {
                int ties = Features.ties(person, PLATFORMS[platform]);
                int at = at(platform, person.cityTier());
                numbers[at + USERS]++;
                numbers[at + WITH_MANY] += ties >= MANY ? 1 : 0;
                numbers[at + SUM] += Math.min(ties, CLAMP);
            }
        }
    }

    /** Adds what another has counted of other persons. */
    void add(Ties other) {
        Tally.add(numbers, other.numbers);
    }

    Json.Obj toJson() {
        var json = Json.object();
        for (int platform = 0; platform < PLATFORMS.length; platform++) {
            var tiers = Json.object();
            for (int tier = 0; tier < TIERS; tier++) {
                int at = at(platform, tier);
                tiers.put(
                        Features.cityTier(tier),
                        Json.object()
                                .put("users", numbers[at + USERS])
                                .put("atLeast" + MANY, numbers[at + WITH_MANY])
                                .put("sum", numbers[at + SUM])
                                .build());
            }
            json.put(PLATFORMS[platform].users().value(), tiers.build());
        }
        return json.build();
    }

    private static int at(int platform, int tier) {
        return (platform * TIERS + tier) * NUMBERS;
    }
}
