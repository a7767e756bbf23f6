package io.tamis.ledger;

import io.tamis.data.Hash;
import io.tamis.log.Checkpoint;
import io.tamis.log.LogEntry;
import io.tamis.log.MerkleTree;
import io.tamis.log.SignedNote;
import io.tamis.log.TlogProof;
import io.tamis.log.TreeHead;
import io.tamis.log.VerifierKey;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;

/**
 * This process's copy of the tree and the newest published checkpoint. Leaves get here only after they have committed, from
 * the sequencer or read back from the database, whoever comes first: each is added at its index, and one that is there
 * already is not added again. So the copy is never ahead of the database, and a failed commit leaves nothing to undo.
 */
@Singleton
class LogTree {
    private final VerifierKey key;
    private final MerkleTree tree = new MerkleTree();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private Optional<Published> published = Optional.empty();

    LogTree(VerifierKey key) {
        this.key = key;
    }

    /** A checkpoint that callers may see, and what it says. */
    record Published(SignedNote note, TreeHead head) {}

    TreeHead head() {
        return tree.head();
    }

    TreeHead headWith(List<Hash> leaves) {
        return tree.headWith(leaves);
    }

    TreeHead headAt(long size) {
        return tree.head(size);
    }

    List<Hash> consistency(long from, long to) {
        return tree.consistency(from, to);
    }

    /** Adds committed leaves that begin at this index. */
    void add(long first, List<Hash> leaves) {
        lock.lock();
        try {
            long known = tree.size() - first;
            for (int i = (int) Math.min(Math.max(known, 0), leaves.size()); i < leaves.size(); i++) {
                tree.append(leaves.get(i));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes a committed checkpoint visible; sizes only rise. */
    void publish(SignedNote note, TreeHead head) {
        lock.lock();
        try {
            if (published.isEmpty() || published.get().head().size() < head.size()) {
                published = Optional.of(new Published(note, head));
                grown.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    Optional<Published> published() {
        lock.lock();
        try {
            return published;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a checkpoint larger than this size, at most so long. */
    void awaitLargerThan(long size, long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (publishedSize() <= size && left > 0) {
                left = grown.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The proof of an entry under the published checkpoint; empty until that covers it. */
    Optional<TlogProof> proof(LogEntry entry, long index) {
        return published().filter(now -> index < now.head().size()).map(now -> proof(entry, index, now));
    }

    /** The proof of an entry under this checkpoint, which covers it. */
    TlogProof proof(LogEntry entry, long index, Published under) {
        return new TlogProof(entry, index, tree.inclusion(index, under.head().size()), under.note());
    }

    /**
     * Reads on to the given head. False when the leaves in the database do not make its root: then somebody has changed
     * rows or head, and nobody may append to that or sign it.
     */
    boolean catchUp(Handle handle, TreeHead head) {
        lock.lock();
        try {
            if (tree.size() < head.size()) {
                EntryRows.leaves(handle, tree.size(), head.size(), tree::append);
            }
            return tree.size() >= head.size() && tree.head(head.size()).equals(head);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes over the newest checkpoint of the database, which another replica may have written. False when it is not ours:
     * not signed by our key, or of another tree.
     */
    boolean refresh(Handle handle) {
        var latest = LogHead.latestCheckpoint(handle);
        if (latest.isEmpty()) {
            return true;
        }
        var checkpoint = Checkpoint.open(latest.get(), key);
        if (checkpoint.isEmpty()) {
            return false;
        }
        TreeHead head = checkpoint.get().head();
        if (head.size() <= sizeSeen()) {
            return true;
        }
        if (!catchUp(handle, head)) {
            return false;
        }
        publish(latest.get(), head);
        return true;
    }

    private long sizeSeen() {
        lock.lock();
        try {
            return publishedSize();
        } finally {
            lock.unlock();
        }
    }

    private long publishedSize() {
        return published.map(now -> now.head().size()).orElse(-1L);
    }
}
