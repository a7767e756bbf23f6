package io.tamis.ledger.anchor;

import io.tamis.data.Hash;
import java.util.Objects;

/** What has become of a transaction, as the chain tells it now; a reorganisation may change it until it is settled. */
public sealed interface Fate {
    /** A block, by number and hash. */
    record Block(long number, Hash hash) {
        public Block {
            Objects.requireNonNull(hash);
        }
    }

    /** In no block: it waits, or was dropped, or never arrived. Nobody can tell which. */
    record Unknown() implements Fate {}

    /** In a block that may still be replaced. */
    record Mined(Block block) implements Fate {}

    /** In a block that counts as final. */
    record Settled(Block block) implements Fate {}

    /** In a block, and without effect: the contract has refused it. */
    record Reverted(Block block) implements Fate {}
}
