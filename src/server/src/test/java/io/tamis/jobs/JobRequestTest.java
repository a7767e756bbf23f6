package io.tamis.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.Json;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.Purpose;
import io.tamis.data.TamisException;
import io.tamis.privacy.Loss;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobRequestTest {
    private static final String BODY = """
            {"jobRequestId":"r-1","type":"AGGREGATE","datasets":[{"id":"cdnow","version":1,"purpose":"CLV_MODELLING"}],\
            "params":{},"privacy":{"rhoMicro":100},"reason":"quarterly report"}""";

    @Test
    void parse_ofTheLeastBody_fillsDefaults() {
        JobRequest request = JobRequest.parse(Json.parse(BODY));
        assertEquals("r-1", request.id().value());
        assertEquals(Purpose.CLV_MODELLING, request.datasets().getFirst().purpose());
        assertEquals(new Loss.Zcdp(new MicroRho(100)), request.loss());
        assertTrue(request.minUsers().isEmpty());
        assertEquals(1000, request.assumedUsers());
        assertEquals(Output.DEFAULT, request.output());
    }

    @Test
    void parse_ofAOneShot_takesEpsilonAlone() {
        String pure = "\"mechanism\":\"PURE_LAPLACE\",\"epsilonMicro\":500000";
        JobRequest request = JobRequest.parse(Json.parse(BODY.replace("\"rhoMicro\":100", pure)));
        assertEquals(new Loss.Pure(new MicroEpsilon(500_000)), request.loss());
        String both = pure + ",\"rhoMicro\":100";
        var refused = assertThrows(
                TamisException.class, () -> JobRequest.parse(Json.parse(BODY.replace("\"rhoMicro\":100", both))));
        assertEquals(Code.UNKNOWN_FIELD, refused.code());
    }

    @ParameterizedTest
    @CsvSource({"8, ", "9, TOO_LARGE"})
    void parse_ofManyDatasets_hasALimit(int count, Code code) {
        String datasets = IntStream.range(0, count)
                .mapToObj(i -> "{\"id\":\"d%d\",\"version\":1,\"purpose\":\"CLV_MODELLING\"}".formatted(i))
                .collect(Collectors.joining(",", "[", "]"));
        String body = BODY.replace("[{\"id\":\"cdnow\",\"version\":1,\"purpose\":\"CLV_MODELLING\"}]", datasets);
        if (code == null) {
            assertEquals(count, JobRequest.parse(Json.parse(body)).datasets().size());
        } else {
            var refused = assertThrows(TamisException.class, () -> JobRequest.parse(Json.parse(body)));
            assertEquals(code, refused.code());
        }
    }

    @Test
    void parse_ofOneDatasetTwice_isRefused() {
        String one = "{\"id\":\"cdnow\",\"version\":1,\"purpose\":\"CLV_MODELLING\"}";
        String body = BODY.replace(one, one + "," + one.replace("\"version\":1", "\"version\":2"));
        var refused = assertThrows(TamisException.class, () -> JobRequest.parse(Json.parse(body)));
        assertEquals(Code.INVALID_REQUEST, refused.code());
    }

    @Test
    void body_ofTheSameMembersInAnotherOrder_isTheSame() {
        String reordered = """
                { "reason":"quarterly report", "privacy":{"rhoMicro":100}, "params":{}, "type":"AGGREGATE",
                  "datasets":[{"purpose":"CLV_MODELLING","version":1,"id":"cdnow"}], "jobRequestId":"r-1" }""";
        assertEquals(
                JobRequest.parse(Json.parse(BODY)).body(),
                JobRequest.parse(Json.parse(reordered)).body());
    }

    @Test
    void withoutQuestion_keepsNeitherParametersNorReason_andCanStillBeRead() {
        String asked = BODY.replace("{}", "{\"where\":[\"13800138000\"]}").replace("quarterly", "13800138001");
        String kept = JobRequest.parse(Json.parse(asked)).withoutQuestion();
        assertFalse(kept.contains("13800138"));
        assertEquals("r-1", JobRequest.parse(Json.parse(kept)).id().value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // what is replaced | by what | code: a caller cannot lower k, opt out, or set bounds and delta
                "\"rhoMicro\":100 | \"rhoMicro\":100,\"minUsers\":0 | INVALID_REQUEST",
                "\"rhoMicro\":100 | \"rhoMicro\":100,\"minUsers\":-1 | INVALID_REQUEST",
                "\"rhoMicro\":100 | \"rhoMicro\":100,\"minUsers\":null | INVALID_REQUEST",
                "\"rhoMicro\":100 | \"rhoMicro\":100,\"suppress\":false | UNKNOWN_FIELD",
                "\"rhoMicro\":100 | \"rhoMicro\":100,\"delta\":1 | UNKNOWN_FIELD",
                "\"rhoMicro\":100 | \"rhoMicro\":0 | INVALID_REQUEST",
                "\"rhoMicro\":100 | \"rhoMicro\":-5 | INVALID_REQUEST",
                "\"rhoMicro\":100 | \"rhoMicro\":1.5 | INVALID_REQUEST",
                "\"rhoMicro\":100 | \"rhoMicro\":1e3 | INVALID_REQUEST",
                "\"rhoMicro\":100 | \"rhoMicro\":\"100\" | INVALID_REQUEST",
                "\"rhoMicro\":100 | \"rhoMicro\":9007199254740992 | INVALID_REQUEST",
                "\"rhoMicro\":100 | \"rhoMicro\":100,\"mechanism\":\"PURE_LAPLACE\" | INVALID_REQUEST",
                "\"reason\":\"quarterly report\" | \"reason\":\"short\" | INVALID_REQUEST",
                "\"r-1\" | \"\" | INVALID_REQUEST",
                "\"r-1\" | \"a b\" | INVALID_REQUEST",
                "\"CLV_MODELLING\" | \"FUN\" | INVALID_REQUEST",
                "\"version\":1 | \"version\":0 | INVALID_REQUEST",
                "\"cdnow\" | \"../etc\" | INVALID_REQUEST",
                "\"params\":{} | \"params\":[] | INVALID_REQUEST",
                "\"params\":{} | \"params\":{},\"params\":{} | INVALID_REQUEST",
                "\"params\":{} | \"params\":{},\"output\":{\"ttlHours\":721} | INVALID_REQUEST",
                "\"params\":{} | \"params\":{},\"output\":{\"format\":\"XML\"} | INVALID_REQUEST",
            })
    void parse_ofWhatIsNotDocumented_isRefused(String part, String replacement, Code code) {
        assertTrue(BODY.contains(part), part);
        String body = BODY.replace(part, replacement);
        var refused = assertThrows(TamisException.class, () -> JobRequest.parse(Json.parse(body)));
        assertEquals(code, refused.code());
    }
}
