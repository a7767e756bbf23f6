package io.tamis.holder.ticket;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Spellings that several parts of a ticket share. */
final class TicketJson {
    private static final int INSTANT_LENGTH_MAX = 32;

    private TicketJson() {}

    static Json.Arr hashes(List<Hash> hashes) {
        return Json.strings(hashes.stream().map(Hash::hex).toList());
    }

    static Hash hash(Json json) {
        return Hash.parse(JsonFields.text(json, 2 * Hash.LENGTH));
    }

    /** A moment in the spelling that {@link Instant#toString} gives, and in no other. */
    static Instant instant(JsonFields fields, String name) {
        String text = fields.string(name, INSTANT_LENGTH_MAX);
        try {
            Instant at = Instant.parse(text);
            if (at.toString().equals(text)) {
                return at;
            }
        } catch (DateTimeParseException malformed) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        throw new DataException(Code.INVALID_REQUEST);
    }
}
