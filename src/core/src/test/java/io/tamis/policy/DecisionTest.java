package io.tamis.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.ConsentClass;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import io.tamis.data.Level;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionTest {
    private static final RuleId RULE = new RuleId("AC-M-02");

    private static Decision.Deny unmet(Requirement... requirements) {
        return new Decision.Deny(
                Decision.Reason.REQUIREMENT_UNMET, List.of(RULE), EnumSet.copyOf(List.of(requirements)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REQUIREMENT_UNMET")
    void publicCode_ofARefusalByRules_isOneCode(Decision.Reason reason) {
        assertEquals(Code.POLICY_DENIED, new Decision.Deny(reason, List.of(), Set.of()).publicCode());
    }

    @Test
    void publicCode_ofAnUnmetRequirement_tellsConsentAndAssessmentOnly() {
        assertEquals(Code.PURPOSE_NOT_CONSENTED, unmet(Requirement.CONSENT).publicCode());
        assertEquals(
                Code.PURPOSE_NOT_CONSENTED,
                unmet(Requirement.CONSENT, Requirement.PIA).publicCode());
        assertEquals(
                Code.PIA_MISSING, unmet(Requirement.PIA, Requirement.MIN_COHORT).publicCode());
        assertEquals(Code.POLICY_DENIED, unmet(Requirement.MIN_COHORT).publicCode());
        assertEquals(Code.POLICY_DENIED, unmet(Requirement.MAX_RHO_MICRO).publicCode());
    }

    @Test
    void denial_withUnmetRequirements_isForThatReasonOnly() {
        assertThrows(
                DataException.class,
                () -> new Decision.Deny(Decision.Reason.NO_MATCH, List.of(), Set.of(Requirement.PIA)));
        assertThrows(
                DataException.class,
                () -> new Decision.Deny(Decision.Reason.REQUIREMENT_UNMET, List.of(RULE), Set.of()));
    }

    @Test
    void json_ofDecisions_isAsWritten() {
        assertEquals(
                "{\"decision\":\"DENY\",\"reason\":\"REQUIREMENT_UNMET\",\"ruleIds\":[\"AC-M-02\"],"
                        + "\"unmet\":[\"pia\",\"maxRhoMicro\"]}",
                unmet(Requirement.MAX_RHO_MICRO, Requirement.PIA).toJson().canonical());
        assertEquals(
                "{\"decision\":\"PERMIT\",\"required\":{\"consent\":\"NONE\"},\"ruleIds\":[\"AC-M-02\"],"
                        + "\"transform\":\"DP_RELEASE\",\"treatment\":\"DP_AGGREGATE\"}",
                new Decision.Permit(
                                Treatment.DP_AGGREGATE,
                                Optional.of(new TransformId("DP_RELEASE")),
                                List.of(RULE),
                                Requirements.NONE)
                        .toJson()
                        .canonical());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"decision\":\"MAYBE\"}",
                "{\"decision\":\"PERMIT\",\"treatment\":\"RAW\"}",
                "{\"decision\":\"PERMIT\",\"treatment\":\"CLEAR\",\"required\":{\"consent\":\"NONE\"}}",
                "{\"decision\":\"DENY\"}",
                "{\"decision\":\"DENY\",\"reason\":\"NO_MATCH\",\"unmet\":[\"pia\"]}",
                "{\"decision\":\"DENY\",\"reason\":\"NO_MATCH\",\"ruleIds\":[\"M-02\"]}",
                "{\"decision\":\"DENY\",\"reason\":\"NO_MATCH\",\"treatment\":\"RAW\"}"
            })
    void json_ofAnotherForm_isRefused(String json) {
        assertThrows(DataException.class, () -> Decision.fromJson(Json.parse(json)));
    }

    @Test
    void decidedColumn_throughItsJson_isTheSame() {
        var question = Question.asking()
                .role(PolicyRole.MERCHANT)
                .level(Level.L3)
                .purpose(Purpose.CLV_MODELLING)
                .context(Context.SANDBOX_OUTPUT)
                .action(Action.AGGREGATE)
                .consent(ConsentClass.SEPARATE)
                .pia(PiaState.NONE)
                .region(Region.DOMESTIC)
                .cohort(50)
                .build();
        var column = new DecidedColumn(new ColumnName("amount_usd"), question, unmet(Requirement.PIA));
        assertEquals(column, DecidedColumn.fromJson(column.toJson()));
        assertEquals(
                "{\"action\":\"AGGREGATE\",\"actual\":{\"cohort\":50},\"consent\":\"SEPARATE\","
                        + "\"context\":\"SANDBOX_OUTPUT\",\"decision\":\"DENY\",\"level\":\"L3\","
                        + "\"name\":\"amount_usd\",\"pia\":\"NONE\",\"purpose\":\"CLV_MODELLING\","
                        + "\"reason\":\"REQUIREMENT_UNMET\",\"region\":\"DOMESTIC\",\"role\":\"MERCHANT\","
                        + "\"ruleIds\":[\"AC-M-02\"],\"unmet\":[\"pia\"]}",
                column.toJson().canonical());
        assertThrows(
                DataException.class,
                () -> DecidedColumn.fromJson(column.toJson().with("value", Json.of("x"))));
        assertThrows(
                DataException.class,
                () -> DecidedColumn.fromJson(column.toJson().without("name")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AC-M-1", "AC-M-0001", "ac-m-01", "AC-M-01\n", "AC-MM-01", "XX-M-01"})
    void ruleId_ofAnotherForm_isRefused(String id) {
        assertThrows(DataException.class, () -> new RuleId(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "phone", "1PHONE", "PHONE-X", "PHONE\n"})
    void transformId_ofAnotherForm_isRefused(String id) {
        assertThrows(DataException.class, () -> new TransformId(id));
    }
}
