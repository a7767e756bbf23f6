package io.tamis.ledger.contract;

import io.tamis.data.Hash;
import io.tamis.log.TreeHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Proofs of trees that are too large to be built: the shape is that of RFC 9162, the subtrees at its edge are random
 * hashes, and the roots are folded from them.
 */
final class Notarised {
    private static final byte[] NODE = {1};

    /** Two heads of a tree, and the proof that the later extends the earlier. */
    record Growth(TreeHead earlier, TreeHead later, List<Hash> proof) {}

    /** A leaf of a tree with its proof. */
    record Leaf(Hash hash, long index, TreeHead head, List<Hash> proof) {}

    private record Roots(Hash earlier, Hash later) {}

    private Notarised() {}

    /** A compiled file of the contract. */
    static String file(String extension) throws IOException {
        return Files.readString(Path.of("../../ledger/compiled/AccessLogNotary." + extension));
    }

    /** This many different hashes. */
    static List<Hash> hashes(int count) {
        var random = new SplittableRandom(count);
        var hashes = new ArrayList<Hash>();
        for (int i = 0; i < count; i++) {
            hashes.add(hash(random));
        }
        return hashes;
    }

    /** A hash of nothing. */
    static Hash hash(SplittableRandom random) {
        var bytes = ByteBuffer.allocate(Hash.LENGTH);
        while (bytes.hasRemaining()) {
            bytes.putLong(random.nextLong());
        }
        return Hash.of(bytes.array());
    }

    /** A tree that grows from one size to another, 0 &lt; from &lt; to. */
    static Growth growth(long from, long to, SplittableRandom random) {
        var proof = new ArrayList<Hash>();
        var roots = grow(from, to, true, proof, random);
        return new Growth(new TreeHead(from, roots.earlier()), new TreeHead(to, roots.later()), List.copyOf(proof));
    }

    /** A tree of this size with a leaf at this index. */
    static Leaf leaf(long index, long size, SplittableRandom random) {
        var proof = new ArrayList<Hash>();
        Hash leaf = hash(random);
        return new Leaf(leaf, index, new TreeHead(size, climb(index, size, leaf, proof, random)), List.copyOf(proof));
    }

    private static Roots grow(long from, long to, boolean whole, List<Hash> proof, SplittableRandom random) {
        if (from == to) {
            Hash known = hash(random);
            if (!whole) {
                proof.add(known);
            }
            return new Roots(known, known);
        }
        long left = Long.highestOneBit(to - 1);
        if (from <= left) {
            var roots = grow(from, left, whole, proof, random);
            Hash right = hash(random);
            proof.add(right);
            return new Roots(roots.earlier(), node(roots.later(), right));
        }
        var roots = grow(from - left, to - left, false, proof, random);
        Hash known = hash(random);
        proof.add(known);
        return new Roots(node(known, roots.earlier()), node(known, roots.later()));
    }

    private static Hash climb(long index, long size, Hash leaf, List<Hash> proof, SplittableRandom random) {
        if (size == 1) {
            return leaf;
        }
        long left = Long.highestOneBit(size - 1);
        boolean goesLeft = index < left;
        Hash below = goesLeft
                ? climb(index, left, leaf, proof, random)
                : climb(index - left, size - left, leaf, proof, random);
        Hash beside = hash(random);
        proof.add(beside);
        return goesLeft ? node(below, beside) : node(beside, below);
    }

    private static Hash node(Hash left, Hash right) {
        return Hash.sha256(NODE, left.bytes(), right.bytes());
    }
}
