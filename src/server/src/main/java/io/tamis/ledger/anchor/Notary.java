package io.tamis.ledger.anchor;

import io.tamis.data.Hash;
import io.tamis.log.Origin;
import java.util.Optional;

/**
 * A chain that keeps the heads of logs and refuses every head that does not extend the one before. The chain is the source
 * of truth: whoever anchors asks it first, and believes no memory of its own.
 *
 * <p>Every method that asks the chain answers within a bounded time or throws {@link AnchorException}, {@code NOT_READY} when
 * the chain does not answer and {@code ANCHOR_REFUSED} when it is not the configured one. For one thread.
 */
public interface Notary {
    /** Where this log stands on the chain, whether or not it is there yet; empty when nothing is anchored anywhere. */
    Optional<Place> place(Origin log);

    /** The log's heads on the chain; empty when the chain has no such log. */
    Optional<Heads> heads(Origin log);

    /** The root that was anchored for this size, as of the latest block; empty when none was. */
    Optional<Hash> rootAt(Origin log, long size);

    /** The number and price of the submitter's next transaction, as of the latest block: what waits to be mined is not counted. */
    Slot nextSlot();

    /**
     * Makes the transaction that anchors this claim, and sends nothing. Empty when the chain would refuse it as things
     * stand.
     */
    Optional<SignedAnchor> sign(Claim claim, Slot slot);

    /** Hands a transaction to the chain; handing it over again is allowed and changes nothing. */
    void send(SignedAnchor anchor);

    /** What has become of a transaction. */
    Fate fate(Hash transaction);
}
