package io.tamis.log;

import io.tamis.data.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of RFC 6962 section 2.1, append only, with proofs for its present and all earlier sizes. It keeps the
 * hash of every full subtree, 64 bytes a leaf. Safe for use by several threads.
 *
 * <p>Assumes SHA-256 to be collision resistant: then a root fixes all leaves and their order.
 */
public final class MerkleTree {
    // levels.get(h) has the roots of the full subtrees of 2^h leaves, from left to right.
    private final List<HashList> levels = new ArrayList<>();
    private final TreeProofs proofs =
            new TreeProofs((height, index) -> levels.get(height).get(index));
    private long size;

    /** How many leaves. */
    public synchronized long size() {
        return size;
    }

    /** Adds a leaf at the right. */
    public synchronized void append(Hash leaf) {
        Hash node = leaf;
        int height = 0;
        level(0).add(node);
        // Each bit of the new size that becomes 0 is a subtree that has become full.
        for (long left = size; (left & 1) == 1; left >>= 1) {
            node = TreeHash.node(levels.get(height).get(left - 1), node);
            height++;
            level(height).add(node);
        }
        size++;
    }

    /** The head now. */
    public synchronized TreeHead head() {
        return head(size);
    }

    /** The head when the tree had this many leaves. */
    public synchronized TreeHead head(long atSize) {
        requireSize(atSize);
        return proofs.head(atSize);
    }

    /**
     * The head there would be after these leaves, which are not appended: a writer stores it first and appends when that
     * has committed, so that a failed commit leaves nothing to undo here.
     */
    public synchronized TreeHead headWith(List<Hash> leaves) {
        var staged = new RootHasher();
        peaks(staged);
        leaves.forEach(staged::append);
        return staged.head();
    }

    /** The inclusion proof of a leaf in the tree of this size: hashes from the leaf's sibling up to the root's child. */
    public synchronized List<Hash> inclusion(long index, long atSize) {
        requireSize(atSize);
        return proofs.inclusion(index, atSize);
    }

    /** The consistency proof between two sizes, 0 &lt; from &lt;= to. */
    public synchronized List<Hash> consistency(long from, long to) {
        requireSize(to);
        return proofs.consistency(from, to);
    }

    /** The full subtrees this tree consists of, from left to right: one for each 1 in the binary form of its size. */
    private void peaks(RootHasher into) {
        long begin = 0;
        for (int height = 62; height >= 0; height--) {
            if ((size >> height & 1) == 1) {
                into.appendSubtree(levels.get(height).get(begin >> height), height);
                begin += 1L << height;
            }
        }
    }

    private HashList level(int height) {
        if (height == levels.size()) {
            levels.add(new HashList());
        }
        return levels.get(height);
    }

    private void requireSize(long atSize) {
        if (atSize < 0 || atSize > size) {
            throw LogException.malformed();
        }
    }
}
