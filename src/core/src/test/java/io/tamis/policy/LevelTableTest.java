package io.tamis.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.ConsentClass;
import io.tamis.data.Level;
import io.tamis.data.MicroRho;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.policy.load.PolicyFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each role gets of each level in each place (docs/policies.md has the merchant's column). Written by hand from
 * the design, not from the rules. A dash is a refusal.
 */
class LevelTableTest {
    private static Question.Builder asked(PolicyRole role, Purpose purpose, Context context, Action action) {
        return Question.asking()
                .role(role)
                .purpose(purpose)
                .context(context)
                .action(action)
                .consent(ConsentClass.SEPARATE)
                .pia(PiaState.APPROVED)
                .region(Region.DOMESTIC)
                .cohort(50)
                .rho(new MicroRho(1000));
    }

    private static String form(Question.Builder question, Level level) {
        return switch (PolicyFiles.bundle().decide(question.level(level).build())) {
            case Decision.Permit permit -> permit.treatment().name();
            case Decision.Deny _ -> "-";
        };
    }

    private static void assertRow(Question.Builder question, String... forms) {
        Level[] levels = Level.values();
        for (int i = 0; i < levels.length; i++) {
            assertEquals(forms[i], form(question, levels[i]), levels[i].name());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AD_MEASUREMENT, SANDBOX_OUTPUT, AGGREGATE, RAW, DP_AGGREGATE, DP_AGGREGATE, -, -",
        "AUDIENCE_INSIGHT, SANDBOX_OUTPUT, AGGREGATE, RAW, DP_AGGREGATE, DP_AGGREGATE, -, -",
        "CLV_MODELLING, SANDBOX_OUTPUT, AGGREGATE, RAW, DP_AGGREGATE, DP_AGGREGATE, -, -",
        "ATTRIBUTION, SANDBOX_OUTPUT, AGGREGATE, RAW, DP_AGGREGATE, DP_AGGREGATE, -, -",
        "ID_MATCHING, SANDBOX_OUTPUT, AGGREGATE, -, -, -, -, -",
        "AUTOMATED_MARKETING, SANDBOX_OUTPUT, AGGREGATE, -, -, -, -, -",
        "CLV_MODELLING, SANDBOX_OUTPUT, EXPORT, RAW, -, -, -, -",
        "CLV_MODELLING, SANDBOX_INPUT, COMPUTE, RAW, RAW, RAW, PSEUDONYM, -",
        "CLV_MODELLING, SANDBOX_INPUT, TRAIN, RAW, RAW, RAW, -, -",
        "CLV_MODELLING, SANDBOX_INPUT, MATCH, -, -, -, PSEUDONYM, -",
        "ID_MATCHING, SANDBOX_INPUT, MATCH, -, -, -, PSEUDONYM, -",
        "CLV_MODELLING, SANDBOX_INPUT, COMPUTE_ENCRYPTED, -, -, -, ENCRYPTED, -",
        "CLV_MODELLING, SANDBOX_INPUT, STORE, RAW, RAW, RAW, PSEUDONYM, -",
        "CLV_MODELLING, SANDBOX_INPUT, READ, -, -, -, -, -",
        "CLV_MODELLING, RECORD_UI, READ, -, -, -, -, -",
        "CLV_MODELLING, CASE_UI, READ, -, -, -, -, -",
        "CLV_MODELLING, SUBJECT_UI, READ, -, -, -, -, -",
        "CLV_MODELLING, LOG, STORE, -, -, -, -, -",
        "CLV_MODELLING, AT_REST, READ, -, -, -, -, -",
        "CLV_MODELLING, IN_TRANSIT, EXPORT, -, -, -, -, -",
        "FRAUD_CONTROL, SANDBOX_INPUT, MATCH, -, -, -, -, -",
    })
    void merchant_byLevel_getsTheTable(
            Purpose purpose, Context context, Action action, String l1, String l2, String l3, String l4, String l5) {
        assertRow(asked(PolicyRole.MERCHANT, purpose, context, action), l1, l2, l3, l4, l5);
    }

    @ParameterizedTest
    @CsvSource({
        "CLV_MODELLING, SANDBOX_INPUT, COMPUTE, RAW, RAW, RAW, PSEUDONYM, -",
        "CLV_MODELLING, SANDBOX_INPUT, TRAIN, RAW, RAW, RAW, -, -",
        "FRAUD_CONTROL, SANDBOX_INPUT, MATCH, -, -, -, PSEUDONYM, -",
        "AD_MEASUREMENT, SANDBOX_INPUT, COMPUTE, -, -, -, -, -",
        "CLV_MODELLING, SANDBOX_INPUT, COMPUTE_ENCRYPTED, -, -, -, -, -",
        "CLV_MODELLING, SANDBOX_OUTPUT, AGGREGATE, RAW, RAW, DP_AGGREGATE, -, -",
        "CLV_MODELLING, SANDBOX_OUTPUT, EXPORT, RAW, RAW, -, -, -",
        "CLV_MODELLING, RECORD_UI, READ, RAW, RAW, RAW, PSEUDONYM, -",
        "ID_MATCHING, RECORD_UI, READ, -, -, -, PSEUDONYM, -",
        "CLV_MODELLING, RECORD_UI, EXPORT, -, -, -, -, -",
        "CLV_MODELLING, CASE_UI, READ, -, -, -, -, -",
        "COMPLIANCE_REVIEW, CASE_UI, READ, -, -, -, -, -",
    })
    void analyst_byLevel_getsTheTable(
            Purpose purpose, Context context, Action action, String l1, String l2, String l3, String l4, String l5) {
        assertRow(asked(PolicyRole.PLATFORM_ANALYST, purpose, context, action), l1, l2, l3, l4, l5);
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLIANCE_REVIEW, CASE_UI, READ, 0, false, RAW, RAW, GENERALIZE, PARTIAL, PARTIAL",
        "COMPLIANCE_REVIEW, CASE_UI, BREAK_GLASS, 0, false, -, -, -, -, -",
        "COMPLIANCE_REVIEW, CASE_UI, BREAK_GLASS, 1, true, -, -, -, -, -",
        "COMPLIANCE_REVIEW, CASE_UI, BREAK_GLASS, 2, false, -, -, -, RAW, -",
        "COMPLIANCE_REVIEW, CASE_UI, BREAK_GLASS, 2, true, -, -, -, RAW, RAW",
        "COMPLIANCE_REVIEW, SANDBOX_INPUT, COMPUTE, 2, true, -, -, -, -, -",
        "COMPLIANCE_REVIEW, SANDBOX_OUTPUT, AGGREGATE, 2, true, -, -, -, -, -",
        "CLV_MODELLING, CASE_UI, READ, 2, true, -, -, -, -, -",
    })
    void officer_byLevel_getsTheTable(
            Purpose purpose,
            Context context,
            Action action,
            int approvals,
            boolean dpo,
            String l1,
            String l2,
            String l3,
            String l4,
            String l5) {
        var question = asked(PolicyRole.COMPLIANCE_OFFICER, purpose, context, action)
                .approvals(approvals)
                .dpoApproval(dpo);
        assertRow(question, l1, l2, l3, l4, l5);
    }

    @ParameterizedTest
    @CsvSource({
        "SUBJECT_UI, READ, false, RAW, RAW, RAW, PARTIAL, PARTIAL",
        "SUBJECT_UI, EXPORT, false, RAW, RAW, RAW, -, -",
        "SUBJECT_UI, EXPORT, true, RAW, RAW, RAW, RAW, -",
        "RECORD_UI, READ, true, -, -, -, -, -",
        "CASE_UI, READ, true, -, -, -, -, -",
    })
    void subject_byLevel_getsTheTable(
            Context context, Action action, boolean strong, String l1, String l2, String l3, String l4, String l5) {
        var question = asked(PolicyRole.DATA_SUBJECT, Purpose.SUBJECT_RIGHTS, context, action)
                .consent(ConsentClass.NONE)
                .pia(PiaState.NONE)
                .strongAuth(strong);
        assertRow(question, l1, l2, l3, l4, l5);
    }

    @ParameterizedTest
    @CsvSource({
        "FRAUD_CONTROL, SANDBOX_INPUT, COMPUTE, RAW, RAW, RAW, PSEUDONYM, -",
        "FRAUD_CONTROL, SANDBOX_INPUT, MATCH, -, -, -, PSEUDONYM, PSEUDONYM",
        "FRAUD_CONTROL, SANDBOX_OUTPUT, AGGREGATE, -, -, -, -, -",
        "FRAUD_CONTROL, LOG, STORE, RAW, GENERALIZE, -, -, -",
        "COMPLIANCE_REVIEW, LOG, STORE, RAW, GENERALIZE, -, -, -",
        "FRAUD_CONTROL, IN_TRANSIT, EXPORT, -, -, -, PSEUDONYM, -",
        "ID_MATCHING, IN_TRANSIT, EXPORT, -, -, -, PSEUDONYM, -",
        "CLV_MODELLING, SANDBOX_INPUT, COMPUTE, -, -, -, -, -",
    })
    void systemJob_byLevel_getsTheTable(
            Purpose purpose, Context context, Action action, String l1, String l2, String l3, String l4, String l5) {
        assertRow(asked(PolicyRole.SYSTEM_JOB, purpose, context, action), l1, l2, l3, l4, l5);
    }

    @ParameterizedTest
    @CsvSource({"KEY_HOLDER", "POLICY_AUTHOR"})
    void roleWithoutDataRight_anywhere_getsNothing(PolicyRole role) {
        for (Purpose purpose : Purpose.values()) {
            for (Context context : Context.values()) {
                for (Action action : Action.values()) {
                    assertRow(asked(role, purpose, context, action), "-", "-", "-", "-", "-");
                }
            }
        }
    }

    /** Personal data does not leave the country; what is public or internal may be seen from abroad. */
    @ParameterizedTest
    @CsvSource({
        "MERCHANT, CLV_MODELLING, SANDBOX_INPUT, COMPUTE, RAW, RAW, -, -, -",
        "MERCHANT, CLV_MODELLING, SANDBOX_OUTPUT, AGGREGATE, RAW, DP_AGGREGATE, -, -, -",
        "PLATFORM_ANALYST, CLV_MODELLING, RECORD_UI, READ, RAW, RAW, -, -, -",
        "SYSTEM_JOB, FRAUD_CONTROL, IN_TRANSIT, EXPORT, -, -, -, -, -",
        "DATA_SUBJECT, SUBJECT_RIGHTS, SUBJECT_UI, READ, RAW, RAW, RAW, PARTIAL, PARTIAL",
    })
    void receiverAbroad_byLevel_getsLess(
            PolicyRole role,
            Purpose purpose,
            Context context,
            Action action,
            String l1,
            String l2,
            String l3,
            String l4,
            String l5) {
        assertRow(asked(role, purpose, context, action).region(Region.ABROAD), l1, l2, l3, l4, l5);
    }

    /** What a weaker consent or a missing assessment closes. */
    @ParameterizedTest
    @CsvSource({
        "MERCHANT, SANDBOX_INPUT, COMPUTE, GENERAL, APPROVED, -, -, -, -, -",
        "MERCHANT, SANDBOX_INPUT, COMPUTE, SEPARATE, NONE, -, -, -, -, -",
        "MERCHANT, SANDBOX_INPUT, COMPUTE, GUARDIAN, APPROVED, RAW, RAW, RAW, PSEUDONYM, -",
        "MERCHANT, SANDBOX_INPUT, STORE, GENERAL, NONE, RAW, RAW, RAW, -, -",
        "MERCHANT, SANDBOX_OUTPUT, AGGREGATE, NONE, NONE, RAW, -, -, -, -",
        "PLATFORM_ANALYST, SANDBOX_INPUT, COMPUTE, GENERAL, APPROVED, RAW, RAW, RAW, PSEUDONYM, -",
        "PLATFORM_ANALYST, SANDBOX_INPUT, COMPUTE, NONE, APPROVED, -, -, -, -, -",
        "PLATFORM_ANALYST, SANDBOX_OUTPUT, AGGREGATE, GENERAL, NONE, RAW, RAW, -, -, -",
        "PLATFORM_ANALYST, RECORD_UI, READ, GENERAL, NONE, -, -, -, -, -",
    })
    void consentAndAssessment_byLevel_closeWhatTheyMust(
            PolicyRole role,
            Context context,
            Action action,
            ConsentClass consent,
            PiaState pia,
            String l1,
            String l2,
            String l3,
            String l4,
            String l5) {
        var question = asked(role, Purpose.CLV_MODELLING, context, action)
                .consent(consent)
                .pia(pia);
        assertRow(question, l1, l2, l3, l4, l5);
    }
}
