package io.tamis.synthetic;

/** A person and everything that happened to them in the year: what rows and truth are both made from. */
record Life(Person person, Purchases purchases, Journeys journeys, Exposures onVideo, Exposures onMessenger) {
    /** The last quarter of the year, as the shop's own 90-day features see it. */
    static final int LAST_90_DAYS = Planted.YEAR_DAYS - 90;

    static Life of(Person person) {
        return new Life(
                person,
                Purchases.of(person),
                Journeys.of(person),
                Exposures.of(person, Platform.VIDEO),
                Exposures.of(person, Platform.MESSENGER));
    }
}
