package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigstore.merkle.InclusionProofVerificationException;
import dev.sigstore.merkle.InclusionProofVerifier;
import io.tamis.data.Hash;
import io.tamis.data.Samples;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What others say of our proofs: sigstore-java's verifier, which checks inclusion only, and the published test data of
 * transparency-dev/merkle (testdata/inclusion, testdata/consistency), the tree of RFC 6962's reference code.
 */
class IndependentVerifierTest {
    private static final List<Hash> LEAVES = NaiveTree.leaves(1_000);
    private static final TiledTree TREE = grown();

    private static TiledTree grown() {
        var tiles = new MemoryTiles();
        var tree = new TiledTree(tiles);
        MemoryTiles.append(tree, tiles, LEAVES);
        return tree;
    }

    private static boolean theirs(Hash leaf, long index, List<Hash> proof, TreeHead head) {
        try {
            InclusionProofVerifier.verify(
                    leaf.bytes(),
                    index,
                    head.size(),
                    proof.stream().map(Hash::bytes).toList(),
                    head.root().bytes());
            return true;
        } catch (InclusionProofVerificationException refused) {
            return false;
        }
    }

    @Test
    void inclusion_everyLeafOfEverySizeUpTo130_isAcceptedByBoth() {
        for (int size = 1; size <= 130; size++) {
            var head = TREE.head(size);
            for (int index = 0; index < size; index++) {
                var proof = TREE.inclusion(index, size);
                assertTrue(theirs(LEAVES.get(index), index, proof, head));
                assertTrue(Proofs.verifyInclusion(LEAVES.get(index), index, proof, head));
            }
        }
    }

    /** They do not ask for all we ask for; but what we accept, they accept, and what we make up neither accepts. */
    @Test
    void inclusion_ofChangedProofs_isAcceptedByThemWheneverByUs() {
        Samples.forAll(410_000, 4_000, seed -> seed, seed -> {
            int size = seed.nextInt(1, LEAVES.size() + 1);
            int index = seed.nextInt(size);
            var head = TREE.head(size);
            var proof = new ArrayList<>(TREE.inclusion(index, size));
            int claimed = index;
            switch (seed.nextInt(4)) {
                case 0 -> claimed = seed.nextInt(size);
                case 1 -> proof.add(seed.nextInt(proof.size() + 1), LEAVES.get(seed.nextInt(LEAVES.size())));
                case 2 -> {
                    if (!proof.isEmpty()) {
                        proof.remove(seed.nextInt(proof.size()));
                    }
                }
                default -> {
                    if (!proof.isEmpty()) {
                        proof.set(seed.nextInt(proof.size()), LEAVES.get(seed.nextInt(LEAVES.size())));
                    }
                }
            }
            boolean genuine = claimed == index && proof.equals(TREE.inclusion(index, size));
            assertEquals(genuine, Proofs.verifyInclusion(LEAVES.get(index), claimed, proof, head));
            if (genuine) {
                assertTrue(theirs(LEAVES.get(index), claimed, proof, head));
            }
        });
    }

    private static final String ROOT_3 = "rra8/idLcKFPsGel5VeCZNsPqbUa9eC6FZFY8yngbnc=";
    private static final String ROOT_5 = "Tju7H3tHjc/nH7YxYxUZo7yhLJrvyhYSv85ME6hiZNQ=";
    private static final String ROOT_8 = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=";

    /** The cases "happy path" of testdata/inclusion/2, 3 and 4. */
    @ParameterizedTest
    @CsvSource({
        "5,8," + ROOT_8 + ",QnGia+DYqE8L1UyMMC58s6O10fpngKQLzOKHNHfatlg=,"
                + "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms= yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA= "
                + "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=",
        "2,3," + ROOT_3 + ",ApjRIpBtz8EIkstTpzmS/FufST6kybrbJ7eRtBJ6f+c=,"
                + "+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=",
        "1,5," + ROOT_5 + ",lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=,"
                + "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0= Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4= "
                + "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms="
    })
    void inclusion_publishedCase_isAcceptedAndItsMutantsAreNot(
            int index, int size, String root, String leaf, String proof) {
        var head = new TreeHead(size, hash(root));
        var path = hashes(proof);
        assertTrue(Proofs.verifyInclusion(hash(leaf), index, path, head));
        assertTrue(theirs(hash(leaf), index, path, head));
        for (var mutant : mutants(path, head.root(), hash(leaf))) {
            assertFalse(Proofs.verifyInclusion(hash(leaf), index, mutant, head));
        }
        for (int other = -1; other <= 2 * size + 1; other++) {
            assertEquals(other == index, Proofs.verifyInclusion(hash(leaf), other, path, head));
        }
        assertFalse(Proofs.verifyInclusion(head.root(), index, path, head));
        assertFalse(Proofs.verifyInclusion(hash(leaf), index, path, new TreeHead(size, hash(leaf))));
    }

