package io.tamis.cli.chain;

import io.tamis.log.TreeHead;
import java.time.Instant;
import java.util.Objects;

/**
 * A tree head that the contract holds.
 *
 * @param at the block's time; an anchor that is not the newest is given that of the newest, which is no earlier
 * @param block in which it was stored, or, of one that is not the newest, a later one
 */
public record Anchor(TreeHead head, Instant at, long block) {
    public Anchor {
        Objects.requireNonNull(head);
        Objects.requireNonNull(at);
    }
}
