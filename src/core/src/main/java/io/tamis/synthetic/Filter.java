package io.tamis.synthetic;

/** Conditions on audiences whose overlaps are part of the truth, beside that of everybody. */
enum Filter {
    /** No condition; four lists, the brand's among them. */
    EVERYBODY,
    /** {@code city_tier = T1} on all three platforms. */
    LARGEST_CITIES,
    /** {@code age_band = 25-34} on all three platforms. */
    AGED_25_TO_34,
    /** {@code orders_90d >= 1} at the shop, everybody at video and the messenger. */
    RECENT_BUYERS;

    private static final int PLATFORMS = Platform.SHOP.bit() | Platform.VIDEO.bit() | Platform.MESSENGER.bit();
    private static final int YOUNG_ADULTS = 1;

    /** Which lists are left, as a set of {@link Platform#bit}, of those that a phone of this person is on. */
    int lists(Life life, int on) {
        return switch (this) {
            case EVERYBODY -> on;
            case LARGEST_CITIES -> life.person().cityTier() == 0 ? on & PLATFORMS : 0;
            case AGED_25_TO_34 -> life.person().ageBand() == YOUNG_ADULTS ? on & PLATFORMS : 0;
            case RECENT_BUYERS ->
                on & PLATFORMS & ~(life.purchases().countSince(Life.LAST_90_DAYS) >= 1 ? 0 : Platform.SHOP.bit());
        };
    }
}
