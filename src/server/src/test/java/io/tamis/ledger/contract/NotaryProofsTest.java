package io.tamis.ledger.contract;

import static io.tamis.ledger.contract.NotaryChain.STRANGER;
import static io.tamis.ledger.contract.NotaryChain.unsigned;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import io.tamis.log.MerkleTree;
import io.tamis.log.Proofs;
import io.tamis.log.TreeHead;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract and our own verifier answer the same to the same proofs: right ones, mutated ones, huge ones. */
class NotaryProofsTest {
    private static final long SEED = 20_261_124;
    private static final int TREES = 40;
    private static final int HUGE = 60;
    private static final int MUTANTS = 4;
    private static final int LEAVES_MAX = 600;

    private static NotaryChain chain;

    private int asked;
    private int held;

    @BeforeAll
    static void start() throws Exception {
        chain = NotaryChain.start();
    }

    @AfterAll
    static void stop() {
        if (chain != null) {
            chain.close();
        }
    }

    @Test
    void consistent_randomTreesUpTo600Leaves_asOurs() throws Exception {
        for (int i = 0; i < TREES; i++) {
            var random = new SplittableRandom(SEED + i);
            var tree = new MerkleTree();
            int to = 1 + random.nextInt(LEAVES_MAX);
            for (int leaf = 0; leaf < to; leaf++) {
                tree.append(Notarised.hash(random));
            }
            int from = 1 + random.nextInt(to);
            var growth = new Notarised.Growth(tree.head(from), tree.head(to), tree.consistency(from, to));
            assertConsistentAsOurs(growth, random, SEED + i);
        }
        assertSeen(TREES);
    }

    @Test
    void consistent_hugeTrees_asOurs() throws Exception {
        for (int i = 0; i < HUGE; i++) {
            var random = new SplittableRandom(SEED + i);
            long to = hugeSize(random);
            // Often a power of two, whose root is not in the proof, or just before the end.
            long from = switch (i % 4) {
                case 0 -> Long.highestOneBit(to - 1);
                case 1 -> to - 1;
                default -> 1 + random.nextLong(to - 1);
            };
            assertConsistentAsOurs(Notarised.growth(from, to, random), random, SEED + i);
        }
        assertSeen(HUGE);
    }

    /** From one leaf to the largest tree: 63 hashes, the longest proof there is room for. */
    @Test
    void consistent_longestProof_holds() throws Exception {
        var growth = Notarised.growth(1, Long.MAX_VALUE, new SplittableRandom(SEED));
        assertEquals(63, growth.proof().size());
        assertTrue(asOurs(growth.earlier(), growth.later(), growth.proof(), "longest"));
        var longer = new ArrayList<>(growth.proof());
        longer.add(growth.later().root());
        assertTrue(!asOurs(growth.earlier(), growth.later(), longer, "64 hashes"));
    }

    @Test
    void consistent_sizesOutOfRange_isFalse() throws Exception {
        Hash root = Notarised.hashes(1).getFirst();
        for (long[] sizes :
                new long[][] {{0, 0}, {0, 1}, {2, 1}, {1, -1}, {-1, -1}, {Long.MIN_VALUE, Long.MIN_VALUE}}) {
            for (int length : new int[] {0, 1, 63, 64}) {
                var call = chain.as(STRANGER)
                        .consistent(
                                unsigned(sizes[0]),
                                unsigned(sizes[1]),
                                root.bytes(),
                                root.bytes(),
                                NotaryChain.bytes(Notarised.hashes(length)));
                assertTrue(!chain.holds(call), sizes[0] + " to " + sizes[1]);
            }
        }
    }

    @Test
    void verifyInclusion_randomTreesUpTo600Leaves_asOurs() throws Exception {
        for (int i = 0; i < TREES; i++) {
            var random = new SplittableRandom(SEED + i);
            var tree = new MerkleTree();
            var leaves = new ArrayList<Hash>();
            int size = 1 + random.nextInt(LEAVES_MAX);
            while (leaves.size() < size) {
                leaves.add(Notarised.hash(random));
                tree.append(leaves.getLast());
            }
            int index = random.nextInt(size);
            assertIncludedAsOurs(
                    new Notarised.Leaf(leaves.get(index), index, tree.head(size), tree.inclusion(index, size)),
                    random,
                    SEED + i);
        }
        assertSeen(TREES);
    }

    @Test
    void verifyInclusion_hugeTrees_asOurs() throws Exception {
        for (int i = 0; i < HUGE; i++) {
            var random = new SplittableRandom(SEED + i);
            long size = hugeSize(random);
            long index = i % 3 == 0 ? size - 1 : random.nextLong(size);
            assertIncludedAsOurs(Notarised.leaf(index, size, random), random, SEED + i);
        }
        assertSeen(HUGE);
    }

