package io.tamis.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Readers take proofs while a writer appends: each proof is of a tree there was. */
class MerkleTreeHammerTest {
    private static final int LEAVES = 3000;
    private static final int READERS = 3;
    private static final int READS = 1500;

    @Test
    void proofs_takenWhileAppending_verify() throws InterruptedException, ExecutionException {
        List<Hash> leaves = NaiveTree.leaves(LEAVES);
        var tree = new MerkleTree();
        tree.append(leaves.getFirst());
        var readers = new ArrayList<Future<Integer>>();
        try (var threads = Executors.newFixedThreadPool(READERS + 1)) {
            var writer = threads.submit(() -> leaves.subList(1, LEAVES).forEach(tree::append));
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(reader(tree, leaves, i)));
            }
            writer.get();
        }
        for (var reader : readers) {
            assertEquals(READS, reader.get());
        }
        assertEquals(NaiveTree.root(leaves), tree.head().root());
    }

    /** Reads a head, then proofs of it, and checks both; returns how many reads it made. */
    private static Callable<Integer> reader(MerkleTree tree, List<Hash> leaves, int number) {
        return () -> {
            var seed = new SplittableRandom(number);
            var before = tree.head();
            for (int i = 0; i < READS; i++) {
                var head = tree.head();
                long index = seed.nextLong(head.size());
                assertTrue(Proofs.verifyInclusion(
                        leaves.get((int) index), index, tree.inclusion(index, head.size()), head));
                assertTrue(Proofs.verifyConsistency(before, head, tree.consistency(before.size(), head.size())));
                assertEquals(head, tree.head(head.size()), "a size has one head for ever");
                before = head;
            }
            return READS;
        };
    }
}
