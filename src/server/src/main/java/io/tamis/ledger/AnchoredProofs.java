package io.tamis.ledger;

import io.tamis.log.TlogProof;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Proofs under checkpoints that stand on the chain: whoever holds one needs no newer checkpoint of ours, and compares the root in
 * it with the contract's.
 */
@Singleton
final class AnchoredProofs {
    private final Jdbi jdbi;
    private final Shards shards;
    private final Anchors anchors;

    AnchoredProofs(Jdbi jdbi, Shards shards, Anchors anchors) {
        this.jdbi = jdbi;
        this.shards = shards;
        this.anchors = anchors;
    }

    /** Under the smallest anchored checkpoint that covers it; empty until there is one. */
    Optional<TlogProof> proof(LogReader.Found found) {
        if (found.index().isEmpty()) {
            return Optional.empty();
        }
        long index = found.index().getAsLong();
        var log = shards.of(found.event().log());
        var published = log.latest();
        return anchors.smallestCovering(log.origin(), index)
                .map(Anchors.AnchoredAt::head)
                // A replica that follows may know the anchor before it has read the checkpoint.
                .filter(head -> published
                        .filter(now -> head.size() <= now.head().size())
                        .isPresent())
                .flatMap(head -> jdbi.withHandle(handle -> LogHead.checkpointAt(handle, log.log(), head.size()))
                        .map(note ->
                                log.tree().proof(found.event().entry(), index, new LogTree.Published(note, head))));
    }
}
