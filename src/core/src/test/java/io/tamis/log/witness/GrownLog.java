package io.tamis.log.witness;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.MemoryKeys;
import io.tamis.data.Hash;
import io.tamis.log.Checkpoint;
import io.tamis.log.MerkleTree;
import io.tamis.log.Origin;
import io.tamis.log.SignedNote;
import io.tamis.log.TreeHead;
import io.tamis.log.VerifierKey;
import java.nio.ByteBuffer;
import java.util.List;

/** A log of made-up leaves, with its key. Two that branch at a size are a log that shows two trees. */
final class GrownLog {
    static final Origin ORIGIN = new Origin("example.com/tamis/2026");

    final MemoryKeys keys;
    final MerkleTree tree = new MerkleTree();
    final Origin origin;

    GrownLog(Origin origin, long keySeed) {
        this.origin = origin;
        this.keys = new MemoryKeys(keySeed);
    }

    static GrownLog of(int size) {
        return branched(size, size);
    }

    /** As {@link #of} up to the branch, other leaves after it, under the same key. */
    static GrownLog branched(int branch, int size) {
        var log = new GrownLog(ORIGIN, 1);
        for (int i = 0; i < size; i++) {
            log.tree.append(leaf(i, i >= branch));
        }
        return log;
    }

    private static Hash leaf(int index, boolean other) {
        return Hash.sha256(
                ByteBuffer.allocate(5).put((byte) (other ? 1 : 0)).putInt(index).array());
    }

    VerifierKey key() {
        return new VerifierKey(origin, keys.publicKey(KeyName.LEDGER_SIGNING));
    }

    TreeHead head(long size) {
        return tree.head(size);
    }

    SignedNote note(long size) {
        return new Checkpoint(origin, head(size)).sign(keys, KeyName.LEDGER_SIGNING);
    }

    SignedNote signed(String text) {
        return SignedNote.sign(text, origin, keys, KeyName.LEDGER_SIGNING);
    }

    List<Hash> proof(long from, long to) {
        return from == 0 ? List.of() : tree.consistency(from, to);
    }

    byte[] body(long from, long to) {
        return new AddCheckpoint(from, proof(from, to), note(to)).encoded();
    }
}