    /** The cases "happy path" of testdata/consistency/1, 2 and 3. */
    @ParameterizedTest
    @CsvSource({
        "1,8,bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=," + ROOT_8
                + ",lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c= Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4= "
                + "a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=",
        "6,8,duZ9rbzfHhDht03cYIq9L5jfsW+851J3tSMqEn8gh+8=," + ROOT_8
                + ",DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o= yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA= "
                + "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=",
        "2,5,+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=," + ROOT_5
                + ",Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4= vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms="
    })
    void consistency_publishedCase_isAcceptedAndItsMutantsAreNot(
            int from, int to, String oldRoot, String newRoot, String proof) {
        var earlier = new TreeHead(from, hash(oldRoot));
        var later = new TreeHead(to, hash(newRoot));
        var path = hashes(proof);
        assertTrue(Proofs.verifyConsistency(earlier, later, path));
        for (var mutant : mutants(path, earlier.root(), later.root())) {
            assertFalse(Proofs.verifyConsistency(earlier, later, mutant));
        }
        for (int other = 1; other <= 2 * to; other++) {
            var claimed = new TreeHead(other, earlier.root());
            assertEquals(other == from, Proofs.verifyConsistency(claimed, later, path));
        }
        assertFalse(Proofs.verifyConsistency(TreeHead.EMPTY, later, path));
        assertFalse(Proofs.verifyConsistency(TreeHead.EMPTY, later, List.of()));
        assertFalse(Proofs.verifyConsistency(new TreeHead(from, later.root()), new TreeHead(to, earlier.root()), path));
        assertFalse(Proofs.verifyConsistency(later, earlier, path));
    }

    /** The kinds of damage in the published folders: modified, empty, truncated, preceding, trailing, swapped. */
    private static List<List<Hash>> mutants(List<Hash> path, Hash one, Hash other) {
        var mutants = new ArrayList<List<Hash>>();
        mutants.add(List.of());
        mutants.add(path.subList(0, path.size() - 1));
        mutants.add(path.subList(1, path.size()));
        for (var extra : List.of(one, other, path.getFirst(), path.getLast(), Hash.sha256())) {
            var preceded = new ArrayList<>(path);
            preceded.addFirst(extra);
            mutants.add(preceded);
            var trailed = new ArrayList<>(path);
            trailed.add(extra);
            mutants.add(trailed);
        }
        for (int i = 0; i < path.size(); i++) {
            for (int bit = 0; bit < 256; bit++) {
                var modified = new ArrayList<>(path);
                modified.set(i, Hash.of(Fixtures.flipped(path.get(i).bytes(), bit)));
                mutants.add(modified);
            }
            for (int j = 0; j < i; j++) {
                var swapped = new ArrayList<>(path);
                swapped.set(i, path.get(j));
                swapped.set(j, path.get(i));
                mutants.add(swapped);
            }
        }
        return mutants;
    }

    private static Hash hash(String base64) {
        return Hash.of(Base64.getDecoder().decode(base64));
    }

    private static List<Hash> hashes(String all) {
        return List.of(all.split(" ")).stream()
                .map(IndependentVerifierTest::hash)
                .toList();
    }

    /**
     * The example of C2SP tlog-cosignature: its keys are not published, so it is read, not verified; the layout of its
     * lines is what a reader must know.
     */
    @Test
    void note_ofTheSpecificationOfCosignatures_readsBack() {
        String example = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
                + "\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku"
                + "9nTo+zyWE+xeMcTOAYQ8=\n"
                + "\u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZ"
                + "qhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";
        var note = SignedNote.parse(example.getBytes(UTF_8));
        assertEquals(example, note.encoded());
        assertEquals(20_852_163, Checkpoint.parse(note.text()).head().size());
        byte[] line = StrictBase64.decode(note.signatures().get(1).base64());
        assertEquals(4 + NoteKeyType.COSIGNATURE.valueBytes(), line.length);
        assertEquals(1_679_315_147L, ByteBuffer.wrap(line).getLong(4));
        assertEquals(
                Optional.empty(),
                note.signedAt(
                        new VerifierKey(new Origin("witness.example.com/w1"), NoteKeyType.COSIGNATURE, new byte[32])));
    }
}
