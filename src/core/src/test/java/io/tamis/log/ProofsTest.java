package io.tamis.log;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever is done to a proof, the answer is no, and never an exception. */
class ProofsTest {
    private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 31, 33};
    private static final List<Hash> LEAVES = NaiveTree.leaves(40);
    private static final MerkleTree TREE = new MerkleTree();

    @BeforeAll
    static void grow() {
        LEAVES.forEach(TREE::append);
    }

    @Test
    void verifyInclusion_everyFlippedBit_isRefused() {
        for (int size : SIZES) {
            for (int index = 0; index < size; index++) {
                var proof = TREE.inclusion(index, size);
                var head = TREE.head(size);
                var leaf = LEAVES.get(index);
                for (int bit = 0; bit < 256; bit++) {
                    assertFalse(Proofs.verifyInclusion(flipped(leaf, bit), index, proof, head));
                    var otherRoot = new TreeHead(size, flipped(head.root(), bit));
                    assertFalse(Proofs.verifyInclusion(leaf, index, proof, otherRoot));
                }
                for (var mutant : mutants(proof)) {
                    assertFalse(Proofs.verifyInclusion(leaf, index, mutant, head));
                }
            }
        }
    }

    @Test
    void verifyInclusion_atAnotherIndex_isRefused() {
        for (int size : SIZES) {
            var head = TREE.head(size);
            for (int index = 0; index < size; index++) {
                var proof = TREE.inclusion(index, size);
                for (long other = -1; other <= size + 1; other++) {
                    boolean same = other == index;
                    assertTrue(same == Proofs.verifyInclusion(LEAVES.get(index), other, proof, head));
                }
                assertFalse(Proofs.verifyInclusion(LEAVES.get(index), Long.MAX_VALUE, proof, head));
                assertFalse(Proofs.verifyInclusion(LEAVES.get(index), Long.MIN_VALUE, proof, head));
            }
        }
    }

    @Test
    void verifyInclusion_inTheTreeOfAnotherSize_isRefused() {
        for (int size : SIZES) {
            for (int index = 0; index < size; index++) {
                var proof = TREE.inclusion(index, size);
                for (int other = 0; other <= 40; other++) {
                    if (other != size) {
                        assertFalse(Proofs.verifyInclusion(LEAVES.get(index), index, proof, TREE.head(other)));
                    }
                }
            }
        }
    }

    /** A node's two children, shown as the bytes of an entry, must not pass for a leaf. */
    @Test
    void verifyInclusion_innerNodeAsLeaf_isRefused() {
        var node = TREE.head(2).root();
        var proof = TREE.inclusion(0, 4).subList(1, 2);
        assertTrue(
                Proofs.verifyInclusion(
                        node, 0, proof, new TreeHead(2, TREE.head(4).root())),
                "as a hash it would");
        var children = new byte[64];
        System.arraycopy(LEAVES.get(0).bytes(), 0, children, 0, 32);
        System.arraycopy(LEAVES.get(1).bytes(), 0, children, 32, 32);
        assertFalse(Proofs.verifyInclusion(
                TreeHash.leaf(children), 0, proof, new TreeHead(2, TREE.head(4).root())));
    }

    @Test
    void verifyConsistency_everyMutation_isRefused() {
        for (int to : SIZES) {
            for (int from = 1; from <= to; from++) {
                var earlier = TREE.head(from);
                var later = TREE.head(to);
                var proof = TREE.consistency(from, to);
                for (var mutant : mutants(proof)) {
                    assertFalse(Proofs.verifyConsistency(earlier, later, mutant));
                }
                for (int bit = 0; bit < 256; bit++) {
                    assertFalse(
                            Proofs.verifyConsistency(new TreeHead(from, flipped(earlier.root(), bit)), later, proof));
                    assertFalse(Proofs.verifyConsistency(earlier, new TreeHead(to, flipped(later.root(), bit)), proof));
                }
            }
        }
    }

    @Test
    void verifyConsistency_otherSizes_isRefused() {
        for (int to : SIZES) {
            for (int from = 1; from <= to; from++) {
                var proof = TREE.consistency(from, to);
                for (int other = 0; other <= 40; other++) {
                    if (other != from) {
                        assertFalse(Proofs.verifyConsistency(TREE.head(other), TREE.head(to), proof));
                    }
                    if (other != to) {
                        assertFalse(Proofs.verifyConsistency(TREE.head(from), TREE.head(other), proof));
                    }
                }
            }
        }
    }

    @Test
    void verifyConsistency_fromTheEmptyTree_isRefused() {
        assertFalse(Proofs.verifyConsistency(TreeHead.EMPTY, TREE.head(5), List.of()));
        assertFalse(Proofs.verifyConsistency(TreeHead.EMPTY, TreeHead.EMPTY, List.of()));
    }

    @Test
    void verify_proofOfMoreThan63Hashes_isRefused() {
        var hashes = Collections.nCopies(64, LEAVES.getFirst());
        var huge = new TreeHead(Long.MAX_VALUE, LEAVES.getFirst());
        assertFalse(Proofs.verifyInclusion(LEAVES.getFirst(), 0, hashes, huge));
        assertFalse(Proofs.verifyConsistency(new TreeHead(1, LEAVES.getFirst()), huge, hashes));
        assertFalse(Proofs.verifyInclusion(LEAVES.getFirst(), 0, hashes.subList(0, 63), huge));
    }

    /** Each bit of each hash flipped, each hash dropped or doubled, neighbours swapped, one added at either end. */
    private static List<List<Hash>> mutants(List<Hash> proof) {
        var mutants = new ArrayList<List<Hash>>();
        for (int i = 0; i < proof.size(); i++) {
            int at = i;
            IntStream.range(0, 256)
                    .forEach(bit -> mutants.add(changed(proof, copy -> copy.set(at, flipped(copy.get(at), bit)))));
            mutants.add(changed(proof, copy -> copy.remove(at)));
            mutants.add(changed(proof, copy -> copy.add(at, copy.get(at))));
            if (i > 0) {
                mutants.add(changed(proof, copy -> Collections.swap(copy, at - 1, at)));
            }
        }
        mutants.add(changed(proof, copy -> copy.add(LEAVES.getLast())));
        mutants.add(changed(proof, copy -> copy.addFirst(LEAVES.getLast())));
        return mutants;
    }

    private static List<Hash> changed(List<Hash> proof, java.util.function.Consumer<List<Hash>> change) {
        var copy = new ArrayList<>(proof);
        change.accept(copy);
        return copy;
    }

    private static Hash flipped(Hash hash, int bit) {
        byte[] bytes = hash.bytes();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        return Hash.of(bytes);
    }
}
