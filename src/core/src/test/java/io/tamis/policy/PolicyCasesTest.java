package io.tamis.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.policy.load.GoldenCase;
import io.tamis.policy.load.GoldenCases;
import io.tamis.policy.load.PolicyFiles;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The golden decisions of {@code policies/cases} under the bundle of the repository. */
class PolicyCasesTest {
    private static final GoldenCases GOLDEN = GoldenCases.load(PolicyFiles.FOLDER, PolicyFiles.bundle());

    @TestFactory
    Stream<DynamicTest> case_underTheBundle_isDecidedAsWritten() {
        return GOLDEN.cases().stream()
                .map(golden -> DynamicTest.dynamicTest(
                        golden.id(), () -> assertEquals(Optional.empty(), golden.mismatch(PolicyFiles.bundle()))));
    }

    @Test
    void cases_ofTheRepository_areAllRead() {
        assertEquals(List.of(), GOLDEN.problems());
        assertEquals(38, GOLDEN.cases().size());
    }

    @Test
    void mismatch_isFound_whenTheBundleChanges() {
        var laxer = PolicyFiles.accepted(PolicyFiles.edited("access.yaml", "minCohort: 50", "minCohort: 60"));
        List<String> broken = GOLDEN.cases().stream()
                .filter(golden -> golden.mismatch(laxer).isPresent())
                .map(GoldenCase::id)
                .toList();
        assertEquals(
                List.of(
                        "merchant-sums-amounts",
                        "merchant-counts-users",
                        "merchant-groups-by-quarter",
                        "merchant-groups-by-campaign",
                        "merchant-one-micro-rho-over"),
                broken);
    }
}
