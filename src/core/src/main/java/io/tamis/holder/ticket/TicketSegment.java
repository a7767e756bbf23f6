package io.tamis.holder.ticket;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One number to be opened: the masked sum of one group of persons.
 *
 * @param label the group's declared key; empty when the job has no groups
 * @param masks hash of the mask of each source, in the sources' order
 * @param aggregate {@link io.tamis.he.Aggregate#hash} of the sum that is to be opened
 */
public record TicketSegment(Optional<String> label, List<Hash> masks, Hash aggregate) {
    /** Longest label. */
    public static final int LABEL_LENGTH_MAX = 256;

    public TicketSegment {
        masks = List.copyOf(masks);
        Objects.requireNonNull(aggregate);
        boolean labelled = label.map(text -> !text.isEmpty() && text.length() <= LABEL_LENGTH_MAX)
                .orElse(true);
        if (!labelled || masks.isEmpty() || masks.size() > DecryptionTicket.SOURCES_MAX) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    Json.Obj toJson() {
        return Json.object()
                .putIfPresent("label", label)
                .put("masks", TicketJson.hashes(masks))
                .put("aggregate", aggregate.hex())
                .build();
    }

    static TicketSegment fromJson(Json json) {
        var fields = new JsonFields(json);
        var segment = new TicketSegment(
                fields.optionalString("label", LABEL_LENGTH_MAX),
                fields.list("masks", DecryptionTicket.SOURCES_MAX, TicketJson::hash),
                TicketJson.hash(fields.value("aggregate")));
        fields.end();
        return segment;
    }
}
