package io.tamis.synthetic;

/**
 * The table of random streams: one attribute, one number, for ever. A number is never used again for something else and
 * never moved, or every world ever made would change. Streams 0 to 3 are those of the design's vector.
 *
 * <p>A single attribute draws {@code rnd(seed, i, number)}. A sequence draws element k at {@code (number << 32) + k}, which
 * no single attribute reaches.
 */
enum Stream {
    /** z, the affluence behind everything else. */
    AFFLUENCE(0),
    /** On the shop if u < .5 + .3z. */
    SHOP(1),
    /** On video if u < .4 + .4z. */
    VIDEO(2),
    /** Same phone at video as at the shop if u < .45. */
    VIDEO_PHONE(3),
    /** On the messenger if u < .6 + .3z. */
    MESSENGER(4),
    /** Same phone at the messenger as at the shop if u < .6. */
    MESSENGER_PHONE(5),
    /** On the brand's list if u < .1 + .2z. */
    BRAND(6),
    CITY_TIER(7),
    AGE(8),
    BIRTHDAY(9),
    SHOP_JOINED(10),
    VIDEO_JOINED(11),
    MESSENGER_JOINED(12),
    BRAND_JOINED(13),
    MEMBER_PLAN(14),
    MEMBER_TIER(15),
    SUBSCRIPTION(16),
    SHOP_CATEGORY(17),
    VIDEO_CATEGORY(18),
    FRIENDS(19),
    CONTACTS(20),
    WATCH_MINUTES(21),
    VIDEO_DAYS(22),
    MESSAGES(23),
    MESSENGER_DAYS(24),
    /** Bought in the year, if on the shop and u < .45. */
    BUYER(25),
    FIRST_ORDER(26),
    /** How many paths of touchpoints. */
    PATHS(27),
    /** Sequence: purchase rate, dropout probability, spend rate of a buyer, in this order. */
    BUYER_TRAITS(28),
    /** Sequence: waits between orders and dropouts after them. */
    ORDER_TIMES(29),
    ORDER_AMOUNTS(30),
    ORDER_CATEGORIES(31),
    TOUCHES(32),
    VIDEO_EXPOSURES(33),
    MESSENGER_EXPOSURES(34),
    FOLLOWS(35);

    private final int number;

    Stream(int number) {
        this.number = number;
    }

    /** The stream's number. */
    long number() {
        return number;
    }

    /** Where the elements of a sequence begin. */
    long sequence() {
        return (long) number << 32;
    }
}
