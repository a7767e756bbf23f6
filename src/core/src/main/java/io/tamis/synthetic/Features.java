package io.tamis.synthetic;

/** What platforms say about a user besides events: single attributes, each from its own stream. */
final class Features {
    private static final String[] CITY_TIERS = {"T1", "T2", "T3", "T4", "T5"};
    private static final String[] AGE_BANDS = {"18-24", "25-34", "35-44", "45-54", "55+"};
    private static final String[] CATEGORIES = categories();
    private static final Zipf CATEGORY = new Zipf(Planted.CATEGORIES);

    /** Accounts are opened on the days of eleven years before the year. */
    private static final int JOINED_DAYS = 4_018;

    private static final int[] BAND_FROM = {0, 10, 20, 50, 100, 200, 500};
    private static final String[] BANDS = {"0-9", "10-19", "20-49", "50-99", "100-199", "200-499", "500+"};
    private static final int WATCH_MEAN = 600;
    private static final int MESSAGES_MEAN = 400;
    private static final int COUNT_MAX = 20_000;

    private Features() {}

    static String cityTier(Person person) {
        return cityTier(person.cityTier());
    }

    static String ageBand(Person person) {
        return AGE_BANDS[person.ageBand()];
    }

    /** A day before the year. */
    static int joined(Person person, Stream stream) {
        return -1 - (int) (person.unit(stream) * JOINED_DAYS);
    }

    /** A category by Zipf's law. */
    static String category(Person person, Stream stream) {
        return CATEGORIES[CATEGORY.rank(person.unit(stream))];
    }

    /** Pareto: at least d with probability (least / d)^1.5. */
    static int degree(Person person, Stream stream, int least) {
        double root = StrictMath.cbrt(1 - person.unit(stream));
        return (int) Math.min(Planted.DEGREE_MAX, least / (root * root));
    }

    /** How many people the platform says that a user is tied to: what it gives away as an encrypted tag only. */
    static int ties(Person person, Platform platform) {
        return switch (platform) {
            case SHOP -> degree(person, Stream.FRIENDS, Planted.FRIENDS_LEAST);
            case VIDEO -> degree(person, Stream.FOLLOWS, Planted.FOLLOWS_LEAST);
            case MESSENGER -> degree(person, Stream.CONTACTS, Planted.CONTACTS_LEAST);
            case BRAND -> 0;
        };
    }

    static String cityTier(int tier) {
        return CITY_TIERS[tier];
    }

    static String band(int degree) {
        int band = BANDS.length - 1;
        while (degree < BAND_FROM[band]) {
            band--;
        }
        return BANDS[band];
    }

    static int watchMinutes(Person person) {
        return exponential(person, Stream.WATCH_MINUTES, WATCH_MEAN);
    }

    static int messages(Person person) {
        return exponential(person, Stream.MESSAGES, MESSAGES_MEAN);
    }

    static int videoDays(Person person) {
        return (int) (31 * StrictMath.sqrt(person.unit(Stream.VIDEO_DAYS)));
    }

    static int messengerDays(Person person) {
        return (int) (31 * StrictMath.cbrt(person.unit(Stream.MESSENGER_DAYS)));
    }

    static String memberPlan(Person person) {
        return graded(person, Stream.MEMBER_PLAN, "gold", "plus", "free");
    }

    static String memberTier(Person person) {
        return graded(person, Stream.MEMBER_TIER, "gold", "silver", "bronze");
    }

    static String subscription(Person person) {
        return graded(person, Stream.SUBSCRIPTION, "yearly", "monthly", "none");
    }

    private static String graded(Person person, Stream stream, String best, String middle, String least) {
        double u = person.unit(stream);
        double z = person.affluence();
        return u < .05 + .10 * z ? best : u < .20 + .25 * z ? middle : least;
    }

    private static int exponential(Person person, Stream stream, int mean) {
        return (int) Math.min(COUNT_MAX, -mean * StrictMath.log(1 - person.unit(stream)));
    }

    private static String[] categories() {
        var names = new String[Planted.CATEGORIES];
        for (int rank = 0; rank < names.length; rank++) {
            // Three digits, by rank.
            names[rank] = "c" + Integer.toString(1_001 + rank).substring(1);
        }
        return names;
    }
}
