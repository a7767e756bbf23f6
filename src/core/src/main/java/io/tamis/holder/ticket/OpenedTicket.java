package io.tamis.holder.ticket;

import io.tamis.data.CollaborationId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.PartyId;
import io.tamis.log.BudgetRow;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A line of a holder's own log: a ticket whose share has left or is about to. Written and forced to disk before the share
 * leaves, so that what was opened is never more than what is written.
 *
 * @param job whose sums it opened: one approval, one opening
 * @param ticket {@link SignedTicket#hash}
 * @param charge the {@code budget.charged} entry that paid for it
 * @param share SHA-256 of the stored share message
 */
public record OpenedTicket(
        TicketId id,
        JobId job,
        Hash ticket,
        long keyEpoch,
        CollaborationId collaboration,
        List<Hash> aggregates,
        List<PartyId> activeSet,
        EventId charge,
        List<BudgetRow> charges,
        Hash share,
        Instant at) {
    public OpenedTicket {
        Objects.requireNonNull(id);
        Objects.requireNonNull(job);
        Objects.requireNonNull(ticket);
        Objects.requireNonNull(collaboration);
        Objects.requireNonNull(charge);
        Objects.requireNonNull(share);
        Objects.requireNonNull(at);
        aggregates = List.copyOf(aggregates);
        activeSet = List.copyOf(activeSet);
        charges = List.copyOf(charges);
    }

    /** The line, without its newline. */
    public Json.Obj toJson() {
        return Json.object()
                .put("id", id.toString())
                .put("job", job.toString())
                .put("ticket", ticket.hex())
                .put("keyEpoch", keyEpoch)
                .put("collaboration", collaboration.value())
                .put("aggregates", TicketJson.hashes(aggregates))
                .put(
                        "activeSet",
                        Json.strings(activeSet.stream().map(PartyId::value).toList()))
                .put("charge", charge.toString())
                .put(
                        "charges",
                        Json.array(charges.stream().map(BudgetRow::toJson).toList()))
                .put("share", share.hex())
                .put("at", at.toString())
                .build();
    }

    /** Reads {@link #toJson()} strictly. */
    public static OpenedTicket fromJson(Json json) {
        var fields = new JsonFields(json);
        var opened = new OpenedTicket(
                TicketId.parse(fields.string("id", 64)),
                JobId.parse(fields.string("job", 64)),
                TicketJson.hash(fields.value("ticket")),
                fields.integer("keyEpoch", 1, Json.Int.MAGNITUDE_MAX),
                new CollaborationId(fields.string("collaboration", 64)),
                fields.list("aggregates", DecryptionTicket.SEGMENTS_MAX, TicketJson::hash),
                fields.list("activeSet", DecryptionTicket.HOLDERS_MAX, item -> new PartyId(JsonFields.text(item, 64))),
                EventId.parse(fields.string("charge", 36)),
                fields.list("charges", DecryptionTicket.CHARGES_MAX, BudgetRow::fromJson),
                TicketJson.hash(fields.value("share")),
                TicketJson.instant(fields, "at"));
        fields.end();
        return opened;
    }
}
