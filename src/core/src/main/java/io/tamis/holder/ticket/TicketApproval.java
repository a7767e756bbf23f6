package io.tamis.holder.ticket;

import io.tamis.data.DepartmentId;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import java.util.Objects;

/**
 * Who said yes to the job for a dataset's owner; the entry named is among the ticket's evidence.
 *
 * @param event the {@code approval.given} entry
 */
public record TicketApproval(PartyId party, PersonId by, DepartmentId department, EventId event) {
    public TicketApproval {
        Objects.requireNonNull(party);
        Objects.requireNonNull(by);
        Objects.requireNonNull(department);
        Objects.requireNonNull(event);
    }

    Json.Obj toJson() {
        return Json.object()
                .put("party", party.value())
                .put("by", by.value())
                .put("department", department.value())
                .put("event", event.toString())
                .build();
    }

    static TicketApproval fromJson(Json json) {
        var fields = new JsonFields(json);
        var approval = new TicketApproval(
                new PartyId(fields.string("party", 64)),
                new PersonId(fields.string("by", 64)),
                new DepartmentId(fields.string("department", 64)),
                EventId.parse(fields.string("event", 36)));
        fields.end();
        return approval;
    }
}
