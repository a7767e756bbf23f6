package io.tamis.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.Json;
import org.junit.jupiter.api.Test;

class ProblemTest {
    @Test
    void line_knownCode_namesTheWayOut() {
        var problem = new Problem(422, Json.parse(FakeService.problem("POLICY_DENIED", 422)));
        assertEquals("POLICY_DENIED: The fixed text. (way out: docs/errors.md#policy_denied)", problem.line());
    }

    @Test
    void line_badRow_namesLineAndColumn() {
        var problem = new Problem(
                422, Json.parse("{\"code\":\"BAD_ROW\",\"title\":\"Bad.\",\"line\":12,\"column\":\"amount_usd\"}"));
        assertEquals("BAD_ROW: Bad. (line 12, column amount_usd) (way out: docs/errors.md#bad_row)", problem.line());
    }

    @Test
    void line_badRowOfAPart_namesThePartFirst() {
        var problem = new Problem(
                422, Json.parse("{\"code\":\"BAD_ROW\",\"title\":\"Bad.\",\"column\":\"b\",\"line\":12,\"part\":3}"));
        assertEquals("BAD_ROW: Bad. (part 3, line 12, column b) (way out: docs/errors.md#bad_row)", problem.line());
    }

    @Test
    void line_damagedPart_namesThePartAlone() {
        var problem = new Problem(400, Json.parse("{\"code\":\"INVALID_REQUEST\",\"title\":\"Bad.\",\"part\":3}"));
        assertEquals("INVALID_REQUEST: Bad. (part 3) (way out: docs/errors.md#invalid_request)", problem.line());
    }

    @Test
    void line_badRowWithoutColumn_namesTheLineAlone() {
        var problem = new Problem(422, Json.parse("{\"code\":\"BAD_ROW\",\"title\":\"Bad.\",\"line\":12}"));
        assertEquals("BAD_ROW: Bad. (line 12) (way out: docs/errors.md#bad_row)", problem.line());
    }

    @Test
    void exit_eachKindOfStatus_isItsOwn() {
        assertEquals(ExitCode.NO, new Problem(422, new Json.Null()).exit());
        assertEquals(ExitCode.FORBIDDEN, new Problem(401, new Json.Null()).exit());
        assertEquals(ExitCode.LATER, new Problem(429, new Json.Null()).exit());
        assertEquals(ExitCode.LATER, new Problem(503, new Json.Null()).exit());
        assertEquals(ExitCode.INTERNAL, new Problem(500, new Json.Null()).exit());
    }
}
