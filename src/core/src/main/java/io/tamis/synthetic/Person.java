package io.tamis.synthetic;

import java.util.EnumSet;
import java.util.Set;

/** A person of a world, as it truly is; platforms see parts of this. */
public final class Person {
    private static final double[] TIER_AT_ZERO = {.10, .30, .55, .80};
    private static final double[] TIER_BY_AFFLUENCE = {.20, .20, .15, .10};
    private static final double[] AGE_CUMULATIVE = {.18, .46, .70, .87};

    private final long index;
    private final long key;
    private final Phones phones;
    private final double affluence;
    private final int platforms;

    Person(Seed seed, Phones phones, long index) {
        this.index = index;
        this.key = Draws.personKey(seed, index);
        this.phones = phones;
        this.affluence = unit(Stream.AFFLUENCE);
        this.platforms = bit(Platform.SHOP, unit(Stream.SHOP) < .5 + .3 * affluence)
                | bit(Platform.VIDEO, unit(Stream.VIDEO) < .4 + .4 * affluence)
                | bit(Platform.MESSENGER, unit(Stream.MESSENGER) < .6 + .3 * affluence)
                | bit(Platform.BRAND, unit(Stream.BRAND) < .1 + .2 * affluence);
    }

    private static int bit(Platform platform, boolean on) {
        return on ? platform.bit() : 0;
    }

    /** The number in the world, which no platform knows. */
    public long index() {
        return index;
    }

    /** True when the person has an account there. */
    public boolean isOn(Platform platform) {
        return (platforms & platform.bit()) != 0;
    }

    /** Where the person has an account. */
    public Set<Platform> platforms() {
        var on = EnumSet.allOf(Platform.class);
        on.removeIf(platform -> !isOn(platform));
        return on;
    }

    /** The eleven digits of the phone the person gave, or would give, that platform. */
    public long phone(Platform platform) {
        return phones.number(index, phoneSlot(platform));
    }

    /** Which of the person's two phones a platform knows: 0 the main one. */
    int phoneSlot(Platform platform) {
        return switch (platform) {
            case BRAND, SHOP -> 0;
            case VIDEO -> unit(Stream.VIDEO_PHONE) < .45 ? 0 : 1;
            case MESSENGER -> unit(Stream.MESSENGER_PHONE) < .6 ? 0 : 1;
        };
    }

    /** z of [0, 1): the better off are on more platforms, in larger cities, and see more advertising. */
    double affluence() {
        return affluence;
    }

    /** 0 for T1 to 4 for T5. */
    int cityTier() {
        double u = unit(Stream.CITY_TIER);
        int tier = 0;
        while (tier < TIER_AT_ZERO.length && u >= TIER_AT_ZERO[tier] + TIER_BY_AFFLUENCE[tier] * affluence) {
            tier++;
        }
        return tier;
    }

    /** 0 for 18-24 to 4 for 55+. */
    int ageBand() {
        double u = unit(Stream.AGE);
        int band = 0;
        while (band < AGE_CUMULATIVE.length && u >= AGE_CUMULATIVE[band]) {
            band++;
        }
        return band;
    }

    /** The person's draw of a single attribute, of [0, 1). */
    double unit(Stream stream) {
        return Draws.unit(key, stream.number());
    }

    /** The person's draws of a sequence, from its beginning. */
    Draws draws(Stream stream) {
        return new Draws(key, stream.sequence());
    }
}
