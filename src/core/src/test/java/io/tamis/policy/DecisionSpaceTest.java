package io.tamis.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.ConsentClass;
import io.tamis.data.Level;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.policy.load.PolicyFiles;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Every cell of the decision space under the repository's bundle. The expected numbers are those of the design's
 * prototype, so two programs agree on 362,880 answers.
 */
class DecisionSpaceTest {
    /** Calls {@code consumer} with every combination of attributes; numbers and proofs are met. */
    static void forEachCell(Consumer<Question> consumer) {
        for (PolicyRole role : PolicyRole.values()) {
            for (Level level : Level.values()) {
                for (Purpose purpose : Purpose.values()) {
                    for (Context context : Context.values()) {
                        for (Action action : Action.values()) {
                            var question = Question.asking()
                                    .role(role)
                                    .level(level)
                                    .purpose(purpose)
                                    .context(context)
                                    .action(action)
                                    .cohort(1000)
                                    .rho(new MicroRho(1))
                                    .epsilon(new MicroEpsilon(1))
                                    .approvals(2)
                                    .strongAuth(true)
                                    .dpoApproval(true);
                            forEachConsent(question, consumer);
                        }
                    }
                }
            }
        }
    }

    private static void forEachConsent(Question.Builder question, Consumer<Question> consumer) {
        for (ConsentClass consent : ConsentClass.values()) {
            for (PiaState pia : PiaState.values()) {
                for (Region region : Region.values()) {
                    consumer.accept(
                            question.consent(consent).pia(pia).region(region).build());
                }
            }
        }
    }

    @Test
    void everyCell_underTheBundle_countsAsThePrototypeDid() {
        Map<Decision.Reason, Integer> refused = new EnumMap<>(Decision.Reason.class);
        Map<Treatment, Integer> permitted = new EnumMap<>(Treatment.class);
        int[] cells = {0, 0};
        forEachCell(question -> {
            cells[0]++;
            switch (PolicyFiles.bundle().decide(question)) {
                case Decision.Permit permit -> {
                    cells[1]++;
                    permitted.merge(permit.treatment(), 1, Integer::sum);
                    assertEquals(1, permit.rules().size(), "the example has no overlapping permits");
                }
                case Decision.Deny deny -> refused.merge(deny.reason(), 1, Integer::sum);
            }
        });
        assertEquals(362_880, cells[0]);
        assertEquals(1_181, cells[1]);
        assertEquals(87, permitted.get(Treatment.PSEUDONYM));
        assertEquals(8, permitted.get(Treatment.ENCRYPTED));
        assertEquals(
                Map.of(
                        Decision.Reason.RULE_DENIED, 167_832,
                        Decision.Reason.NO_MATCH, 192_864,
                        Decision.Reason.REQUIREMENT_UNMET, 1_003),
                refused);
    }

    @Test
    void everyCell_comparedWithASlowTwin_isEqual() {
        var bundle = PolicyFiles.bundle();
        var twin = new SlowTwin(bundle.rules());
        forEachCell(question -> assertEquals(twin.decide(question), SlowTwin.outcome(bundle.decide(question))));
    }
}
