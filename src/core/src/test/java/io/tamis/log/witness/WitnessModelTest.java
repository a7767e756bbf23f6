package io.tamis.log.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import io.tamis.data.Samples;
import io.tamis.log.TreeHead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A witness against a slow twin that has all leaves, and against many requests at once. */
class WitnessModelTest {
    private static final int SIZE_MAX = 24;

    /** The honest tree, and liars that leave it at some size. */
    private static final List<GrownLog> TREES = List.of(
            GrownLog.of(SIZE_MAX),
            GrownLog.branched(1, SIZE_MAX),
            GrownLog.branched(8, SIZE_MAX),
            GrownLog.branched(13, SIZE_MAX));

    private static final int[] BRANCHES = {SIZE_MAX, 1, 8, 13};

    private record Step(int tree, int old, int size) {
        static Step draw(SplittableRandom random, int known) {
            // Mostly the size the witness has, so that there is something to judge behind the conflict.
            int old = random.nextInt(4) == 0 ? random.nextInt(SIZE_MAX + 1) : known;
            return new Step(random.nextInt(TREES.size()), old, random.nextInt(SIZE_MAX + 1));
        }

        byte[] body() {
            List<Hash> proof =
                    old == 0 || old > size ? List.of() : TREES.get(tree).proof(old, size);
            return new AddCheckpoint(old, proof, TREES.get(tree).note(size)).encoded();
        }
    }

    /** True when the two trees have the same first leaves. */
    private static boolean agree(int one, int other, int size) {
        return one == other || size <= Math.min(BRANCHES[one], BRANCHES[other]);
    }

    @Test
    void judge_anySequence_answersAsTheTwinThatComparesLeaves() {
        Samples.forAll(26_038_001, 300, random -> random, random -> {
            var witness = new Witness(
                    TrustedLogs.exactly(List.of(TREES.getFirst().key())), new HeapMemory(), new JdkCosigner());
            int tree = 0;
            int known = 0;
            for (int i = 0; i < 40; i++) {
                Step step = Step.draw(random, known);
                int expected = expected(step, tree, known);
                assertEquals(expected, witness.judge(step.body()).status(), step + " after " + known + " of " + tree);
                if (expected == 200) {
                    tree = step.tree();
                    known = step.size();
                }
            }
        });
    }

    private static int expected(Step step, int tree, int known) {
        if (step.old() > step.size()) {
            return 400;
        }
        if (step.old() != known) {
            return 409;
        }
        if (agree(step.tree(), tree, known)) {
            return 200;
        }
        return step.size() == known ? 409 : 422;
    }

    @Test
    void judge_manyAtOnce_neverCosignsTwoTreesOfOneSizeNorGoesBack() throws Exception {
        Samples.forAll(26_038_002, 30, random -> random, random -> {
            var memory = new HeapMemory();
            var cosigner = new JdkCosigner();
            var witness =
                    new Witness(TrustedLogs.exactly(List.of(TREES.getFirst().key())), memory, cosigner);
            var cosigned = new HashMap<Long, TreeHead>();
            try (var threads = Executors.newFixedThreadPool(8)) {
                var turns = new ArrayList<Callable<Void>>();
                for (int thread = 0; thread < 8; thread++) {
                    SplittableRandom own = random.split();
                    turns.add(() -> hammer(witness, memory, own, cosigned));
                }
                for (var turn : threads.invokeAll(turns)) {
                    turn.get();
                }
            } catch (Exception failed) {
                throw new AssertionError(failed);
            }
            long before = 0;
            for (var kept : memory.kept) {
                long size = Claim.parse(kept.text()).head().size();
                assertTrue(size >= before, "went back from " + before + " to " + size);
                before = size;
            }
        });
    }

    private static Void hammer(
            Witness witness, HeapMemory memory, SplittableRandom random, Map<Long, TreeHead> cosigned) {
        for (int i = 0; i < 40; i++) {
            int known = (int) memory.latest(GrownLog.ORIGIN)
                    .map(TreeHead::size)
                    .orElse(0L)
                    .longValue();
            Step step = Step.draw(random, known);
            if (witness.judge(step.body()) instanceof Verdict.Cosigned) {
                TreeHead head = TREES.get(step.tree()).head(step.size());
                synchronized (cosigned) {
                    assertEquals(head, cosigned.computeIfAbsent(head.size(), absent -> head), "two trees of one size");
                }
            }
        }
        return null;
    }
}
