package io.tamis.ledger;

import io.tamis.data.Code;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import java.io.IOException;
import java.io.InputStream;

/** Reads what officers send, within its limits. */
final class OfficerRequests {
    /** Greatest body. */
    static final int BODY_BYTES_MAX = 4096;

    private OfficerRequests() {}

    /** The body, which must be an object. */
    static JsonFields fields(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(BODY_BYTES_MAX + 1);
            if (bytes.length > BODY_BYTES_MAX) {
                throw new LedgerException(Code.TOO_LARGE);
            }
            return new JsonFields(Json.parse(bytes));
        } catch (IOException brokenOff) {
            throw new LedgerException(Code.INVALID_REQUEST, brokenOff);
        }
    }

    /** How many items of a page, 1 to 200. */
    static int limit(String text) {
        int max = Math.toIntExact(number(text, LedgerResource.LIMIT_MAX));
        if (max == 0) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
        return max;
    }

    /** A decimal number from 0 to this one. */
    static long number(String text, long max) {
        if (!text.matches("[0-9]{1,16}") || Long.parseLong(text) > max) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
        return Long.parseLong(text);
    }
}
