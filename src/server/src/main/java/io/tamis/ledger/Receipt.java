package io.tamis.ledger;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import java.util.Objects;

/** Proof for a caller that an event is in the log: its index and a C2SP tlog-proof, verifiable without us. */
public record Receipt(EventId eventId, long index, String tlogProof) {
    public Receipt {
        Objects.requireNonNull(eventId);
        Objects.requireNonNull(tlogProof);
        if (index < 0) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** The receipt as it stands in answers. */
    public Json.Obj toJson() {
        return Json.object()
                .put("eventId", eventId.toString())
                .put("index", index)
                .put("tlogProof", tlogProof)
                .build();
    }
}
