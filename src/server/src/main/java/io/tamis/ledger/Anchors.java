package io.tamis.ledger;

import io.tamis.data.Hash;
import io.tamis.log.Origin;
import io.tamis.log.TreeHead;
import java.util.Objects;
import java.util.Optional;

/** What is known to stand on the chain, for those who hand out proofs. It answers from the database, never from the chain. */
public interface Anchors {
    /**
     * A head of a log that is final on the chain.
     *
     * @param contract the notary's address, 0x and 40 hexadecimal digits
     * @param logId the log's name in the contract
     * @param transaction the transaction that anchored it; empty when it was found on the chain and is not one of ours
     */
    record AnchoredAt(TreeHead head, long chainId, String contract, Hash logId, Optional<Hash> transaction) {
        public AnchoredAt {
            Objects.requireNonNull(head);
            Objects.requireNonNull(contract);
            Objects.requireNonNull(logId);
            Objects.requireNonNull(transaction);
        }
    }

    /** The smallest anchored head of this log that covers the entry; empty until there is one. */
    Optional<AnchoredAt> smallestCovering(Origin origin, long index);
}
