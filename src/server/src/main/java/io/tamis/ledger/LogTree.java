package io.tamis.ledger;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.log.Checkpoint;
import io.tamis.log.LogEntry;
import io.tamis.log.LogException;
import io.tamis.log.Proofs;
import io.tamis.log.SignedNote;
import io.tamis.log.TilePath;
import io.tamis.log.TiledTree;
import io.tamis.log.TlogProof;
import io.tamis.log.TreeHead;
import io.tamis.log.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * This process's view of the tree and the newest published checkpoint: the right edge in memory, full tiles from the
 * database. Leaves get here only after they have committed, from the sequencer or read back from the database, whoever comes
 * first: each is added at its index, and one that is there already is not added again. So the edge is never ahead of the
 * database, and a failed commit leaves nothing to undo.
 *
 * <p>Tiles below the edge are not checked when they are read: every inclusion proof made of them is verified before it is
 * handed out, so a changed tile costs receipts, loudly, and never makes a wrong one.
 */
class LogTree {
    /** A longer way than this is not walked leaf by leaf: the edge is read anew. */
    static final int WALK_MAX = 4096;

    private static final Logger LOG = Logger.getLogger(LogTree.class);

    private final short log;
    private final VerifierKey key;
    private final Tiles tiles;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private volatile TiledTree tree;
    private Optional<Published> published = Optional.empty();

    LogTree(short log, VerifierKey key, Tiles tiles) {
        this.log = log;
        this.key = key;
        this.tiles = tiles;
        this.tree = new TiledTree(tiles);
    }

    /** A checkpoint that callers may see, and what it says. */
    record Published(SignedNote note, TreeHead head) {}

    Tiles tiles() {
        return tiles;
    }

    TreeHead head() {
        return tree.head();
    }

    TreeHead headAt(long size) {
        return tree.head(size);
    }

    List<Hash> consistency(long from, long to) {
        return tree.consistency(from, to);
    }

    /** A tile of the tree of this size, whole or in part; empty when that tree has no such. */
    Optional<byte[]> tile(TilePath.Hashes path, long size) {
        return tree.tile(path, size);
    }

    /** What these leaves would make of the tree; nothing changes before {@link #add(TiledTree.Batch, List)}. */
    TiledTree.Batch stage(List<Hash> leaves) {
        return tree.stage(leaves);
    }

    /** Adds what has been staged and has committed, unless somebody has read it back from the database meanwhile. */
    void add(TiledTree.Batch staged, List<Hash> leaves) {
        tiles.keep(staged.tiles());
        lock.lock();
        try {
            if (tree.size() == staged.first()) {
                tree.adopt(staged);
            } else {
                add(staged.first(), leaves);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Adds committed leaves that begin at this index. */
    void add(long first, List<Hash> leaves) {
        lock.lock();
        try {
            long known = Math.clamp(tree.size() - first, 0, leaves.size());
            if (known < leaves.size()) {
                tree.adopt(tree.stage(leaves.subList((int) known, leaves.size())));
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

    /**
     * The proof of an entry under this checkpoint, which covers it, verified. One that does not hold is tried again over
     * freshly read tiles, as damage may have been mended; then it is an alarm, and the caller gets none.
     */
    TlogProof proof(LogEntry entry, long index, Published under) {
        for (int attempt = 0; attempt < 2; attempt++) {
            var path = inclusion(index, under.head().size());
            if (path.isPresent() && Proofs.verifyInclusion(entry.leaf(), index, path.get(), under.head())) {
                return new TlogProof(entry, index, path.get(), under.note());
            }
            tiles.forget();
        }
        LOG.errorf("ledger_tile or ledger_event has been changed: entry %d has no proof under the checkpoint", index);
        throw new LedgerException(Code.LEDGER_UNAVAILABLE);
    }

    private Optional<List<Hash>> inclusion(long index, long size) {
        try {
            return Optional.of(tree.inclusion(index, size));
        } catch (LogException noSuchTile) {
            return Optional.empty();
        }
    }

    /**
     * Reads on to the given head. False when rows and tiles in the database do not make its root, or do not continue what was
     * read before: then somebody has changed them or the head, and nobody may append to that or sign it.
     */
    boolean catchUp(Handle handle, TreeHead head) {
        lock.lock();
        try {
            if (head.size() - tree.size() > WALK_MAX) {
                return reopen(handle, head);
            }
            if (tree.size() < head.size()) {
                var leaves = new ArrayList<Hash>();
                EntryRows.leaves(handle, log, tree.size(), head.size(), leaves::add);
                add(tree.size(), leaves);
            }
            return tree.size() >= head.size() && tree.head(head.size()).equals(head);
        } catch (LogException noSuchTile) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** The edge of a tree that is far ahead, out of its newest leaves and the tiles at its right. */
    private boolean reopen(Handle handle, TreeHead head) {
        var newest = new ArrayList<Hash>();
        EntryRows.leaves(handle, log, head.size() - head.size() % Tiles.WIDTH, head.size(), newest::add);
        if (newest.size() != head.size() % Tiles.WIDTH) {
            return false;
        }
        tiles.readAhead(handle, head.size());
        var opened = TiledTree.open(head.size(), newest, tiles);
        if (!opened.head().equals(head) || !opened.head(tree.size()).equals(tree.head())) {
            return false;
        }
        tree = opened;
        return true;
    }

    /**
     * Takes over the newest checkpoint of the database, which another replica may have written. False when it is not ours:
     * not signed by our key, or of another tree.
     */
    boolean refresh(Handle handle) {
        var latest = LogHead.latestCheckpoint(handle, log);
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
