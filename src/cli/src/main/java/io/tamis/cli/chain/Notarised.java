package io.tamis.cli.chain;

import io.tamis.data.Hash;
import io.tamis.log.TreeHead;
import java.util.List;
import java.util.Optional;

/**
 * What a chain holds of one log. The contract takes an anchor only with a proof that it continues the one before, so the
 * newest anchor stands for all earlier ones. Every question may throw {@link ChainException}: a node that does not answer,
 * or answers nonsense, says nothing about the log.
 */
public interface Notarised {
    /** The newest anchor; empty when the contract knows no log of this id. */
    Optional<Anchor> newest();

    /** The root that was anchored at this size. */
    Optional<Hash> rootAt(long size);

    /**
     * Anchors at or before the newest, newest first, as far back as one that has at most {@code size} leaves, within limits:
     * the last of the list may still be larger.
     */
    List<TreeHead> backTo(Anchor newest, long size);
}
