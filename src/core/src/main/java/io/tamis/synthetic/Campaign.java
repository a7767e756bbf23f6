package io.tamis.synthetic;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Advertising campaigns of the year. A user of average affluence is reached with the platform's {@code reach}, the poorest
 * with .7 of it, the richest with 1.3; whoever is reached sees 1 + a geometric number of exposures.
 */
enum Campaign {
    SPRING("2026-02-16", "2026-04-15", .18, .12, 3),
    SUMMER("2026-06-01", "2026-08-31", .20, .15, 3.5),
    SINGLES_DAY("2026-10-20", "2026-11-11", .45, .35, 5),
    BRAND_TV("2026-01-01", "2026-12-31", .35, .20, 4),
    LAUNCH("2026-09-01", "2026-09-30", .12, .25, 2.5),
    LOYALTY("2026-01-01", "2026-12-31", .10, .30, 3);

    private final String value = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final LocalDate from;
    private final LocalDate to;
    private final int firstDay;
    private final int days;
    private final double videoReach;
    private final double messengerReach;
    private final double meanFrequency;

    Campaign(String from, String to, double videoReach, double messengerReach, double meanFrequency) {
        this.from = LocalDate.parse(from);
        this.to = LocalDate.parse(to);
        this.firstDay = (int) ChronoUnit.DAYS.between(Planted.YEAR_BEGIN, this.from);
        this.days = (int) ChronoUnit.DAYS.between(this.from, this.to) + 1;
        this.videoReach = videoReach;
        this.messengerReach = messengerReach;
        this.meanFrequency = meanFrequency;
    }

    /** The spelling in the data. */
    String value() {
        return value;
    }

    /** The first day, counted from the year's begin. */
    int firstDay() {
        return firstDay;
    }

    /** How many days it runs. */
    int days() {
        return days;
    }

    LocalDate from() {
        return from;
    }

    LocalDate to() {
        return to;
    }

    /** Share of a platform's users of average affluence who are reached; the shop and the brand show nothing. */
    double reach(Platform platform) {
        return switch (platform) {
            case VIDEO -> videoReach;
            case MESSENGER -> messengerReach;
            case BRAND, SHOP -> 0;
        };
    }

    /** Mean exposures of somebody reached, before the cap. */
    double meanFrequency() {
        return meanFrequency;
    }
}
