package io.tamis.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import io.tamis.data.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A tree of some thousand leaves, past the borders of its memory, and what a log that lies would have to show. */
class MerkleTreePropertyTest {
    private static final int SIZE = 2_500;
    private static final List<Hash> LEAVES = NaiveTree.leaves(SIZE);
    private static final MerkleTree TREE = new MerkleTree();

    private record Pair(int smaller, int greater) {}

    @BeforeAll
    static void grow() {
        LEAVES.forEach(TREE::append);
    }

    private static Pair pair(java.util.SplittableRandom seed) {
        int one = seed.nextInt(1, SIZE + 1);
        int other = seed.nextInt(1, SIZE + 1);
        return new Pair(Math.min(one, other), Math.max(one, other));
    }

    /** RFC 6962 section 2.1.3 draws this tree and spells out its proofs by the letters of its nodes. */
    @Test
    void proofs_ofTheTreeOfTheRfc_areThePrintedOnes() {
        List<Hash> d = NaiveTree.leaves(7);
        Hash a = d.get(0);
        Hash b = d.get(1);
        Hash c = d.get(2);
        Hash e = d.get(4);
        Hash f = d.get(5);
        Hash j = d.get(6);
        Hash g = TreeHash.node(a, b);
        Hash h = TreeHash.node(c, d.get(3));
        Hash i = TreeHash.node(e, f);
        Hash k = TreeHash.node(g, h);
        Hash l = TreeHash.node(i, j);
        var tree = new MerkleTree();
        d.forEach(tree::append);
        assertEquals(TreeHash.node(k, l), tree.head().root());
        assertEquals(List.of(b, h, l), tree.inclusion(0, 7));
        assertEquals(List.of(c, g, l), tree.inclusion(3, 7));
        assertEquals(List.of(f, j, k), tree.inclusion(4, 7));
        assertEquals(List.of(i, k), tree.inclusion(6, 7));
        assertEquals(List.of(c, d.get(3), g, l), tree.consistency(3, 7));
        assertEquals(List.of(l), tree.consistency(4, 7));
        assertEquals(List.of(i, j, k), tree.consistency(6, 7));
    }

    @Test
    void head_randomSizes_equalsTheNaiveRoot() {
        Samples.forAll(300_000, 60, MerkleTreePropertyTest::pair, pair -> {
            assertEquals(
                    NaiveTree.root(LEAVES.subList(0, pair.greater())),
                    TREE.head(pair.greater()).root());
            var smaller = new MerkleTree();
            LEAVES.subList(0, pair.smaller()).forEach(smaller::append);
            assertEquals(TREE.head(pair.greater()), smaller.headWith(LEAVES.subList(pair.smaller(), pair.greater())));
            assertEquals(pair.smaller(), smaller.size());
        });
    }

    /** A proof is no longer than the tree is high: a verifier may refuse anything longer without a thought. */
    @Test
    void proofs_randomPlaces_verifyAndAreShort() {
        Samples.forAll(310_000, 2_000, MerkleTreePropertyTest::pair, pair -> {
            int height = Integer.SIZE - Integer.numberOfLeadingZeros(pair.greater() - 1);
            var head = TREE.head(pair.greater());
            int index = pair.smaller() - 1;
            var path = TREE.inclusion(index, pair.greater());
            assertTrue(path.size() <= height);
            assertTrue(Proofs.verifyInclusion(LEAVES.get(index), index, path, head));
            var proof = TREE.consistency(pair.smaller(), pair.greater());
            assertTrue(proof.size() <= height + 1);
            assertTrue(Proofs.verifyConsistency(TREE.head(pair.smaller()), head, proof));
        });
    }

    /**
     * A split view: the log shows one tree to one reader and another to the next. Up to the first leaf that differs both
     * are one; from there on neither tree has a proof that leads from a head of the other.
     */
    @Test
    void consistency_acrossAFork_cannotBeShown() {
        int size = 130;
        for (int forked : new int[] {0, 1, 63, 64, 65, 127, 128, 129}) {
            var fork = new MerkleTree();
            for (int i = 0; i < size; i++) {
                fork.append(i == forked ? TreeHash.leaf(new byte[] {9, 9, 9}) : LEAVES.get(i));
            }
            for (int seen = 1; seen <= size; seen++) {
                boolean beforeTheFork = seen <= forked;
                assertEquals(
                        beforeTheFork,
                        Proofs.verifyConsistency(TREE.head(seen), fork.head(size), fork.consistency(seen, size)));
                assertFalse(Proofs.verifyConsistency(TREE.head(seen), fork.head(size), TREE.consistency(seen, size)));
            }
        }
    }

    /** Leaves put in another order, or one left out or put in, give another root. */
    @Test
    void head_ofOtherLeavesOrAnotherOrder_differs() {
        Samples.forAll(320_000, 500, seed -> List.of(seed.nextInt(40), seed.nextInt(40), seed.nextInt(3)), change -> {
            var leaves = new ArrayList<>(LEAVES.subList(0, 40));
            switch (change.get(2)) {
                case 0 -> leaves.remove((int) change.get(0));
                case 1 -> leaves.add(change.get(0), LEAVES.get(change.get(1)));
                default -> leaves.add(change.get(1), leaves.remove((int) change.get(0)));
            }
            boolean same = leaves.equals(LEAVES.subList(0, 40));
            assertEquals(same, new MerkleTree().headWith(leaves).equals(TREE.head(40)));
        });
    }

    /** Proofs of a size stay what they are however far the tree grows: a receipt can be made again years later. */
    @Test
    void proofs_ofAnOldSize_areTheSameInAYoungTree() {
        var young = new MerkleTree();
        LEAVES.subList(0, 1_100).forEach(young::append);
        Samples.forAll(330_000, 500, seed -> seed.nextInt(1, 1_100), size -> {
            assertEquals(young.inclusion(size - 1, 1_100), TREE.inclusion(size - 1, 1_100));
            assertEquals(young.consistency(size, 1_100), TREE.consistency(size, 1_100));
        });
    }

    /** The borders of a chunk of 1,024 hashes, and of the list itself. */
    @Test
    void hashList_aroundItsChunks_givesBackWhatWasAdded() {
        var list = new HashList();
        for (int i = 0; i < SIZE; i++) {
            list.add(LEAVES.get(i));
            assertEquals(LEAVES.get(i), list.get(i));
            long end = 1L + i;
            assertThrows(IndexOutOfBoundsException.class, () -> list.get(end));
        }
        for (int i : new int[] {0, 1_023, 1_024, 1_025, 2_047, 2_048, SIZE - 1}) {
            assertEquals(LEAVES.get(i), list.get(i));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> list.get(-1));
    }

    /** Leaf and node hashes begin with different bytes: the two never meet, not even on equal content. */
    @Test
    void treeHash_ofLeafAndNode_neverMeet() {
        byte[] both = new byte[64];
        System.arraycopy(LEAVES.get(0).bytes(), 0, both, 0, 32);
        System.arraycopy(LEAVES.get(1).bytes(), 0, both, 32, 32);
        assertFalse(TreeHash.leaf(both).equals(TreeHash.node(LEAVES.get(0), LEAVES.get(1))));
        assertFalse(TreeHash.node(LEAVES.get(0), LEAVES.get(1)).equals(TreeHash.node(LEAVES.get(1), LEAVES.get(0))));
        assertFalse(TreeHash.leaf(new byte[0]).equals(TreeHash.EMPTY));
    }
}
