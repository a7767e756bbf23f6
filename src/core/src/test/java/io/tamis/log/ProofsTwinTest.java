package io.tamis.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import io.tamis.data.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * {@link Proofs} follows RFC 9162's loops over bits. This twin follows the definition of RFC 6962 downwards instead: it
 * splits the tree and asks which side a hash belongs to. Both must say the same of every proof, good or bad.
 */
class ProofsTwinTest {
    private static final int SIZE_MAX = 40;
    private static final List<Hash> LEAVES = NaiveTree.leaves(SIZE_MAX);

    /** A claim about a leaf, possibly a wrong one. */
    private record Inclusion(Hash leaf, long index, List<Hash> proof, TreeHead head) {}

    /** A claim about two heads, possibly a wrong one. */
    private record Consistency(TreeHead earlier, TreeHead later, List<Hash> proof) {}

    @Test
    void verifyInclusion_randomClaims_agreesWithTheDefinition() {
        var accepted = new AtomicInteger();
        Samples.forAll(100, 20_000, ProofsTwinTest::inclusion, claim -> {
            boolean expected = rootFrom(
                            claim.leaf(), claim.index(), claim.head().size(), claim.proof())
                    .equals(Optional.of(claim.head().root()));
            assertEquals(expected, Proofs.verifyInclusion(claim.leaf(), claim.index(), claim.proof(), claim.head()));
            accepted.addAndGet(expected ? 1 : 0);
        });
        // Seeded: both answers are really met.
        assertTrue(accepted.get() > 2_000 && accepted.get() < 18_000, "accepted " + accepted.get());
    }

    @Test
    void verifyConsistency_randomClaims_agreesWithTheDefinition() {
        var accepted = new AtomicInteger();
        Samples.forAll(200, 20_000, ProofsTwinTest::consistency, claim -> {
            boolean expected = consistent(claim);
            assertEquals(expected, Proofs.verifyConsistency(claim.earlier(), claim.later(), claim.proof()));
            accepted.addAndGet(expected ? 1 : 0);
        });
        assertTrue(accepted.get() > 2_000 && accepted.get() < 18_000, "accepted " + accepted.get());
    }

    private static Inclusion inclusion(SplittableRandom seed) {
        int size = seed.nextInt(1, SIZE_MAX + 1);
        int index = seed.nextInt(size);
        var proof = new ArrayList<>(NaiveTree.path(index, LEAVES.subList(0, size)));
        disturb(seed, proof);
        long claimed = seed.nextInt(4) == 0 ? seed.nextInt(-1, size + 2) : index;
        var leaf = LEAVES.get(seed.nextInt(8) == 0 ? seed.nextInt(size) : index);
        return new Inclusion(leaf, claimed, proof, head(seed.nextInt(8) == 0 ? seed.nextInt(1, SIZE_MAX + 1) : size));
    }

    private static Consistency consistency(SplittableRandom seed) {
        int to = seed.nextInt(1, SIZE_MAX + 1);
        int from = seed.nextInt(1, to + 1);
        var proof = new ArrayList<>(NaiveTree.consistency(from, LEAVES.subList(0, to)));
        disturb(seed, proof);
        int claimed = seed.nextInt(6) == 0 ? seed.nextInt(1, SIZE_MAX + 1) : from;
        return new Consistency(head(claimed), head(to), proof);
    }

    private static TreeHead head(int size) {
        return new TreeHead(size, NaiveTree.root(LEAVES.subList(0, size)));
    }

    /** In half of the cases: a hash replaced, dropped, added or moved. */
    private static void disturb(SplittableRandom seed, List<Hash> proof) {
        switch (seed.nextInt(8)) {
            case 0 -> proof.add(seed.nextInt(proof.size() + 1), LEAVES.get(seed.nextInt(SIZE_MAX)));
            case 1 -> {
                if (!proof.isEmpty()) {
                    proof.remove(seed.nextInt(proof.size()));
                }
            }
            case 2 -> {
                if (!proof.isEmpty()) {
                    proof.set(seed.nextInt(proof.size()), LEAVES.get(seed.nextInt(SIZE_MAX)));
                }
            }
            case 3 -> {
                if (proof.size() > 1) {
                    proof.addFirst(proof.removeLast());
                }
            }
            default -> {}
        }
    }

    /** The root a path leads to, by the definition of PATH; empty when the path has not exactly the length it must. */
    private static Optional<Hash> rootFrom(Hash leaf, long index, long size, List<Hash> path) {
        if (index < 0 || index >= size) {
            return Optional.empty();
        }
        if (size == 1) {
            return path.isEmpty() ? Optional.of(leaf) : Optional.empty();
        }
        if (path.isEmpty()) {
            return Optional.empty();
        }
        long k = Long.highestOneBit(size - 1);
        Hash sibling = path.getLast();
        List<Hash> below = path.subList(0, path.size() - 1);
        return index < k
                ? rootFrom(leaf, index, k, below).map(left -> TreeHash.node(left, sibling))
                : rootFrom(leaf, index - k, size - k, below).map(right -> TreeHash.node(sibling, right));
    }

    private static boolean consistent(Consistency claim) {
        if (claim.earlier().size() > claim.later().size()) {
            return false;
        }
        var roots = rootsFrom(
                claim.earlier().size(),
                claim.later().size(),
                claim.proof(),
                true,
                claim.earlier().root());
        return roots.equals(
                Optional.of(new Roots(claim.earlier().root(), claim.later().root())));
    }

    /** The two roots a proof leads to. */
    private record Roots(Hash earlier, Hash later) {}

    /** By the definition of SUBPROOF; {@code whole} says that the old root itself stands for the part that is left. */
    private static Optional<Roots> rootsFrom(long from, long size, List<Hash> proof, boolean whole, Hash earlier) {
        if (from == size) {
            if (whole) {
                return proof.isEmpty() ? Optional.of(new Roots(earlier, earlier)) : Optional.empty();
            }
            return proof.size() == 1 ? Optional.of(new Roots(proof.getFirst(), proof.getFirst())) : Optional.empty();
        }
        if (proof.isEmpty()) {
            return Optional.empty();
        }
        long k = Long.highestOneBit(size - 1);
        Hash sibling = proof.getLast();
        List<Hash> below = proof.subList(0, proof.size() - 1);
        if (from <= k) {
            return rootsFrom(from, k, below, whole, earlier)
                    .map(left -> new Roots(left.earlier(), TreeHash.node(left.later(), sibling)));
        }
        return rootsFrom(from - k, size - k, below, false, earlier)
                .map(right ->
                        new Roots(TreeHash.node(sibling, right.earlier()), TreeHash.node(sibling, right.later())));
    }
}
