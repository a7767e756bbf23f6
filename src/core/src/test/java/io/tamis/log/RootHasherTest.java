package io.tamis.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Hash;
import io.tamis.data.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class RootHasherTest {
    private static final List<Hash> LEAVES = NaiveTree.leaves(700);

    private static RootHasher of(List<Hash> leaves) {
        var hasher = new RootHasher();
        leaves.forEach(hasher::append);
        return hasher;
    }

    @Test
    void head_everySize_equalsTheNaiveRoot() {
        var hasher = new RootHasher();
        for (int size = 0; size <= 300; size++) {
            assertEquals(new TreeHead(size, NaiveTree.root(LEAVES.subList(0, size))), hasher.head());
            assertEquals(size, hasher.size());
            hasher.append(LEAVES.get(size));
        }
    }

    @Test
    void append_outOfAnArray_isTheSameLeaf() {
        byte[] two = new byte[64];
        System.arraycopy(LEAVES.get(0).bytes(), 0, two, 0, 32);
        System.arraycopy(LEAVES.get(1).bytes(), 0, two, 32, 32);
        var hasher = new RootHasher();
        hasher.append(two, 0);
        hasher.append(two, 32);
        two[0] ^= 1;
        assertEquals(of(LEAVES.subList(0, 2)).head(), hasher.head());
    }

    /** Runs hashed apart, as several threads would: every cut into aligned runs has the same root. */
    @Test
    void appendSubtree_ofAlignedRuns_equalsLeafByLeaf() {
        Samples.forAll(400_000, 300, seed -> seed, seed -> {
            int size = seed.nextInt(LEAVES.size() + 1);
            var hasher = new RootHasher();
            int at = 0;
            while (at < size) {
                int heightMax =
                        Math.min(Integer.numberOfTrailingZeros(at | 512), 31 - Integer.numberOfLeadingZeros(size - at));
                int height = seed.nextInt(heightMax + 1);
                var run = of(LEAVES.subList(at, at + (1 << height)));
                hasher.appendSubtree(run.head().root(), height);
                at += 1 << height;
            }
            assertEquals(of(LEAVES.subList(0, size)).head(), hasher.head());
        });
    }

    /** A run that does not begin at a multiple of its length is no node of the tree. */
    @Test
    void appendSubtree_whereNoSuchNodeIs_isRefused() {
        var hasher = of(LEAVES.subList(0, 6));
        assertThrows(LogException.class, () -> hasher.appendSubtree(LEAVES.get(0), 2));
        assertThrows(LogException.class, () -> hasher.appendSubtree(LEAVES.get(0), -1));
        assertThrows(LogException.class, () -> new RootHasher().appendSubtree(LEAVES.get(0), 63));
        assertEquals(of(LEAVES.subList(0, 6)).head(), hasher.head());
        hasher.appendSubtree(TreeHash.node(LEAVES.get(6), LEAVES.get(7)), 1);
        assertEquals(of(LEAVES.subList(0, 8)).head(), hasher.head());
    }

    @Test
    void append_pastTheLargestTree_isRefused() {
        var hasher = new RootHasher();
        for (int height = 62; height >= 0; height--) {
            hasher.appendSubtree(LEAVES.getFirst(), height);
        }
        assertEquals(Long.MAX_VALUE, hasher.head().size());
        assertThrows(ArithmeticException.class, () -> hasher.append(LEAVES.getFirst()));
        assertEquals(Long.MAX_VALUE, hasher.size());
    }

    @Test
    void copy_goesItsOwnWay() {
        var hasher = of(LEAVES.subList(0, 5));
        var copy = hasher.copy();
        copy.append(LEAVES.get(5));
        hasher.append(LEAVES.get(9));
        assertEquals(of(LEAVES.subList(0, 6)).head(), copy.head());
        assertEquals(6, hasher.size());
    }
}
