package io.tamis.log;

import io.tamis.data.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * Roots and proofs of RFC 6962 sections 2.1, 2.1.1 and 2.1.2, out of the roots of full subtrees. A tree that has grown
 * gives the same answers for its earlier sizes.
 */
final class TreeProofs {
    private final Nodes nodes;

    TreeProofs(Nodes nodes) {
        this.nodes = nodes;
    }

    TreeHead head(long size) {
        return size == 0 ? TreeHead.EMPTY : new TreeHead(size, root(0, size));
    }

    /** Hashes from the leaf's sibling up to the root's child; 0 &lt;= index &lt; size. */
    List<Hash> inclusion(long index, long size) {
        if (index < 0 || index >= size) {
            throw LogException.malformed();
        }
        var proof = new ArrayList<Hash>();
        inclusion(index, 0, size, proof);
        return List.copyOf(proof);
    }

    /** Hashes that lead from the root of the smaller size to both roots; 0 &lt; from &lt;= to. */
    List<Hash> consistency(long from, long to) {
        if (from < 1 || from > to) {
            throw LogException.malformed();
        }
        var proof = new ArrayList<Hash>();
        consistency(from, 0, to, true, proof);
        return List.copyOf(proof);
    }

    private void inclusion(long index, long begin, long end, List<Hash> proof) {
        if (end - begin == 1) {
            return;
        }
        long middle = begin + leftLeaves(end - begin);
        if (index < middle) {
            inclusion(index, begin, middle, proof);
            proof.add(root(middle, end));
        } else {
            inclusion(index, middle, end, proof);
            proof.add(root(begin, middle));
        }
    }

    /** {@code whole} says that the verifier already has the root of the part that is left: it is the old root itself. */
    private void consistency(long from, long begin, long end, boolean whole, List<Hash> proof) {
        if (from == end) {
            if (!whole) {
                proof.add(root(begin, end));
            }
            return;
        }
        long middle = begin + leftLeaves(end - begin);
        if (from <= middle) {
            consistency(from, begin, middle, whole, proof);
            proof.add(root(middle, end));
        } else {
            consistency(from, middle, end, false, proof);
            proof.add(root(begin, middle));
        }
    }

    /** MTH of the leaves in [begin, end). */
    private Hash root(long begin, long end) {
        long leaves = end - begin;
        if (Long.bitCount(leaves) == 1 && begin % leaves == 0) {
            return nodes.node(Long.numberOfTrailingZeros(leaves), begin / leaves);
        }
        long middle = begin + leftLeaves(leaves);
        return TreeHash.node(root(begin, middle), root(middle, end));
    }

    /** The largest power of two below a number of leaves, which is at least 2. */
    private static long leftLeaves(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }
}
