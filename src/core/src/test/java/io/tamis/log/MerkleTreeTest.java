package io.tamis.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import io.tamis.data.PredictableRandom;
import io.tamis.data.Samples;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    /** Two full chunks of {@link HashList} would be 2048; 130 passes every shape of up to seven peaks. */
    private static final int SIZE_MAX = 130;

    private static final List<Hash> LEAVES = NaiveTree.leaves(SIZE_MAX);
    private static final MerkleTree TREE = new MerkleTree();

    @BeforeAll
    static void grow() {
        LEAVES.forEach(TREE::append);
    }

    /** The tree of the Certificate Transparency reference code; its entries and roots are published for RFC 6962. */
    @Test
    void head_publishedEntries_hasThePublishedRoots() {
        String[] entries = {
            "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"
        };
        String[] roots = {
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
        };
        var tree = new MerkleTree();
        for (String entry : entries) {
            assertEquals(roots[(int) tree.size()], tree.head().root().hex());
            tree.append(TreeHash.leaf(HexFormat.of().parseHex(entry)));
        }
        assertEquals(roots[8], tree.head().root().hex());
    }

    @Test
    void head_everySize_equalsTheNaiveRoot() {
        for (int size = 0; size <= SIZE_MAX; size++) {
            assertEquals(new TreeHead(size, NaiveTree.root(LEAVES.subList(0, size))), TREE.head(size));
        }
    }

    @Test
    void inclusion_everyLeafOfEverySize_equalsTheNaiveOneAndVerifies() {
        for (int size = 1; size <= SIZE_MAX; size++) {
            for (int index = 0; index < size; index++) {
                var proof = TREE.inclusion(index, size);
                assertEquals(NaiveTree.path(index, LEAVES.subList(0, size)), proof);
                assertTrue(Proofs.verifyInclusion(LEAVES.get(index), index, proof, TREE.head(size)));
            }
        }
    }

    @Test
    void consistency_everyPairOfSizes_equalsTheNaiveOneAndVerifies() {
        for (int to = 1; to <= SIZE_MAX; to++) {
            for (int from = 1; from <= to; from++) {
                var proof = TREE.consistency(from, to);
                assertEquals(NaiveTree.consistency(from, LEAVES.subList(0, to)), proof);
                assertTrue(Proofs.verifyConsistency(TREE.head(from), TREE.head(to), proof));
            }
        }
    }

    @Test
    void headWith_moreLeaves_equalsAppendingThemAndChangesNothing() {
        Samples.forAll(1, 300, seed -> new int[] {seed.nextInt(SIZE_MAX), seed.nextInt(SIZE_MAX)}, pair -> {
            int size = Math.min(pair[0], pair[1]);
            int grown = Math.max(pair[0], pair[1]);
            var tree = new MerkleTree();
            LEAVES.subList(0, size).forEach(tree::append);
            var before = tree.head();
            assertEquals(TREE.head(grown), tree.headWith(LEAVES.subList(size, grown)));
            assertEquals(before, tree.head());
        });
    }

    @Test
    void append_pastAChunkOfHashes_keepsOldProofs() {
        var tree = new MerkleTree();
        var random = new PredictableRandom(7);
        var first = Hash.of(random.bytes(32));
        tree.append(first);
        for (int i = 1; i < 3000; i++) {
            tree.append(Hash.of(random.bytes(32)));
        }
        assertTrue(Proofs.verifyInclusion(first, 0, tree.inclusion(0, 2049), tree.head(2049)));
        assertTrue(Proofs.verifyConsistency(tree.head(1023), tree.head(3000), tree.consistency(1023, 3000)));
    }

    @Test
    void proofs_outsideTheTree_areRefused() {
        assertThrows(LogException.class, () -> TREE.head(SIZE_MAX + 1));
        assertThrows(LogException.class, () -> TREE.head(-1));
        assertThrows(LogException.class, () -> TREE.inclusion(3, 3));
        assertThrows(LogException.class, () -> TREE.inclusion(-1, 3));
        assertThrows(LogException.class, () -> TREE.inclusion(0, SIZE_MAX + 1));
        assertThrows(LogException.class, () -> TREE.consistency(0, 3));
        assertThrows(LogException.class, () -> TREE.consistency(4, 3));
        assertThrows(LogException.class, () -> TREE.consistency(1, SIZE_MAX + 1));
    }

    @Test
    void treeHead_ofNoLeavesWithAnotherRoot_isRefused() {
        assertThrows(LogException.class, () -> new TreeHead(0, LEAVES.getFirst()));
        assertThrows(LogException.class, () -> new TreeHead(-1, LEAVES.getFirst()));
    }
}
