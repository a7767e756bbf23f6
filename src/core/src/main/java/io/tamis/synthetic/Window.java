package io.tamis.synthetic;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** A campaign and the days in which its reach is part of the truth: one campaign whole, one by a quarter. */
enum Window {
    SINGLES_DAY(Campaign.SINGLES_DAY, "2026-10-20", "2026-11-11"),
    BRAND_TV_SUMMER(Campaign.BRAND_TV, "2026-07-01", "2026-09-30");

    private final Campaign campaign;
    private final LocalDate from;
    private final LocalDate to;

    Window(Campaign campaign, String from, String to) {
        this.campaign = campaign;
        this.from = LocalDate.parse(from);
        this.to = LocalDate.parse(to);
    }

    Campaign campaign() {
        return campaign;
    }

    LocalDate from() {
        return from;
    }

    LocalDate to() {
        return to;
    }

    /** How often the campaign was shown in these days. */
    int count(Exposures exposures) {
        return exposures.count(campaign, day(from), day(to));
    }

    private static int day(LocalDate date) {
        return (int) ChronoUnit.DAYS.between(Planted.YEAR_BEGIN, date);
    }
}
