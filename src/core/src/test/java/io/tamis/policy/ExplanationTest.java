package io.tamis.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import io.tamis.data.MicroRho;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.policy.load.PolicyFiles;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Explanations as they leave the program: the whole JSON, as officers' tools read it. */
class ExplanationTest {
    private static final PolicyBundle BUNDLE = PolicyFiles.bundle();

    private static Question.Builder about(String dataset, String column) {
        Dataset declared = BUNDLE.datasets().get(new DatasetId(dataset));
        Column named = declared.column(new ColumnName(column)).orElseThrow();
        return Question.about(declared, named, Purpose.CLV_MODELLING, LocalDate.of(2026, 12, 15))
                .role(PolicyRole.MERCHANT)
                .region(Region.DOMESTIC);
    }

    private static void assertExplained(String expected, Question.Builder question) {
        Json.Obj json = BUNDLE.explain(question.build()).toJson().without("bundleHash", "question");
        assertEquals(Json.parse(expected).canonical(), json.canonical());
    }

    @Test
    void permit_inJson_isWhole() {
        assertExplained(
                """
                {"answer":{"decision":"PERMIT","treatment":"DP_AGGREGATE","transform":"DP_RELEASE","ruleIds":["AC-M-02"],
                  "required":{"consent":"SEPARATE","pia":"APPROVED","minCohort":50,"maxRhoMicro":24355,"maxEpsilonMicro":1000000}},
                 "matches":[{"id":"AC-M-02","deciding":true,"effect":"PERMIT","treatment":"DP_AGGREGATE",
                  "requires":{"consent":"SEPARATE","pia":"APPROVED","minCohort":50,"maxRhoMicro":24355,"maxEpsilonMicro":1000000},
                  "unmet":[],"legal":["PIPL-23","PIPL-24","PIPL-55"]}]}
                """,
                about("orders", "amount_cny")
                        .context(Context.SANDBOX_OUTPUT)
                        .action(Action.AGGREGATE)
                        .cohort(50)
                        .rho(new MicroRho(1)));
    }

    @Test
    void unmet_inJson_isWhole() {
        assertExplained(
                """
                {"answer":{"decision":"DENY","reason":"REQUIREMENT_UNMET","ruleIds":["AC-M-02"],
                  "unmet":["minCohort","maxRhoMicro","maxEpsilonMicro"]},
                 "publicCode":"POLICY_DENIED",
                 "matches":[{"id":"AC-M-02","deciding":true,"effect":"PERMIT","treatment":"DP_AGGREGATE",
                  "requires":{"consent":"SEPARATE","pia":"APPROVED","minCohort":50,"maxRhoMicro":24355,"maxEpsilonMicro":1000000},
                  "unmet":["minCohort","maxRhoMicro","maxEpsilonMicro"],"legal":["PIPL-23","PIPL-24","PIPL-55"]}]}
                """,
                about("orders", "amount_cny").context(Context.SANDBOX_OUTPUT).action(Action.AGGREGATE));
    }

    @Test
    void denial_inJson_isWhole() {
        assertExplained(
                """
                {"answer":{"decision":"DENY","reason":"RULE_DENIED","ruleIds":["AC-X-01"]},
                 "publicCode":"POLICY_DENIED",
                 "matches":[{"id":"AC-X-01","deciding":true,"effect":"DENY",
                  "reason":"identifying values never leave in output or logs","legal":["PIPL-51"]}]}
                """,
                about("orders", "buyer_phone").context(Context.SANDBOX_OUTPUT).action(Action.AGGREGATE));
    }

    @Test
    void override_inJson_showsTheLoser() {
        assertExplained(
                """
                {"answer":{"decision":"DENY","reason":"RULE_DENIED","ruleIds":["AC-X-03"]},
                 "publicCode":"POLICY_DENIED",
                 "matches":[
                  {"id":"AC-M-04","deciding":false,"effect":"PERMIT","treatment":"PSEUDONYM",
                   "requires":{"consent":"SEPARATE","pia":"APPROVED"},"unmet":[],"legal":["PIPL-23","PIPL-55"]},
                  {"id":"AC-X-03","deciding":true,"effect":"DENY",
                   "reason":"no personal data abroad under this bundle","legal":["PIPL-38","PIPL-55"]}]}
                """,
                about("orders", "buyer_phone")
                        .context(Context.SANDBOX_INPUT)
                        .action(Action.MATCH)
                        .region(Region.ABROAD));
    }

    @Test
    void noMatch_inJson_isWhole() {
        assertExplained(
                """
                {"answer":{"decision":"DENY","reason":"NO_MATCH","ruleIds":[]},"publicCode":"POLICY_DENIED","matches":[]}
                """, about("orders", "amount_cny").context(Context.RECORD_UI).action(Action.READ));
    }

    @Test
    void missingAttribute_inJson_isWhole() {
        assertExplained("""
                {"answer":{"decision":"DENY","reason":"ATTRIBUTE_MISSING","ruleIds":[]},
                 "publicCode":"POLICY_DENIED","matches":[]}
                """, about("orders", "amount_cny"));
    }

    /** Two questions that only differ in the reason for refusal tell a merchant the same. */
    @Test
    void refusals_forDifferentReasons_tellAMerchantTheSame() {
        var noMatch = about("orders", "amount_cny").context(Context.RECORD_UI).action(Action.READ);
        var denied =
                about("orders", "buyer_phone").context(Context.SANDBOX_OUTPUT).action(Action.AGGREGATE);
        var cohort =
                about("orders", "amount_cny").context(Context.SANDBOX_OUTPUT).action(Action.AGGREGATE);
        assertEquals(
                BUNDLE.explain(noMatch.build()).publicCode(),
                BUNDLE.explain(denied.build()).publicCode());
        assertEquals(
                BUNDLE.explain(noMatch.build()).publicCode(),
                BUNDLE.explain(cohort.build()).publicCode());
    }
}
