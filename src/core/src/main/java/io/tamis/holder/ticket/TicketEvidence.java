package io.tamis.holder.ticket;

import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.log.LedgerEvent;
import io.tamis.log.LogEntry;
import io.tamis.log.Salt;
import io.tamis.log.TlogProof;
import io.tamis.log.VerifierKey;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** A ledger entry shown with what opens it and what proves that it is in the ledger: a disclosure (ledger/format.md). */
public record TicketEvidence(LedgerEvent event, Salt salt, TlogProof proof) {
    public TicketEvidence {
        Objects.requireNonNull(event);
        Objects.requireNonNull(salt);
        Objects.requireNonNull(proof);
    }

    /** True when event and salt open the entry, and its proof leads to a checkpoint signed by one of these keys. */
    public boolean holds(List<VerifierKey> ledgerKeys) {
        return LogEntry.of(salt, event).equals(proof.entry())
                && ledgerKeys.stream().anyMatch(proof::verifies);
    }

    Json.Obj toJson() {
        return Json.object()
                .put("event", event.body())
                .put("salt", HexFormat.of().formatHex(salt.bytes()))
                .put("proof", proof.text())
                .build();
    }

    static TicketEvidence fromJson(Json json) {
        var fields = new JsonFields(json);
        var evidence = new TicketEvidence(
                LedgerEvent.parse(fields.value("event").canonicalBytes()),
                Salt.of(TicketJson.hash(fields.value("salt")).bytes()),
                TlogProof.parse(fields.string("proof", TlogProof.CHARACTERS_MAX)));
        fields.end();
        return evidence;
    }
}
