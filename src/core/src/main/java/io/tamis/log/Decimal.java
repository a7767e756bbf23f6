package io.tamis.log;

import io.tamis.data.Code;

/** Non-negative decimals with one spelling for each value. */
public final class Decimal {
    private Decimal() {}

    /** Reads 0 to 2^63-1 without sign or leading zero; {@code INVALID_REQUEST} for anything else. */
    public static long parse(String text) {
        if (!text.matches("0|[1-9][0-9]{0,18}")) {
            throw LogException.malformed();
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException tooLarge) {
            throw new LogException(Code.INVALID_REQUEST, tooLarge);
        }
    }
}
