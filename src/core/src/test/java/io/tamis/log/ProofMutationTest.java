package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.KeyName;
import io.tamis.data.Hash;
import io.tamis.data.TamisException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Proofs of trees around full tiles, and receipts with every kind of signature, each with one thing changed. */
class ProofMutationTest {
    private static final int SIZE = 65_540;
    private static final int[] SIZES = {1, 2, 255, 256, 257, 511, 513, 65_535, 65_536, 65_537, SIZE};
    private static final List<Hash> LEAVES = NaiveTree.leaves(SIZE);
    private static final MemoryTiles TILES = new MemoryTiles();
    private static final TiledTree TREE = new TiledTree(TILES);
    private static final Instant AT = Instant.parse("2026-11-24T05:00:00Z");

    @BeforeAll
    static void grow() {
        MemoryTiles.append(TREE, TILES, LEAVES);
    }

    private static List<List<Hash>> mutants(List<Hash> proof) {
        var mutants = new ArrayList<List<Hash>>();
        for (int i = 0; i <= proof.size(); i++) {
            var longer = new ArrayList<>(proof);
            longer.add(i, i < proof.size() ? proof.get(i) : LEAVES.getFirst());
            mutants.add(longer);
            if (i < proof.size()) {
                var shorter = new ArrayList<>(proof);
                shorter.remove(i);
                mutants.add(shorter);
                for (int bit = 0; bit < 256; bit++) {
                    var flipped = new ArrayList<>(proof);
                    flipped.set(i, Hash.of(Fixtures.flipped(proof.get(i).bytes(), bit)));
                    mutants.add(flipped);
                }
            }
            for (int j = 0; j < i && i < proof.size(); j++) {
                var swapped = new ArrayList<>(proof);
                swapped.set(i, proof.get(j));
                swapped.set(j, proof.get(i));
                mutants.add(swapped);
            }
        }
        return mutants;
    }

    @Test
    void verifyInclusion_aroundFullTiles_refusesEveryMutant() {
        for (int size : SIZES) {
            var head = TREE.head(size);
            for (int index : new int[] {0, size / 2, size - 1}) {
                var leaf = LEAVES.get(index);
                var proof = TREE.inclusion(index, size);
                assertTrue(Proofs.verifyInclusion(leaf, index, proof, head));
                for (var mutant : mutants(proof)) {
                    assertFalse(Proofs.verifyInclusion(leaf, index, mutant, head));
                }
                for (long other : new long[] {index - 1, index + 1, size, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
                    assertFalse(Proofs.verifyInclusion(leaf, other, proof, head));
                }
                assertFalse(Proofs.verifyInclusion(leaf, index, proof, TreeHead.EMPTY));
                assertFalse(Proofs.verifyInclusion(LEAVES.get((index + 1) % SIZE), index, proof, head));
            }
        }
    }

    @Test
    void verifyConsistency_aroundFullTiles_refusesEveryMutant() {
        for (int from : SIZES) {
            for (int to : SIZES) {
                if (from < to) {
                    var earlier = TREE.head(from);
                    var later = TREE.head(to);
                    var proof = TREE.consistency(from, to);
                    assertTrue(Proofs.verifyConsistency(earlier, later, proof));
                    for (var mutant : mutants(proof)) {
                        assertFalse(Proofs.verifyConsistency(earlier, later, mutant));
                    }
                    assertFalse(Proofs.verifyConsistency(later, earlier, proof));
                    assertFalse(Proofs.verifyConsistency(TreeHead.EMPTY, later, proof));
                    assertFalse(Proofs.verifyConsistency(new TreeHead(from, later.root()), later, proof));
                    assertFalse(Proofs.verifyConsistency(earlier, new TreeHead(to, earlier.root()), proof));
                }
            }
        }
        assertFalse(Proofs.verifyConsistency(TreeHead.EMPTY, TreeHead.EMPTY, List.of()));
    }

    private static final List<NoteSigner> LOG =
            List.of(NoteSignerTest.signer(NoteKeyType.ED25519), NoteSignerTest.signer(NoteKeyType.ML_DSA_44));
    private static final List<VerifierKey> LOG_KEYS =
            LOG.stream().map(NoteSigner::verifierKey).toList();
    private static final Witnesses WITNESSES =
            new Witnesses(List.of(NoteSignerTest.signer(NoteKeyType.COSIGNATURE).verifierKey()), 1);

    private static TlogProof receipt() {
        var entries = Fixtures.entries(5);
        var tree = Fixtures.tree(entries);
        var note = new Checkpoint(Fixtures.ORIGIN, tree.head()).sign(LOG, AT);
        var cosignature = NoteSignerTest.signer(NoteKeyType.COSIGNATURE).sign(note.text(), AT);
        return new TlogProof(entries.get(3).entry(), 3, tree.inclusion(3, 5), note.with(List.of(cosignature)));
    }

    private static boolean accepted(byte[] receipt) {
        try {
            var read = TlogProof.parse(new String(receipt, UTF_8));
            return read.verifies(LOG_KEYS) && WITNESSES.metBy(read.note());
        } catch (TamisException refused) {
            return false;
        }
    }

    /** The long line of ML-DSA is flipped bit by bit in {@link NoteSignerTest}; here every 11th bit of it. */
    @Test
    void receipt_everyFlippedBit_isRefused() {
        byte[] bytes = receipt().text().getBytes(UTF_8);
        String text = new String(bytes, UTF_8);
        int begin = text.substring(0, text.indexOf("\n\u2014", text.indexOf('\u2014') + 1) + 1)
                .getBytes(UTF_8)
                .length;
        int end = text.substring(0, text.lastIndexOf("\n\u2014") + 1).getBytes(UTF_8).length;
        assertTrue(accepted(bytes));
        for (int bit = 0; bit < 8 * bytes.length; bit += bit > 8 * begin && bit < 8 * end ? 11 : 1) {
            assertFalse(accepted(Fixtures.flipped(bytes, bit)), "bit " + bit);
        }
    }

    @Test
    void receipt_withoutOneOfItsLines_isRefused() {
        var lines = new ArrayList<>(List.of(receipt().text().split("\n", -1)));
        for (int i = 0; i < lines.size() - 1; i++) {
            var fewer = new ArrayList<>(lines);
            fewer.remove(i);
            assertFalse(accepted(String.join("\n", fewer).getBytes(UTF_8)), "line " + i);
        }
    }

    /** Lines of strangers are nobody's business: as many as fit, and the receipt is what it was. */
    @Test
    void receipt_withLinesOfStrangers_isAccepted() {
        var receipt = receipt();
        var stranger = new NoteSigner(
                new Origin("stranger.example"), NoteKeyType.COSIGNATURE, Fixtures.KEYS, KeyName.LEDGER_SIGNING);
        var lines = new ArrayList<SignedNote.Signature>();
        for (int i = 0; i < 16; i++) {
            lines.add(stranger.sign(receipt.note().text(), AT.plusSeconds(i)));
        }
        var more = new TlogProof(
                receipt.entry(), receipt.index(), receipt.path(), receipt.note().with(lines));
        assertEquals(3 + 16, more.note().signatures().size());
        assertTrue(accepted(more.text().getBytes(UTF_8)));
    }
}
