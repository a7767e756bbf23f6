package io.tamis.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.ConsentClass;
import io.tamis.data.DataException;
import io.tamis.data.Flag;
import io.tamis.data.Json;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequirementsTest {
    private static final Requirements FULL = new Requirements(
            ConsentClass.SEPARATE,
            true,
            OptionalInt.of(50),
            Optional.of(new MicroRho(100)),
            Optional.of(new MicroEpsilon(200)),
            2,
            true,
            true);

    private static Question.Builder meeting() {
        return Question.asking()
                .consent(ConsentClass.SEPARATE)
                .pia(PiaState.APPROVED)
                .cohort(50)
                .rho(new MicroRho(100))
                .approvals(2)
                .strongAuth(true)
                .dpoApproval(true);
    }

    @Test
    void question_thatMeetsAll_isNotRefused() {
        assertEquals(Set.of(), FULL.unmet(meeting().build()));
        assertEquals(Set.of(), Requirements.NONE.unmet(Question.asking().build()));
    }

    @Test
    void question_thatSaysNothing_meetsNothing() {
        assertEquals(
                EnumSet.allOf(Requirement.class), FULL.unmet(Question.asking().build()));
    }

    @Test
    void threshold_oneBelow_isUnmet() {
        assertEquals(
                Set.of(Requirement.MIN_COHORT), FULL.unmet(meeting().cohort(49).build()));
        assertEquals(
                Set.of(Requirement.APPROVALS), FULL.unmet(meeting().approvals(1).build()));
        assertEquals(
                Set.of(Requirement.MAX_RHO_MICRO),
                FULL.unmet(meeting().rho(new MicroRho(101)).build()));
        assertEquals(
                Set.of(Requirement.MAX_EPSILON_MICRO),
                FULL.unmet(meeting().epsilon(new MicroEpsilon(201)).build()));
        assertEquals(
                Set.of(Requirement.PIA), FULL.unmet(meeting().pia(PiaState.NONE).build()));
        assertEquals(
                Set.of(Requirement.STRONG_AUTH),
                FULL.unmet(meeting().strongAuth(false).build()));
        assertEquals(
                Set.of(Requirement.DPO_APPROVAL),
                FULL.unmet(meeting().dpoApproval(false).build()));
        assertEquals(
                Set.of(Requirement.CONSENT),
                FULL.unmet(meeting().consent(ConsentClass.GENERAL).build()));
    }

    /** A job is judged by what it costs: zCDP by rho, a one-shot by epsilon, both when it states both. */
    @ParameterizedTest
    @CsvSource({
        "100, , true",
        "101, , false",
        ", 200, true",
        ", 201, false",
        "100, 200, true",
        "101, 200, false",
        "100, 201, false",
        ", , false",
    })
    void cost_ofEitherKind_isHeldAgainstItsLimit(Long rho, Long epsilon, boolean met) {
        var limits = new Requirements(
                ConsentClass.NONE,
                false,
                OptionalInt.empty(),
                Optional.of(new MicroRho(100)),
                Optional.of(new MicroEpsilon(200)),
                0,
                false,
                false);
        var question = Question.asking();
        if (rho != null) {
            question.rho(new MicroRho(rho));
        }
        if (epsilon != null) {
            question.epsilon(new MicroEpsilon(epsilon));
        }
        assertEquals(met, limits.unmet(question.build()).isEmpty());
    }

    @Test
    void rhoLimit_alone_isNotMetByAnEpsilon() {
        var rhoOnly = new Requirements(
                ConsentClass.NONE,
                false,
                OptionalInt.empty(),
                Optional.of(new MicroRho(100)),
                Optional.empty(),
                0,
                false,
                false);
        assertEquals(
                Set.of(Requirement.MAX_RHO_MICRO),
                rhoOnly.unmet(Question.asking().epsilon(MicroEpsilon.ZERO).build()));
    }

    @Test
    void childsData_withoutGuardian_isUnmetWhateverTheRuleSays() {
        var child = Question.asking().flags(Set.of(Flag.MINOR_U14));
        assertEquals(
                Set.of(Requirement.CONSENT),
                Requirements.NONE.unmet(child.consent(ConsentClass.SEPARATE).build()));
        assertEquals(
                Set.of(),
                Requirements.NONE.unmet(child.consent(ConsentClass.GUARDIAN).build()));
    }

    @Test
    void and_ofTwo_isTheStricterOfEach() {
        var other = new Requirements(
                ConsentClass.GENERAL,
                false,
                OptionalInt.of(80),
                Optional.of(new MicroRho(70)),
                Optional.empty(),
                1,
                false,
                false);
        var expected = new Requirements(
                ConsentClass.SEPARATE,
                true,
                OptionalInt.of(80),
                Optional.of(new MicroRho(70)),
                Optional.of(new MicroEpsilon(200)),
                2,
                true,
                true);
        assertEquals(expected, FULL.and(other));
        assertEquals(expected, other.and(FULL));
        assertEquals(FULL, FULL.and(Requirements.NONE));
        assertEquals(FULL, Requirements.NONE.and(FULL));
    }

    @Test
    void json_ofAll_isAsInPolicyFiles() {
        assertEquals(
                "{\"approvals\":2,\"consent\":\"SEPARATE\",\"dpoApproval\":true,\"maxEpsilonMicro\":200,"
                        + "\"maxRhoMicro\":100,\"minCohort\":50,\"pia\":\"APPROVED\",\"strongAuth\":true}",
                FULL.toJson().canonical());
        assertEquals("{\"consent\":\"NONE\"}", Requirements.NONE.toJson().canonical());
    }

    @Test
    void json_readBack_isTheSame() {
        assertEquals(FULL, Requirements.fromJson(FULL.toJson()));
        assertEquals(Requirements.NONE, Requirements.fromJson(Requirements.NONE.toJson()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}",
                "{\"consent\":\"IMPLIED\"}",
                "{\"consent\":\"NONE\",\"other\":1}",
                "{\"consent\":\"NONE\",\"minCohort\":-1}",
                "{\"consent\":\"NONE\",\"minCohort\":2147483648}",
                "{\"consent\":\"NONE\",\"strongAuth\":1}",
                "[]"
            })
    void json_ofAnotherForm_isRefused(String json) {
        assertThrows(DataException.class, () -> Requirements.fromJson(Json.parse(json)));
    }

    @Test
    void name_inFiles_leadsBack() {
        for (Requirement requirement : Requirement.values()) {
            assertEquals(requirement, Requirement.fromWire(requirement.wire()));
        }
        assertThrows(DataException.class, () -> Requirement.fromWire("MIN_COHORT"));
    }
}
