package io.tamis.log;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How {@link TilePath} is spelled. */
final class TileText {
    /** The word in the place of a level. */
    static final String ENTRIES = "entries";

    /** Longest path: {@code entries/}, six groups of digits (a tree has fewer than 2^55 tiles), {@code .p/255}. */
    private static final int CHARACTERS_MAX = 8 + 6 * 5 + 6;

    private static final int GROUP = 1000;

    /** Any spelling of the right letters; that it is the one spelling is seen by writing it again. */
    private static final Pattern FORM = Pattern.compile(
            "(?<level>entries|[0-9]{1,2})" + "/(?<number>(?:x[0-9]{3}/){0,5}[0-9]{3})(?:[.]p/(?<width>[0-9]{1,3}))?");

    private TileText() {}

    static TilePath parse(String path) {
        Matcher parts = FORM.matcher(path);
        if (path.length() > CHARACTERS_MAX || !parts.matches()) {
            throw LogException.malformed();
        }
        long index = Long.parseLong(parts.group("number").replaceAll("[x/]", ""));
        int width = parts.group("width") == null ? TileId.WIDTH : Integer.parseInt(parts.group("width"));
        String level = parts.group("level");
        TilePath read = level.equals(ENTRIES)
                ? new TilePath.Entries(new TileId(0, index), width)
                : new TilePath.Hashes(new TileId(Integer.parseInt(level), index), width);
        if (!read.text().equals(path)) {
            throw LogException.malformed();
        }
        return read;
    }

    static String number(long index, int width) {
        var out = new StringBuilder(group(index));
        for (long left = index / GROUP; left > 0; left /= GROUP) {
            out.insert(0, "x" + group(left) + "/");
        }
        return width == TileId.WIDTH ? out.toString() : out + ".p/" + width;
    }

    static void requireWidth(int width) {
        if (width < 1 || width > TileId.WIDTH) {
            throw LogException.malformed();
        }
    }

    private static String group(long digits) {
        return String.format(Locale.ROOT, "%03d", digits % GROUP);
    }
}
