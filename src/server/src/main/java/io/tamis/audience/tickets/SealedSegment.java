package io.tamis.audience.tickets;

import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.holder.ticket.TicketSegment;
import java.util.Objects;

/**
 * A masked sum that is to be opened.
 *
 * @param group its group's place among all declared ones
 * @param stated what the ticket says of it
 * @param body SHA-256 of the aggregate's packed body, under which it is kept
 * @param summed how many products it is a sum of
 */
public record SealedSegment(int group, TicketSegment stated, Hash body, int summed) {
    private static final int HASH_TEXT = 2 * Hash.LENGTH;

    public SealedSegment {
        Objects.requireNonNull(stated);
        Objects.requireNonNull(body);
        if (group < 0 || group >= SealedTerms.GROUPS_MAX || summed < 1) {
            throw new IllegalArgumentException("no such segment");
        }
    }

    /** What the ticket does not say; the rest is read from the ticket. */
    Json.Obj toJson() {
        return Json.object()
                .put("group", group)
                .put("body", body.hex())
                .put("summed", summed)
                .build();
    }

    static SealedSegment fromJson(Json json, TicketSegment stated) {
        var fields = new JsonFields(json);
        var segment = new SealedSegment(
                (int) fields.integer("group", 0, SealedTerms.GROUPS_MAX - 1L),
                stated,
                Hash.parse(fields.string("body", HASH_TEXT)),
                (int) fields.integer("summed", 1, Integer.MAX_VALUE));
        fields.end();
        return segment;
    }
}
