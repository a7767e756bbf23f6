package io.tamis.log.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.log.LogException;
import io.tamis.log.Origin;
import io.tamis.log.SignedNote;
import io.tamis.log.TreeHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessTest {
    private final GrownLog log = GrownLog.of(40);
    private final JdkCosigner cosigner = new JdkCosigner();
    private final HeapMemory memory = new HeapMemory();
    private final Witness witness = new Witness(TrustedLogs.exactly(List.of(log.key())), memory, cosigner);

    @Test
    void judge_firstCheckpoint_isCosignedOverItsWholeText() {
        var cosigned = cosigned(witness.judge(log.body(0, 7)));
        assertEquals(1, cosigned.signatures().size());
        assertTrue(cosigner.verifies(log.note(7).text(), cosigned.signatures().getFirst()));
        assertEquals(Optional.of(log.head(7)), memory.latest(GrownLog.ORIGIN));
        assertEquals(200, cosigned.status());
    }

    @Test
    void judge_eachGrowth_isCosigned() {
        for (int[] step : new int[][] {{0, 1}, {1, 2}, {2, 3}, {3, 8}, {8, 9}, {9, 40}}) {
            cosigned(witness.judge(log.body(step[0], step[1])));
        }
        assertEquals(6, memory.kept.size());
    }

    @Test
    void judge_theSameCheckpointAgain_isCosignedAgain() {
        cosigned(witness.judge(log.body(0, 7)));
        cosigned(witness.judge(log.body(7, 7)));
    }

    @Test
    void judge_emptyTree_isCosigned() {
        cosigned(witness.judge(log.body(0, 0)));
        cosigned(witness.judge(log.body(0, 5)));
    }

    @Test
    void judge_theSameSizeWithAnotherRoot_isAConflict() {
        witness.judge(log.body(0, 7));
        assertEquals(
                new Verdict.Conflict(7), witness.judge(GrownLog.branched(3, 7).body(7, 7)));
    }

    @Test
    void judge_anotherOldSize_isAConflictThatTellsOurs() {
        witness.judge(log.body(0, 7));
        for (int old : new int[] {0, 6, 8}) {
            var conflict = assertInstanceOf(Verdict.Conflict.class, witness.judge(log.body(old, 9)));
            assertEquals(7, conflict.size());
            assertEquals(409, conflict.status());
        }
    }

    @Test
    void judge_anOldSizeForALogNeverSeen_isAConflictWithZero() {
        assertEquals(new Verdict.Conflict(0), witness.judge(log.body(5, 7)));
    }

    @Test
    void judge_aSmallerTreeAfterALargerOne_isAConflict() {
        witness.judge(log.body(0, 9));
        assertEquals(new Verdict.Conflict(9), witness.judge(log.body(5, 7)));
        assertEquals(Optional.of(log.head(9)), memory.latest(GrownLog.ORIGIN));
    }

    @Test
    void judge_aForkedLog_isInconsistent() {
        witness.judge(log.body(0, 7));
        var verdict = witness.judge(GrownLog.branched(3, 9).body(7, 9));
        assertEquals(new Verdict.Inconsistent(), verdict);
        assertEquals(422, verdict.status());
        assertEquals(Optional.of(log.head(7)), memory.latest(GrownLog.ORIGIN));
    }

    @Test
    void judge_aProofOfAForkMadeToFitTheNewRoot_isInconsistent() {
        witness.judge(log.body(0, 8));
        // Eight is a power of two: the proof has only new hashes, and fits the fork's own tree.
        assertEquals(
                new Verdict.Inconsistent(),
                witness.judge(GrownLog.branched(2, 12).body(8, 12)));
    }

    @Test
    void judge_aProofWhereNoneBelongs_isInconsistent() {
        var one = List.of(Hash.sha256());
        assertEquals(new Verdict.Inconsistent(), judge(0, one, log.note(7)));
        witness.judge(log.body(0, 7));
        assertEquals(new Verdict.Inconsistent(), judge(7, one, log.note(7)));
        assertEquals(new Verdict.Inconsistent(), judge(7, List.of(), log.note(9)));
    }

    @Test
    void judge_eachMutationOfAProof_isInconsistent() {
        witness.judge(log.body(0, 21));
        List<Hash> proof = log.proof(21, 40);
        for (int i = 0; i < proof.size(); i++) {
            var changed = new ArrayList<>(proof);
            changed.set(i, Hash.sha256(new byte[] {(byte) i}));
            assertEquals(new Verdict.Inconsistent(), judge(21, changed, log.note(40)));
            var shorter = new ArrayList<>(proof);
            shorter.remove(i);
            assertEquals(new Verdict.Inconsistent(), judge(21, shorter, log.note(40)));
        }
        cosigned(judge(21, proof, log.note(40)));
    }

    @Test
    void judge_anOldSizeAboveTheNewOne_isMalformed() {
        witness.judge(log.body(0, 9));
        assertEquals(new Verdict.Malformed(), judge(9, List.of(), log.note(7)));
    }

    @Test
    void judge_aLogOfAnotherName_isUnknown() {
        var other = new GrownLog(new Origin("example.com/other/2026"), 1);
        var verdict = witness.judge(other.body(0, 0));
        assertEquals(new Verdict.UnknownLog(), verdict);
        assertEquals(404, verdict.status());
    }

    @Test
    void judge_aNameNoLogOfOursCanHave_isUnknown() {
        assertEquals(new Verdict.UnknownLog(), judge(0, List.of(), log.signed("日志\n0\n" + root(0) + "\n")));
    }

    @Test
    void judge_anotherKey_isUntrusted() {
        var thief = new GrownLog(GrownLog.ORIGIN, 2);
        var verdict = witness.judge(thief.body(0, 0));
        assertEquals(new Verdict.Untrusted(), verdict);
        assertEquals(403, verdict.status());
    }

    @Test
    void judge_aTrustBeforeSizes_soThatAStrangerLearnsNothing() {
        witness.judge(log.body(0, 9));
        assertEquals(new Verdict.Untrusted(), witness.judge(new GrownLog(GrownLog.ORIGIN, 2).body(0, 0)));
    }

    @Test
    void judge_signaturesOfUnknownKeys_areIgnoredAndNotKept() {
        var strange = new SignedNote.Signature("somebody.example", "AAAAAAAA");
        var note = log.note(7);
        var both =
                new SignedNote(note.text(), List.of(strange, note.signatures().getFirst()));
        cosigned(judge(0, List.of(), both));
        assertEquals(
                List.of(GrownLog.ORIGIN.value(), JdkCosigner.NAME),
                memory.kept.getFirst().signatures().stream()
                        .map(SignedNote.Signature::name)
                        .toList());
    }

    @Test
    void judge_aTamperedSignature_isUntrusted() {
        var note = log.note(7);
        var forged = new SignedNote(log.note(8).text(), note.signatures());
        assertEquals(new Verdict.Untrusted(), judge(0, List.of(), forged));
    }

    @Test
    void judge_twoTrustedKeys_eachOpens() {
        var next = new GrownLog(GrownLog.ORIGIN, 2);
        var rotating = new Witness(TrustedLogs.exactly(List.of(log.key(), next.key())), memory, cosigner);
        cosigned(rotating.judge(log.body(0, 0)));
        cosigned(rotating.judge(next.body(0, 0)));
    }

    @Test
    void judge_extensionLines_areCosignedWithTheRest() {
        var note = log.signed(log.note(7).text() + "more to say\n");
        var cosigned = cosigned(judge(0, List.of(), note));
        assertTrue(cosigner.verifies(note.text(), cosigned.signatures().getFirst()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com/tamis/2026\n7\n",
                "example.com/tamis/2026\n07\nROOT\n",
                "example.com/tamis/2026\n-7\nROOT\n",
                "example.com/tamis/2026\n9223372036854775808\nROOT\n",
                "example.com/tamis/2026\n7\nAAAA\n",
                "example.com/tamis/2026\n7\nROOT\n\nmore\n",
                "example.com/tamis/2026\n0\nROOT\n",
                "\n7\nROOT\n"
            })
    void judge_aTextThatIsNoCheckpoint_isMalformed(String text) {
        var note = log.signed(text.replace("ROOT", root(7)));
        var verdict = judge(0, List.of(), note);
        assertEquals(new Verdict.Malformed(), verdict);
        assertEquals(400, verdict.status());
    }

    @Test
    void judge_logsOfTwoNames_areApart() {
        var other = new GrownLog(new Origin("example.com/other/2026"), 1);
        var both = new Witness(TrustedLogs.exactly(List.of(log.key(), other.key())), memory, cosigner);
        cosigned(both.judge(log.body(0, 7)));
        cosigned(both.judge(other.body(0, 0)));
        cosigned(both.judge(log.body(7, 9)));
    }

    @Test
    void judge_whenAnotherRequestCameFirst_tellsItsSizeAndNoSignature() {
        var overtaken = new Memory() {
            @Override
            public Optional<TreeHead> latest(Origin origin) {
                return memory.latest(origin);
            }

            @Override
            public boolean replace(Origin origin, Optional<TreeHead> expected, SignedNote cosigned) {
                memory.replace(origin, expected, log.note(9));
                return memory.replace(origin, expected, cosigned);
            }
        };
        var racing = new Witness(TrustedLogs.exactly(List.of(log.key())), overtaken, cosigner);
        assertEquals(new Verdict.Conflict(9), racing.judge(log.body(0, 7)));
    }

    @Test
    void judge_withABrokenMemory_answersNothing() {
        var broken = new Memory() {
            @Override
            public Optional<TreeHead> latest(Origin origin) {
                return Optional.empty();
            }

            @Override
            public boolean replace(Origin origin, Optional<TreeHead> expected, SignedNote cosigned) {
                throw new LogException(Code.INTERNAL);
            }
        };
        var failing = new Witness(TrustedLogs.exactly(List.of(log.key())), broken, cosigner);
        var failure = assertThrows(LogException.class, () -> failing.judge(log.body(0, 7)));
        assertEquals(Code.INTERNAL, failure.code());
    }

    @Test
    void judge_bytesThatAreNoRequest_isMalformed() {
        for (String body : List.of("", "\n", "\n\n", "old 0\n", "old 0\n\n", "hello\n\n")) {
            assertEquals(new Verdict.Malformed(), witness.judge(body.getBytes(UTF_8)), body);
        }
        assertEquals(new Verdict.Malformed(), witness.judge(new byte[AddCheckpoint.BYTES_MAX + 1]));
    }

    private Verdict judge(long old, List<Hash> proof, SignedNote note) {
        return witness.judge(new AddCheckpoint(old, proof, note).encoded());
    }

    private String root(int size) {
        return log.note(size).text().split("\n", -1)[2];
    }

    private static Verdict.Cosigned cosigned(Verdict verdict) {
        return assertInstanceOf(Verdict.Cosigned.class, verdict);
    }
}
