package io.tamis.synthetic;

import java.util.Locale;

/**
 * Channels of touchpoints as states of an absorbing Markov chain, in parts of 10,000: where a path begins, and from each
 * channel the chances to convert, to give up, and to go on to each channel; each row makes 10,000.
 */
enum Channel {
    DIRECT(1_500, 1_200, 3_800, 1_800, 500, 700, 1_200, 300, 500),
    EMAIL(700, 600, 3_400, 1_900, 900, 700, 1_500, 500, 500),
    MESSENGER(1_800, 800, 3_000, 1_600, 400, 1_400, 1_300, 800, 700),
    SEARCH(2_400, 1_000, 3_200, 2_000, 400, 600, 1_700, 400, 700),
    SOCIAL(1_600, 300, 3_600, 900, 300, 1_500, 1_600, 1_000, 800),
    VIDEO(2_000, 500, 3_300, 1_000, 300, 1_000, 1_900, 900, 1_100);

    /** The whole, in these parts. */
    static final int PARTS = 10_000;

    private static final Channel[] ALL = values();

    private final String value = name().toLowerCase(Locale.ROOT);
    private final int begins;
    private final int converts;
    private final int givesUp;
    private final int toDirect;
    private final int toEmail;
    private final int toMessenger;
    private final int toSearch;
    private final int toSocial;
    private final int toVideo;

    Channel(
            int begins,
            int converts,
            int givesUp,
            int toDirect,
            int toEmail,
            int toMessenger,
            int toSearch,
            int toSocial,
            int toVideo) {
        this.begins = begins;
        this.converts = converts;
        this.givesUp = givesUp;
        this.toDirect = toDirect;
        this.toEmail = toEmail;
        this.toMessenger = toMessenger;
        this.toSearch = toSearch;
        this.toSocial = toSocial;
        this.toVideo = toVideo;
    }

    /** The spelling in the data. */
    String value() {
        return value;
    }

    /** Parts of all paths that begin here. */
    int begins() {
        return begins;
    }

    /** Parts of all touches here that are the last before an order. */
    int converts() {
        return converts;
    }

    /** Parts of all touches here that are the last of a path without an order. */
    int givesUp() {
        return givesUp;
    }

    /** Parts of all touches here that are followed by one there. */
    int next(Channel there) {
        return switch (there) {
            case DIRECT -> toDirect;
            case EMAIL -> toEmail;
            case MESSENGER -> toMessenger;
            case SEARCH -> toSearch;
            case SOCIAL -> toSocial;
            case VIDEO -> toVideo;
        };
    }

    /** The first channel of a path, by a number of 0 to 9,999. */
    static Channel first(int part) {
        int left = part;
        for (Channel channel : ALL) {
            left -= channel.begins;
            if (left < 0) {
                return channel;
            }
        }
        throw new IllegalStateException("the beginnings do not make a whole");
    }

    /** The channel after this one, by a number from 0 within the parts that go on. */
    Channel after(int part) {
        int left = part;
        for (Channel channel : ALL) {
            left -= next(channel);
            if (left < 0) {
                return channel;
            }
        }
        throw new IllegalStateException("the row does not make a whole");
    }
}
