package io.tamis.ledger.anchor;

import io.tamis.log.TreeHead;
import java.util.Objects;

/**
 * What the chain says of one log at one moment.
 *
 * @param latest as of the latest block; the next claim has to extend this one
 * @param settled as of the latest block that counts as final: what we call anchored
 */
public record Heads(TreeHead latest, TreeHead settled) {
    public Heads {
        Objects.requireNonNull(latest);
        Objects.requireNonNull(settled);
    }
}
