package io.tamis.log;

import io.tamis.data.Hash;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The head of a tree that is only ever appended to, in logarithmic memory: the roots of its full subtrees, from left to
 * right. For one thread.
 */
final class TreeRoot {
    private final Deque<Hash> peaks;
    private long size;

    TreeRoot() {
        this(new ArrayDeque<>(), 0);
    }

    /** Continues a tree with these full subtrees. */
    TreeRoot(Deque<Hash> peaks, long size) {
        this.peaks = new ArrayDeque<>(peaks);
        this.size = size;
    }

    long size() {
        return size;
    }

    void append(Hash leaf) {
        Hash node = leaf;
        // Each bit of the new size that becomes 0 is a subtree that has become full.
        for (long left = size; (left & 1) == 1; left >>= 1) {
            node = TreeHash.node(peaks.removeLast(), node);
        }
        peaks.addLast(node);
        size++;
    }

    TreeHead head() {
        if (size == 0) {
            return TreeHead.EMPTY;
        }
        var left = new ArrayDeque<>(peaks);
        Hash root = left.removeLast();
        while (!left.isEmpty()) {
            root = TreeHash.node(left.removeLast(), root);
        }
        return new TreeHead(size, root);
    }
}
