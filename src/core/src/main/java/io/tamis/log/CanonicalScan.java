package io.tamis.log;

import io.tamis.data.Json;

/**
 * A quick look at an object in RFC 8785 form, over bytes and without building anything. It says yes only when the strict
 * reader would take the object and write it back byte for byte; where it is not sure (escapes, anything but ASCII, deep
 * nesting, names out of order) it says no, and the strict reader decides. So it may be simple, and must never be generous.
 */
class CanonicalScan {
    /** What a scan returns that is not sure. */
    static final int UNSURE = -1;

    /** Deeper objects are left to the strict reader; an event may go to {@link LedgerEvent#DEPTH_MAX}. */
    private static final int DEPTH_MAX = 16;

    private static final int DIGITS_MAX = 16;

    private byte[] text = {};
    private int end;

    /** Where the object that begins here ends, exclusively; {@link #UNSURE} when only the strict reader can tell. */
    final int object(byte[] bytes, int from, int to) {
        text = bytes;
        end = to;
        return peek(from) == '{' ? object(from, 1) : UNSURE;
    }

    /** Hears of each member of the outermost object: where its name, without quotes, and its value are. */
    void member(int nameFrom, int nameTo, int valueFrom, int valueTo) {}

    private int value(int at, int depth) {
        return switch (peek(at)) {
            case '{' -> depth == DEPTH_MAX ? UNSURE : object(at, depth + 1);
            case '[' -> depth == DEPTH_MAX ? UNSURE : array(at, depth + 1);
            case '"' -> string(at);
            case 't' -> literal(at, "true");
            case 'f' -> literal(at, "false");
            // An event has no null.
            case 'n' -> UNSURE;
            default -> integer(at);
        };
    }

    private int object(int begin, int depth) {
        int at = begin + 1;
        if (peek(at) == '}') {
            return at + 1;
        }
        int beforeFrom = 0;
        int beforeTo = 0;
        while (true) {
            int nameEnd = peek(at) == '"' ? string(at) : UNSURE;
            if (nameEnd == UNSURE || peek(nameEnd) != ':') {
                return UNSURE;
            }
            int nameFrom = at + 1;
            int nameTo = nameEnd - 1;
            if (beforeFrom > 0 && !ascends(beforeFrom, beforeTo, nameFrom, nameTo)) {
                return UNSURE;
            }
            int valueEnd = value(nameEnd + 1, depth);
            if (valueEnd == UNSURE) {
                return UNSURE;
            }
            if (depth == 1) {
                member(nameFrom, nameTo, nameEnd + 1, valueEnd);
            }
            int next = peek(valueEnd);
            if (next != ',') {
                return next == '}' ? valueEnd + 1 : UNSURE;
            }
            beforeFrom = nameFrom;
            beforeTo = nameTo;
            at = valueEnd + 1;
        }
    }

    private int array(int begin, int depth) {
        int at = begin + 1;
        if (peek(at) == ']') {
            return at + 1;
        }
        while (true) {
            int valueEnd = value(at, depth);
            if (valueEnd == UNSURE) {
                return UNSURE;
            }
            int next = peek(valueEnd);
            if (next != ',') {
                return next == ']' ? valueEnd + 1 : UNSURE;
            }
            at = valueEnd + 1;
        }
    }

    private int string(int begin) {
        for (int at = begin + 1; at < end; at++) {
            byte b = text[at];
            if (b == '"') {
                return at + 1;
            }
            // Below 0x20 are control characters, and as bytes are signed everything but ASCII.
            if (b < 0x20 || b == '\\') {
                return UNSURE;
            }
        }
        return UNSURE;
    }

    private int integer(int begin) {
        boolean negative = peek(begin) == '-';
        int first = negative ? begin + 1 : begin;
        int at = first;
        long magnitude = 0;
        while (digit(peek(at)) && at - first < DIGITS_MAX) {
            magnitude = 10 * magnitude + (text[at] - '0');
            at++;
        }
        boolean zeroFirst = peek(first) == '0';
        if (at == first || (zeroFirst && (negative || at - first > 1)) || magnitude > Json.Int.MAGNITUDE_MAX) {
            return UNSURE;
        }
        return at;
    }

    private int literal(int begin, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (peek(begin + i) != word.charAt(i)) {
                return UNSURE;
            }
        }
        return begin + word.length();
    }

    /** Of ASCII names the order of bytes is that of UTF-16 code units; equal names do not ascend. */
    private boolean ascends(int from, int to, int laterFrom, int laterTo) {
        int common = Math.min(to - from, laterTo - laterFrom);
        for (int i = 0; i < common; i++) {
            int difference = text[from + i] - text[laterFrom + i];
            if (difference != 0) {
                return difference < 0;
            }
        }
        return to - from < laterTo - laterFrom;
    }

    private int peek(int at) {
        return at < end ? text[at] : UNSURE;
    }

    private static boolean digit(int b) {
        return b >= '0' && b <= '9';
    }
}
