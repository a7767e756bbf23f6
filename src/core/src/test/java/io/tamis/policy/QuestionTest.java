package io.tamis.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.ConsentClass;
import io.tamis.data.DataException;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Flag;
import io.tamis.data.Json;
import io.tamis.data.Level;
import io.tamis.data.MicroRho;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.data.Semantic;
import io.tamis.policy.load.PolicyFiles;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {
    private static final Dataset CDNOW = PolicyFiles.bundle().datasets().get(new DatasetId("cdnow"));
    private static final Column AMOUNT =
            CDNOW.column(new ColumnName("amount_usd")).orElseThrow();
    private static final LocalDate DAY = LocalDate.of(2026, 12, 15);

    private static PiaState pia(Purpose purpose, LocalDate day) {
        return Question.about(CDNOW, AMOUNT, purpose, day).build().pia().orElseThrow();
    }

    @Test
    void question_aboutAColumn_takesItsFacts() {
        Question question =
                Question.about(CDNOW, AMOUNT, Purpose.CLV_MODELLING, DAY).build();
        assertEquals(Optional.of(Level.L3), question.level());
        assertEquals(Optional.of(ConsentClass.SEPARATE), question.consent());
        assertEquals(Optional.of(new Semantic("AMOUNT_USD")), question.semantic());
        assertEquals(Optional.of(Purpose.CLV_MODELLING), question.purpose());
        assertEquals(Set.of(Flag.PERSONAL), question.flags());
        assertEquals(Optional.empty(), question.role());
        assertTrue(question.incomplete());
    }

    @Test
    void assessment_countsUntilItsLastDayAndForItsPurposes() {
        assertEquals(PiaState.APPROVED, pia(Purpose.CLV_MODELLING, LocalDate.of(2027, 11, 30)));
        assertEquals(PiaState.NONE, pia(Purpose.CLV_MODELLING, LocalDate.of(2027, 12, 1)));
        assertEquals(PiaState.NONE, pia(Purpose.ATTRIBUTION, DAY));
    }

    @Test
    void question_withEveryAttribute_isComplete() {
        assertFalse(complete().incomplete());
    }

    private static Question complete() {
        return Question.about(CDNOW, AMOUNT, Purpose.CLV_MODELLING, DAY)
                .role(PolicyRole.MERCHANT)
                .context(Context.SANDBOX_OUTPUT)
                .action(Action.AGGREGATE)
                .region(Region.DOMESTIC)
                .cohort(50)
                .rho(new MicroRho(1200))
                .build();
    }

    @Test
    void json_ofAQuestion_holdsAttributesAndNumbersApart() {
        assertEquals(
                "{\"action\":\"AGGREGATE\",\"actual\":{\"cohort\":50,\"rhoMicro\":1200},\"consent\":\"SEPARATE\","
                        + "\"context\":\"SANDBOX_OUTPUT\",\"flags\":[\"PERSONAL\"],\"level\":\"L3\",\"pia\":\"APPROVED\","
                        + "\"purpose\":\"CLV_MODELLING\",\"region\":\"DOMESTIC\",\"role\":\"MERCHANT\","
                        + "\"semantic\":\"AMOUNT_USD\"}",
                complete().toJson().canonical());
        assertEquals("{\"actual\":{}}", Question.asking().build().toJson().canonical());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"role\":\"merchant\"}",
                "{\"role\":\"\"}",
                "{\"level\":\"L6\"}",
                "{\"flags\":[\"CHILD\"]}",
                "{\"flags\":\"PERSONAL\"}",
                "{\"semantic\":\"phone\"}",
                "{\"cohort\":50}",
                "{\"actual\":{\"cohort\":-1}}",
                "{\"actual\":{\"approvals\":101}}",
                "{\"actual\":{\"rows\":1}}",
                "{\"actual\":[]}",
                "null",
                "[]"
            })
    void json_ofAnotherForm_isRefused(String json) {
        assertThrows(DataException.class, () -> Question.fromJson(Json.parse(json)));
    }

    @Test
    void numbers_belowZero_areRefused() {
        assertThrows(DataException.class, () -> Question.asking().cohort(-1).build());
        assertThrows(DataException.class, () -> Question.asking().approvals(-1).build());
    }
}
