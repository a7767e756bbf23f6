package io.tamis.synthetic;

import io.tamis.data.DatasetId;

/** Who keeps a list of persons: three platforms, and a brand with its loyalty programme. Each writes phones its own way. */
public enum Platform {
    BRAND(1, "brand-members", "+86", ""),
    MESSENGER(2, "messenger-users", "0086 ", " "),
    SHOP(4, "shop-users", "", ""),
    VIDEO(8, "video-users", "+86 ", "-");

    private final int bit;
    private final String users;
    private final String prefix;
    private final String separator;

    Platform(int bit, String users, String prefix, String separator) {
        this.bit = bit;
        this.users = users;
        this.prefix = prefix;
        this.separator = separator;
    }

    /** The dataset with one row for each user. */
    public DatasetId users() {
        return new DatasetId(users);
    }

    /** What stands before the eleven digits. */
    String prefix() {
        return prefix;
    }

    /** What stands after the third and the seventh digit. */
    String separator() {
        return separator;
    }

    /** This platform in a set of platforms. */
    int bit() {
        return bit;
    }
}
