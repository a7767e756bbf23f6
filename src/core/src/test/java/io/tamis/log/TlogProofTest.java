package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.MemoryKeys;
import io.tamis.data.TamisException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TlogProofTest {
    private static final List<ExportEntry> ENTRIES = Fixtures.entries(11);
    private static final MerkleTree TREE = Fixtures.tree(ENTRIES);

    @Test
    void verifies_everyEntry_underTheLogsKeyOnly() {
        var stranger = new VerifierKey(Fixtures.ORIGIN, new MemoryKeys(2).publicKey(KeyName.LEDGER_SIGNING));
        for (int index = 0; index < ENTRIES.size(); index++) {
            assertTrue(proof(index).verifies(Fixtures.KEY));
            assertFalse(proof(index).verifies(stranger));
        }
    }

    @Test
    void parse_ofText_givesTheProofBack() {
        for (int index = 0; index < ENTRIES.size(); index++) {
            var proof = proof(index);
            assertEquals(proof, TlogProof.parse(proof.text()));
        }
    }

    @Test
    void text_followsTheSpecification() {
        String[] lines = proof(4).text().split("\n", -1);
        assertEquals("c2sp.org/tlog-proof@v1", lines[0]);
        assertTrue(lines[1].startsWith("extra "));
        assertEquals("index 4", lines[2]);
        assertEquals("", lines[3 + TREE.inclusion(4, 11).size()]);
        assertEquals("example.com/tamis/2026", lines[4 + TREE.inclusion(4, 11).size()]);
    }

    @Test
    void parse_everyFlippedBit_isRefusedOrDoesNotVerify() {
        byte[] text = proof(4).text().getBytes(UTF_8);
        for (int bit = 0; bit < 8 * text.length; bit++) {
            assertFalse(accepted(Fixtures.flipped(text, bit)), "bit " + bit);
        }
    }

    @Test
    void parse_everyDroppedOrRepeatedLine_isRefusedOrDoesNotVerify() {
        List<String> lines = List.of(proof(4).text().split("\n", -1));
        for (int i = 0; i < lines.size() - 1; i++) {
            var without = new ArrayList<>(lines);
            without.remove(i);
            assertFalse(accepted(String.join("\n", without).getBytes(UTF_8)), "without line " + i);
            var twice = new ArrayList<>(lines);
            twice.add(i, lines.get(i));
            // A second copy of the log's own signature says nothing new: the note format allows it.
            boolean signatureLine = i == lines.size() - 2;
            assertEquals(signatureLine, accepted(String.join("\n", twice).getBytes(UTF_8)), "twice line " + i);
        }
    }

    @Test
    void verifies_checkpointOfAnotherSize_doesNot() {
        var older = new Checkpoint(Fixtures.ORIGIN, TREE.head(8)).sign(Fixtures.KEYS, KeyName.LEDGER_SIGNING);
        var proof = new TlogProof(ENTRIES.get(4).entry(), 4, TREE.inclusion(4, 11), older);
        assertFalse(proof.verifies(Fixtures.KEY));
    }

    @Test
    void verifies_entryOfAnotherIndex_doesNot() {
        var proof = proof(4);
        assertFalse(new TlogProof(ENTRIES.get(5).entry(), 4, proof.path(), proof.note()).verifies(Fixtures.KEY));
        assertFalse(new TlogProof(proof.entry(), 5, proof.path(), proof.note()).verifies(Fixtures.KEY));
    }

    @Test
    void tlogProof_outOfLimits_isRefused() {
        var proof = proof(0);
        assertThrows(LogException.class, () -> new TlogProof(proof.entry(), -1, proof.path(), proof.note()));
        var tooLong = Collections.nCopies(64, ENTRIES.getFirst().entry().leaf());
        assertThrows(LogException.class, () -> new TlogProof(proof.entry(), 0, tooLong, proof.note()));
        assertThrows(LogException.class, () -> TlogProof.parse("x".repeat(TlogProof.CHARACTERS_MAX) + "\n\n"));
    }

    private static TlogProof proof(int index) {
        return new TlogProof(
                ENTRIES.get(index).entry(), index, TREE.inclusion(index, 11), Fixtures.checkpoint(ENTRIES));
    }

    private static boolean accepted(byte[] text) {
        try {
            return TlogProof.parse(new String(text, UTF_8)).verifies(Fixtures.KEY);
        } catch (TamisException refused) {
            return false;
        }
    }
}
