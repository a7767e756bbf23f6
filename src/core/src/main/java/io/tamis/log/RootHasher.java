package io.tamis.log;

import io.tamis.data.Hash;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * The head of a tree that is only ever appended to, in logarithmic memory: the roots of its full subtrees, from left to
 * right, side by side in one array. A leaf costs one hash and no objects. For one thread; to use several, each hashes
 * aligned runs of {@code 2^height} leaves with a hasher of its own, and one appends their roots in order.
 */
public final class RootHasher {
    /** A tree has fewer than 2^63 leaves, so at most 63 full subtrees, and one more while two of them are joined. */
    private static final int PEAKS_MAX = 64;

    private final NodeHasher hasher = new NodeHasher();
    private final byte[] peaks;
    private int depth;
    private long size;

    /** The tree without leaves. */
    public RootHasher() {
        peaks = new byte[PEAKS_MAX * Hash.LENGTH];
    }

    private RootHasher(RootHasher other) {
        peaks = other.peaks.clone();
        depth = other.depth;
        size = other.size;
    }

    /** Another hasher that has the same leaves, and goes its own way from here. */
    public RootHasher copy() {
        return new RootHasher(this);
    }

    /** How many leaves. */
    public long size() {
        return size;
    }

    /** Adds a leaf at the right. */
    public void append(Hash leaf) {
        append(leaf.bytes(), 0);
    }

    /** Adds the leaf whose 32 bytes begin there, copied. */
    public void append(byte[] leaves, int from) {
        push(leaves, from, 0);
    }

    /**
     * Adds {@code 2^height} leaves at once by their root. What is there already must be a multiple of so many: only then
     * is their root a node of this tree.
     */
    public void appendSubtree(Hash root, int height) {
        if (height < 0 || height > Long.SIZE - 2 || Long.numberOfTrailingZeros(size) < height) {
            throw LogException.malformed();
        }
        push(root.bytes(), 0, height);
    }

    /** What is needed to go on from here. */
    public RightEdge edge() {
        var roots = new ArrayList<Hash>();
        for (int i = 0; i < depth; i++) {
            roots.add(Hash.of(Arrays.copyOfRange(peaks, i * Hash.LENGTH, (i + 1) * Hash.LENGTH)));
        }
        return new RightEdge(size, roots);
    }

    /** The head now. */
    public TreeHead head() {
        if (size == 0) {
            return TreeHead.EMPTY;
        }
        byte[] left = Arrays.copyOf(peaks, depth * Hash.LENGTH);
        for (int last = depth - 1; last > 0; last--) {
            hasher.parent(left, (last - 1) * Hash.LENGTH, left, (last - 1) * Hash.LENGTH);
        }
        return new TreeHead(size, Hash.of(Arrays.copyOf(left, Hash.LENGTH)));
    }

    private void push(byte[] root, int from, int height) {
        long grown = Math.addExact(size, 1L << height);
        System.arraycopy(root, from, peaks, depth * Hash.LENGTH, Hash.LENGTH);
        // Each bit of the new size that becomes 0 is a subtree that has become full.
        for (long left = size >> height; (left & 1) == 1; left >>= 1) {
            depth--;
            hasher.parent(peaks, depth * Hash.LENGTH, peaks, depth * Hash.LENGTH);
        }
        depth++;
        size = grown;
    }
}
