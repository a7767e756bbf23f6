package io.tamis.server.leaks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds any of very many byte patterns in one pass: the first eight bytes of each are looked up at every place, first in a
 * bit set, which answers no for nearly all, then in a map.
 */
final class ByteSearch {
    /** Least length of a pattern; shorter ones would be found everywhere anyway. */
    static final int ANCHOR = 8;

    /** Length of the shortest pattern that is hex itself, but for plain numbers. */
    private static final int HEX_MIN = 16;

    /** Greatest length of hex digits that may be a number with something before it. */
    private static final int NUMBER_MAX = 20;

    private static final int FILTER_BITS = 24;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private final long[] filter = new long[1 << (FILTER_BITS - 6)];
    private final Map<Long, List<Pattern>> byAnchor = new HashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Pattern(byte[] bytes, String name) {
        boolean at(byte[] text, int from) {
            return from + bytes.length <= text.length
                    && Arrays.equals(bytes, 0, bytes.length, text, from, from + bytes.length)
                    && !byChance(text, from);
        }

        /**
         * Eleven decimal digits within a hash in hex, a UUID's last group or a fraction are there by chance about once in a
         * hundred thousand runs; what is told apart here leaves less than once in a million.
         */
        private boolean byChance(byte[] text, int from) {
            int first = from;
            while (first > 0 && hex(text[first - 1])) {
                first--;
            }
            int end = from;
            while (end < text.length && hex(text[end])) {
                end++;
            }
            if (end < from + bytes.length) {
                return false;
            }
            boolean longer = end - first > bytes.length;
            boolean ofSomething = first > 0 && (text[first - 1] == '-' || text[first - 1] == '.');
            return bytes.length < HEX_MIN && longer && (ofSomething || end - first > NUMBER_MAX);
        }
    }

    /** Adds a pattern; findings are told by its name, which patterns may share. */
    void add(byte[] bytes, String name) {
        if (bytes.length < ANCHOR) {
            throw new IllegalArgumentException("too short to be searched for: " + name);
        }
        long anchor = 0;
        for (int i = 0; i < ANCHOR; i++) {
            anchor = (anchor << Byte.SIZE) | (bytes[i] & 0xff);
        }
        int bit = bit(anchor);
        filter[bit >>> 6] |= 1L << bit;
        byAnchor.computeIfAbsent(anchor, _ -> new ArrayList<>()).add(new Pattern(bytes.clone(), name));
    }

    /** Takes what is found, and where. */
    interface Sink {
        void found(String name, int at);
    }

    /** The names of what is found, with how often. */
    Map<String, Integer> in(byte[] text) {
        var found = new TreeMap<String, Integer>();
        in(text, (name, _) -> found.merge(name, 1, Integer::sum));
        return found;
    }

    /** Hands over whatever is found. */
    void in(byte[] text, Sink sink) {
        long window = 0;
        for (int i = 0; i < text.length; i++) {
            window = (window << Byte.SIZE) | (text[i] & 0xff);
            int bit = bit(window);
            if (i >= ANCHOR - 1 && ((filter[bit >>> 6] >>> bit) & 1) != 0) {
                for (Pattern pattern : byAnchor.getOrDefault(window, List.of())) {
                    if (pattern.at(text, i - ANCHOR + 1)) {
                        sink.found(pattern.name(), i - ANCHOR + 1);
                    }
                }
            }
        }
    }

    private static boolean hex(byte character) {
        return (character >= '0' && character <= '9')
                || (character >= 'a' && character <= 'f')
                || (character >= 'A' && character <= 'F');
    }

    private static int bit(long anchor) {
        return (int) ((anchor * MIX) >>> (Long.SIZE - FILTER_BITS));
    }
}
