package io.tamis.synthetic;

import java.util.ArrayList;
import java.util.List;

/** What one platform showed one of its users in the year. */
record Exposures(List<Exposure> shown) {
    private static final Exposures NONE = new Exposures(List.of());
    private static final Campaign[] CAMPAIGNS = Campaign.values();

    /** The most frequent placement, a third of the rest, and so on. */
    private static final Zipf PLACEMENTS = new Zipf(3);

    /** One showing; {@code day} counts from the year's first, {@code placement} is 0, 1 or 2. */
    record Exposure(Campaign campaign, int day, int placement, boolean clicked) {}

    Exposures {
        shown = List.copyOf(shown);
    }

    /** Those of a person there. */
    static Exposures of(Person person, Platform platform) {
        return switch (platform) {
            case VIDEO -> of(person, platform, Stream.VIDEO_EXPOSURES);
            case MESSENGER -> of(person, platform, Stream.MESSENGER_EXPOSURES);
            case BRAND, SHOP -> NONE;
        };
    }

    private static Exposures of(Person person, Platform platform, Stream stream) {
        if (!person.isOn(platform)) {
            return NONE;
        }
        Draws draws = person.draws(stream);
        var shown = new ArrayList<Exposure>();
        for (Campaign campaign : CAMPAIGNS) {
            if (draws.unit() < campaign.reach(platform) * (.7 + .6 * person.affluence())) {
                show(campaign, draws, shown);
            }
        }
        return shown.isEmpty() ? NONE : new Exposures(shown);
    }

    private static void show(Campaign campaign, Draws draws, List<Exposure> shown) {
        double again = 1 - 1 / campaign.meanFrequency();
        int frequency = 0;
        do {
            int day = campaign.firstDay() + draws.below(campaign.days());
            shown.add(new Exposure(campaign, day, PLACEMENTS.rank(draws.unit()), draws.unit() < Planted.CLICK_SHARE));
            frequency++;
        } while (frequency < Planted.FREQUENCY_MAX && draws.unit() < again);
    }

    /** How often a campaign was shown from one day of the year to another, both included. */
    int count(Campaign campaign, int fromDay, int toDay) {
        int count = 0;
        for (Exposure exposure : shown) {
            boolean inside = exposure.day() >= fromDay && exposure.day() <= toDay;
            count += exposure.campaign() == campaign && inside ? 1 : 0;
        }
        return count;
    }
}
