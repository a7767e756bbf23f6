package io.tamis.cli.witness;

import io.tamis.cli.audit.SigningKeys;
import io.tamis.crypto.KeyName;
import io.tamis.data.Hash;
import io.tamis.log.Checkpoint;
import io.tamis.log.MerkleTree;
import io.tamis.log.Origin;
import io.tamis.log.SignedNote;
import io.tamis.log.VerifierKey;
import io.tamis.log.witness.AddCheckpoint;
import java.util.List;

/** A log of made-up leaves, signed by the JDK. */
final class SignedLog {
    static final Origin ORIGIN = new Origin("example.com/ledger/2026");

    private final MerkleTree tree = new MerkleTree();
    private final SigningKeys keys;

    SignedLog(SigningKeys keys, int size, int branch) {
        this.keys = keys;
        for (int i = 0; i < size; i++) {
            tree.append(Hash.sha256(new byte[] {(byte) i, (byte) (i >= branch ? 1 : 0)}));
        }
    }

    VerifierKey key() {
        return new VerifierKey(ORIGIN, keys.publicKey(KeyName.LEDGER_SIGNING));
    }

    SignedNote note(long size) {
        return new Checkpoint(ORIGIN, tree.head(size)).sign(keys, KeyName.LEDGER_SIGNING);
    }

    byte[] body(long from, long to) {
        List<Hash> proof = from == 0 || from > to ? List.of() : tree.consistency(from, to);
        return new AddCheckpoint(from, proof, note(to)).encoded();
    }
}
