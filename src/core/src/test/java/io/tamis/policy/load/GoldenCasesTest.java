package io.tamis.policy.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldenCasesTest {
    private static final String ASK = "role: MERCHANT, column: \"orders#amount_cny\", asOf: \"2026-12-15\","
            + " purpose: CLV_MODELLING, context: SANDBOX_INPUT, action: COMPUTE, region: DOMESTIC";

    @TempDir
    private Path folder;

    private GoldenCases load(String cases) throws IOException {
        Files.createDirectories(folder.resolve("cases"));
        Files.writeString(folder.resolve("cases/own.yaml"), "apiVersion: policy/v1\nkind: Cases\ncases:\n" + cases);
        return GoldenCases.load(folder, PolicyFiles.bundle());
    }

    private GoldenCases one(String ask, String expect) throws IOException {
        return load("  - { id: one, ask: { " + ask + " }, expect: { " + expect + " } }\n");
    }

    private String mismatch(String expect) throws IOException {
        return one(ASK, expect)
                .cases()
                .getFirst()
                .mismatch(PolicyFiles.bundle())
                .orElse("none");
    }

    @Test
    void case_thatHolds_hasNoMismatch() throws IOException {
        assertEquals("none", mismatch("decision: PERMIT, treatment: RAW, rules: [AC-M-03]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "decision: PERMIT, treatment: PSEUDONYM, rules: [AC-M-03]|expected PERMIT PSEUDONYM under [AC-M-03]",
                "decision: PERMIT, treatment: RAW, rules: [AC-M-04]|expected PERMIT RAW under [AC-M-04]",
                "decision: PERMIT, treatment: RAW, transform: DROP, rules: [AC-M-03]|expected PERMIT RAW by DROP",
                "decision: DENY, reason: NO_MATCH|expected DENY NO_MATCH, got",
                "decision: DENY, reason: REQUIREMENT_UNMET, rules: [AC-M-03], unmet: [pia]"
                        + "|expected DENY REQUIREMENT_UNMET under [AC-M-03] for [pia], got",
            })
    void case_thatDoesNotHold_saysWhatWasExpected(String expect, String beginning) throws IOException {
        assertTrue(mismatch(expect).startsWith(beginning), () -> beginning);
        assertTrue(mismatch(expect).contains("\"ruleIds\":[\"AC-M-03\"]"));
    }

    @Test
    void refusal_withoutRules_isHeldAgainstItsReasonOnly() throws IOException {
        String ask = ASK.replace("DOMESTIC", "ABROAD");
        for (String expect : List.of(
                "decision: DENY, reason: RULE_DENIED", "decision: DENY, reason: RULE_DENIED, rules: [AC-X-03]")) {
            assertTrue(one(ask, expect)
                    .cases()
                    .getFirst()
                    .mismatch(PolicyFiles.bundle())
                    .isEmpty());
        }
        assertTrue(one(ask, "decision: DENY, reason: RULE_DENIED, rules: [AC-X-01]")
                .cases()
                .getFirst()
                .mismatch(PolicyFiles.bundle())
                .isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "orders#amount_cny, orders#amount",
        "orders#amount_cny, order#amount_cny",
        "2026-12-15, 2026-02-30",
    })
    void case_aboutNothingDeclared_isAProblem(String from, String to) throws IOException {
        GoldenCases golden = one(ASK.replace(from, to), "decision: DENY, reason: NO_MATCH");
        assertEquals(List.of(), golden.cases());
        assertEquals("cases/own.yaml", golden.problems().getFirst().file());
        assertEquals("/cases/0/ask", golden.problems().getFirst().pointer());
    }

    @Test
    void case_outOfForm_isAProblem() throws IOException {
        assertEquals(
                "/cases/0/expect",
                one(ASK, "decision: PERMIT").problems().getFirst().pointer());
        assertTrue(
                load("  - { id: x, id: y }\n").problems().getFirst().message().contains("twice"));
    }

    @Test
    void caseId_givenTwice_isAProblem() throws IOException {
        String text = "  - { id: one, ask: { " + ASK + " }, expect: { decision: DENY, reason: NO_MATCH } }\n";
        assertEquals(
                "/cases/1/id",
                load(text + text.replace("NO_MATCH", "RULE_DENIED"))
                        .problems()
                        .getFirst()
                        .pointer());
    }

    @Test
    void folder_withoutCases_hasNone() {
        GoldenCases golden = GoldenCases.load(folder, PolicyFiles.bundle());
        assertEquals(List.of(), golden.cases());
        assertEquals(List.of(), golden.problems());
    }
}
