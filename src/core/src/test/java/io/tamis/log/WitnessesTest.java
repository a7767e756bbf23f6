package io.tamis.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.MemoryKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WitnessesTest {
    private static final Instant AT = Instant.parse("2026-11-24T05:00:00Z");
    private static final Checkpoint CHECKPOINT =
            new Checkpoint(Fixtures.ORIGIN, new TreeHead(3, TreeHash.leaf(new byte[] {3})));
    private static final SignedNote NOTE = CHECKPOINT.sign(Fixtures.KEYS, KeyName.LEDGER_SIGNING);
    private static final List<NoteSigner> SIGNERS = IntStream.range(0, 3)
            .mapToObj(i -> new NoteSigner(
                    new Origin("witness.example/w" + i),
                    NoteKeyType.COSIGNATURE,
                    new MemoryKeys(50 + i),
                    KeyName.WITNESS_SIGNING))
            .toList();
    private static final List<VerifierKey> KEYS =
            SIGNERS.stream().map(NoteSigner::verifierKey).toList();

    private static SignedNote cosigned(int... by) {
        return NOTE.with(IntStream.of(by)
                .mapToObj(i -> SIGNERS.get(i).sign(NOTE.text(), AT.plusSeconds(i)))
                .toList());
    }

    @Test
    void metBy_asManyAsTheQuorum_isTrueFromThereOn() {
        for (int quorum = 0; quorum <= 3; quorum++) {
            var witnesses = new Witnesses(KEYS, quorum);
            assertEquals(quorum == 0, witnesses.metBy(NOTE));
            assertEquals(quorum <= 1, witnesses.metBy(cosigned(2)));
            assertEquals(quorum <= 2, witnesses.metBy(cosigned(2, 0)));
            assertTrue(witnesses.metBy(cosigned(0, 1, 2)));
        }
    }

    @Test
    void of_aNote_namesEachWitnessAndItsTime() {
        assertEquals(
                List.of(
                        new Witnesses.Cosignature(KEYS.get(0), AT),
                        new Witnesses.Cosignature(KEYS.get(2), AT.plusSeconds(2))),
                new Witnesses(KEYS, 1).of(cosigned(2, 0)));
        assertEquals(List.of(), Witnesses.none().of(cosigned(0)));
        assertTrue(Witnesses.none().metBy(NOTE));
    }

    /** One witness that signs twice is one witness. */
    @Test
    void metBy_twoLinesOfOneWitness_countsItOnce() {
        var twice = cosigned(1).with(List.of(SIGNERS.get(1).sign(NOTE.text(), AT.plusSeconds(60))));
        assertFalse(new Witnesses(KEYS, 2).metBy(twice));
        assertEquals(1, new Witnesses(KEYS, 2).of(twice).size());
    }

    /** A signature of a known key that is wrong spoils the note, though enough others are right. */
    @Test
    void metBy_aWrongLineOfAKnownWitness_isFalse() {
        var wrong = SIGNERS.get(2).sign("other\n", AT);
        assertFalse(new Witnesses(KEYS, 1).metBy(cosigned(0, 1).with(List.of(wrong))));
        assertEquals(
                2,
                new Witnesses(KEYS, 1).of(cosigned(0, 1).with(List.of(wrong))).size());
        assertTrue(new Witnesses(KEYS.subList(0, 2), 1).metBy(cosigned(0, 1).with(List.of(wrong))));
    }

    /** Too few is no contradiction, nor is a stranger's line; a known witness's wrong line is one. */
    @Test
    void contradictedBy_aWrongLineOfAKnownWitness_isTrueAndNothingElseIs() {
        var wrong = SIGNERS.get(2).sign("other\n", AT);
        assertFalse(new Witnesses(KEYS, 3).contradictedBy(cosigned(0)));
        assertFalse(new Witnesses(KEYS.subList(0, 2), 1).contradictedBy(NOTE.with(List.of(wrong))));
        assertTrue(new Witnesses(KEYS, 0).contradictedBy(NOTE.with(List.of(wrong))));
    }

    @Test
    void metBy_linesOfStrangers_isFalse() {
        var stranger = new NoteSigner(
                new Origin("witness.example/w0"), NoteKeyType.COSIGNATURE, new MemoryKeys(99), KeyName.WITNESS_SIGNING);
        assertFalse(new Witnesses(KEYS, 1).metBy(NOTE.with(List.of(stranger.sign(NOTE.text(), AT)))));
    }

    @Test
    void metBy_aWitnessThatSignsByMlDsa_countsToo() {
        var quantum = new NoteSigner(
                new Origin("witness.example/pq"), NoteKeyType.ML_DSA_44, Fixtures.KEYS, KeyName.LEDGER_SIGNING_PQ);
        var witnesses = new Witnesses(List.of(KEYS.getFirst(), quantum.verifierKey()), 2);
        assertTrue(witnesses.metBy(cosigned(0).with(List.of(quantum.sign(NOTE.text(), AT)))));
    }

    @Test
    void witnesses_thatCannotBeMetOrCountTwice_areRefused() {
        assertThrows(LogException.class, () -> new Witnesses(KEYS, 4));
        assertThrows(LogException.class, () -> new Witnesses(KEYS, -1));
        assertThrows(LogException.class, () -> new Witnesses(List.of(KEYS.get(0), KEYS.get(0)), 1));
        var renamed = new NoteSigner(
                new Origin("witness.example/other"),
                NoteKeyType.COSIGNATURE,
                SIGNERS.getFirst().keys(),
                KeyName.WITNESS_SIGNING);
        assertThrows(LogException.class, () -> new Witnesses(List.of(KEYS.get(0), renamed.verifierKey()), 2));
        assertThrows(LogException.class, () -> new Witnesses(List.of(Fixtures.KEY), 1));
        var many = new ArrayList<VerifierKey>();
        for (int i = 0; i <= Witnesses.KEYS_MAX; i++) {
            many.add(new NoteSigner(
                            new Origin("w" + i),
                            NoteKeyType.COSIGNATURE,
                            new MemoryKeys(200 + i),
                            KeyName.WITNESS_SIGNING)
                    .verifierKey());
        }
        assertThrows(LogException.class, () -> new Witnesses(many, 1));
        assertEquals(16, new Witnesses(many.subList(0, 16), 16).quorum());
    }
}
