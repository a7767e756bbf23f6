package io.tamis.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Level;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreatmentTest {
    @Test
    void order_isPartial() {
        for (Treatment a : Treatment.values()) {
            assertTrue(a.atMost(a));
            for (Treatment b : Treatment.values()) {
                assertFalse(a != b && a.atMost(b) && b.atMost(a), () -> a + " and " + b);
                for (Treatment c : Treatment.values()) {
                    assertTrue(!(a.atMost(b) && b.atMost(c)) || a.atMost(c), () -> a + " " + b + " " + c);
                }
            }
        }
    }

    @Test
    void order_hasExactlyTheWrittenPairs() {
        int pairs = 0;
        for (Treatment a : Treatment.values()) {
            for (Treatment b : Treatment.values()) {
                pairs += a != b && a.atMost(b) ? 1 : 0;
            }
        }
        // RAW < 7 others; PARTIAL, GENERALIZE, TOKEN, PSEUDONYM, ENCRYPTED, DP_AGGREGATE < SUPPRESS: 6;
        // PARTIAL, GENERALIZE, TOKEN, PSEUDONYM < DP_AGGREGATE: 4; TOKEN < PSEUDONYM: 1.
        assertEquals(18, pairs);
    }

    @ParameterizedTest
    @CsvSource({
        "RAW, RAW, RAW",
        "RAW, PSEUDONYM, PSEUDONYM",
        "TOKEN, PSEUDONYM, PSEUDONYM",
        "PARTIAL, DP_AGGREGATE, DP_AGGREGATE",
        "PARTIAL, GENERALIZE, SUPPRESS",
        "PARTIAL, PSEUDONYM, SUPPRESS",
        "ENCRYPTED, DP_AGGREGATE, SUPPRESS",
        "ENCRYPTED, PSEUDONYM, SUPPRESS",
        "RAW, SUPPRESS, SUPPRESS",
    })
    void strictest_ofTwo_isTheGreaterOrSuppress(Treatment one, Treatment other, Treatment expected) {
        assertEquals(expected, Treatment.strictest(EnumSet.of(one, other)));
        assertEquals(expected, Treatment.strictest(EnumSet.of(other, one)));
    }

    @Test
    void strictest_ofASet_isNotAFoldOfPairs() {
        // Folded left to right, PARTIAL with GENERALIZE would be SUPPRESS, and so the whole. As a set it is
        // DP_AGGREGATE.
        assertEquals(
                Treatment.DP_AGGREGATE,
                Treatment.strictest(EnumSet.of(Treatment.PARTIAL, Treatment.GENERALIZE, Treatment.DP_AGGREGATE)));
    }

    @Test
    void order_comparedWithTheTwins_isEqual() {
        for (Treatment one : Treatment.values()) {
            for (Treatment other : Treatment.values()) {
                assertEquals(SlowTwin.atMost(one, other), one.atMost(other), () -> one + " " + other);
            }
        }
    }

    @Test
    void strictest_ofNothing_isSuppress() {
        assertEquals(Treatment.SUPPRESS, Treatment.strictest(Set.of()));
    }

    @Test
    void strictest_ofEverySet_isAtLeastEachMember() {
        for (int bits = 1; bits < 1 << 8; bits++) {
            var set = EnumSet.noneOf(Treatment.class);
            for (Treatment treatment : Treatment.values()) {
                if ((bits & 1 << index(treatment)) != 0) {
                    set.add(treatment);
                }
            }
            Treatment strictest = Treatment.strictest(set);
            assertTrue(set.stream().allMatch(member -> member.atMost(strictest)), set::toString);
        }
    }

    private static int index(Treatment treatment) {
        return List.of(Treatment.values()).indexOf(treatment);
    }

    @ParameterizedTest
    @CsvSource({
        "RAW, L4, L4",
        "PARTIAL, L5, L5",
        "TOKEN, L4, L4",
        "GENERALIZE, L3, L3",
        "PSEUDONYM, L5, L3",
        "PSEUDONYM, L4, L3",
        "PSEUDONYM, L2, L2",
        "ENCRYPTED, L4, L3",
        "DP_AGGREGATE, L3, L2",
        "DP_AGGREGATE, L1, L1",
        "SUPPRESS, L5, L1",
    })
    void levelOf_treatedValue_isLoweredByFewTreatmentsOnly(Treatment treatment, Level input, Level output) {
        assertEquals(output, treatment.levelOf(input));
    }
}
