package io.tamis.ledger.anchor;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.log.Origin;
import io.tamis.log.Proofs;
import io.tamis.log.TreeHead;
import java.util.List;
import java.util.Objects;

/**
 * That a log has this head, with the proof that it extends the chain's latest one.
 *
 * @param checkpointHash SHA-256 of the signed checkpoint, without cosignatures
 * @param proof RFC 9162 section 2.1.4; empty for a log's first head and for one the chain has already
 */
public record Claim(Origin origin, TreeHead head, Hash checkpointHash, List<Hash> proof) {
    public Claim {
        Objects.requireNonNull(origin);
        Objects.requireNonNull(checkpointHash);
        proof = List.copyOf(proof);
        if (head.size() < 1 || proof.size() > Proofs.HASHES_MAX) {
            throw new AnchorException(Code.INVALID_REQUEST);
        }
    }
}
