package io.tamis.log;

import io.tamis.data.Hash;
import java.util.List;

/**
 * A tree as far as whoever continues it must know it: the roots of its full subtrees from left to right, one for each 1 in
 * the binary form of its size (RFC 9162 section 2.1.2 calls for no more to append).
 */
public record RightEdge(long size, List<Hash> peaks) {
    /** The tree without leaves. */
    public static final RightEdge EMPTY = new RightEdge(0, List.of());

    public RightEdge {
        peaks = List.copyOf(peaks);
        if (size < 0 || Long.bitCount(size) != peaks.size()) {
            throw LogException.malformed();
        }
    }

    /** Size and root. */
    public TreeHead head() {
        return continued().head();
    }

    /** The edge after these leaves too. */
    public RightEdge plus(List<Hash> leaves) {
        RootHasher tree = continued();
        leaves.forEach(tree::append);
        return tree.edge();
    }

    /** A tree to append to. */
    RootHasher continued() {
        var tree = new RootHasher();
        int next = 0;
        for (int height = Long.SIZE - 2; height >= 0; height--) {
            if (((size >> height) & 1) == 1) {
                tree.appendSubtree(peaks.get(next), height);
                next++;
            }
        }
        return tree;
    }
}