    private void assertConsistentAsOurs(Notarised.Growth growth, SplittableRandom random, long seed) throws Exception {
        var earlier = growth.earlier();
        var later = growth.later();
        assertTrue(asOurs(earlier, later, growth.proof(), "seed " + seed));
        for (int i = 0; i < MUTANTS; i++) {
            asOurs(earlier, later, mutated(growth.proof(), random), "mutant of seed " + seed);
        }
        asOurs(new TreeHead(earlier.size(), flipped(earlier.root(), random)), later, growth.proof(), "seed " + seed);
        asOurs(earlier, new TreeHead(later.size(), flipped(later.root(), random)), growth.proof(), "seed " + seed);
        asOurs(new TreeHead(near(earlier.size(), random), earlier.root()), later, growth.proof(), "seed " + seed);
        asOurs(earlier, new TreeHead(near(later.size(), random), later.root()), growth.proof(), "seed " + seed);
    }

    private void assertIncludedAsOurs(Notarised.Leaf leaf, SplittableRandom random, long seed) throws Exception {
        byte[] logId = chain.newLog("inclusion " + leaf.head().root().hex());
        chain.anchor(logId, leaf.head(), List.of());
        assertTrue(asOurs(logId, leaf, "seed " + seed));
        for (int i = 0; i < MUTANTS; i++) {
            var proof = mutated(leaf.proof(), random);
            asOurs(logId, new Notarised.Leaf(leaf.hash(), leaf.index(), leaf.head(), proof), "mutant of seed " + seed);
        }
        var otherLeaf = new Notarised.Leaf(flipped(leaf.hash(), random), leaf.index(), leaf.head(), leaf.proof());
        asOurs(logId, otherLeaf, "seed " + seed);
        long index = near(leaf.index(), random);
        asOurs(logId, new Notarised.Leaf(leaf.hash(), index, leaf.head(), leaf.proof()), "seed " + seed);
    }

    private boolean asOurs(TreeHead earlier, TreeHead later, List<Hash> proof, String what) throws Exception {
        boolean ours = Proofs.verifyConsistency(earlier, later, proof);
        var call = chain.as(STRANGER)
                .consistent(
                        unsigned(earlier.size()),
                        unsigned(later.size()),
                        earlier.root().bytes(),
                        later.root().bytes(),
                        NotaryChain.bytes(proof));
        return agreed(ours, chain.holds(call), what);
    }

    private boolean asOurs(byte[] logId, Notarised.Leaf leaf, String what) throws Exception {
        boolean ours = Proofs.verifyInclusion(leaf.hash(), leaf.index(), leaf.proof(), leaf.head());
        var call = chain.as(STRANGER)
                .verifyInclusion(
                        logId,
                        unsigned(leaf.head().size()),
                        unsigned(leaf.index()),
                        leaf.hash().bytes(),
                        NotaryChain.bytes(leaf.proof()));
        return agreed(ours, chain.holds(call), what);
    }

    private boolean agreed(boolean ours, boolean theirs, String what) {
        assertEquals(ours, theirs, what);
        asked++;
        held += ours ? 1 : 0;
        return ours;
    }

    /** Each sample holds once at least; nearly all mutants must not, or they prove nothing. */
    private void assertSeen(int samples) {
        System.out.println("contract = ours: " + asked + " proofs, " + held + " of them right");
        assertTrue(held >= samples && asked - held > 3 * samples, asked + " asked, " + held + " held");
    }

    /** A bit flipped, a hash dropped, doubled, swapped with its neighbour, or one put at either end. */
    private static List<Hash> mutated(List<Hash> proof, SplittableRandom random) {
        var mutant = new ArrayList<>(proof);
        int at = proof.isEmpty() ? 0 : random.nextInt(proof.size());
        switch (proof.isEmpty() ? 4 : random.nextInt(6)) {
            case 0 -> mutant.set(at, flipped(proof.get(at), random));
            case 1 -> mutant.remove(at);
            case 2 -> mutant.add(at, proof.get(at));
            case 3 -> mutant.add(mutant.remove(at));
            case 4 -> mutant.add(0, Notarised.hash(random));
            default -> mutant.add(Notarised.hash(random));
        }
        return mutant;
    }

    private static Hash flipped(Hash hash, SplittableRandom random) {
        byte[] bytes = hash.bytes();
        bytes[random.nextInt(Hash.LENGTH)] ^= (byte) (1 << random.nextInt(8));
        return Hash.of(bytes);
    }

    /** Another size or index: next to this one, or with one bit more or less. */
    private static long near(long number, SplittableRandom random) {
        long other = random.nextBoolean() ? number + random.nextInt(-2, 3) : number ^ 1L << random.nextInt(63);
        return Math.max(0, other);
    }

    private static long hugeSize(SplittableRandom random) {
        return (1L << 20) + random.nextLong(1L << random.nextInt(21, 63));
    }
}
