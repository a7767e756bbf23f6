package io.tamis.ledger;

import io.tamis.log.LedgerEvent;
import io.tamis.log.Salt;
import io.tamis.log.TlogProof;
import java.util.Objects;

/**
 * An entry with what opens it and what proves it. Whoever is given one reads the entry: only for those whom it concerns, or who
 * must judge what it records.
 */
public record Disclosed(LedgerEvent event, Salt salt, TlogProof proof) {
    public Disclosed {
        Objects.requireNonNull(event);
        Objects.requireNonNull(salt);
        Objects.requireNonNull(proof);
    }
}
