package io.tamis.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.bench.BenchReport.Goal;
import io.tamis.cli.client.TestShell;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BenchReportTest {
    private final BenchReport report = new BenchReport("job", TestShell.NOW)
            .add("first_job_s", new BigDecimal("9.81"), "s", Goal.atMost(30))
            .add("load_rows_per_s", BigDecimal.valueOf(400_000), "rows/s", Goal.atLeast(300_000))
            .add("jobs", BigDecimal.TEN, "jobs", Optional.empty());

    @Test
    void json_anyMetrics_hasThePromisedForm() {
        String json = report.json();
        assertTrue(
                json.matches(
                        "\\{\"bench\":\"job\",\"machine\":\"[^\"]+\",\"date\":\"2026-11-24T08:00:00Z\",\"metrics\":"
                                + "\\{.*}}"),
                json);
        assertTrue(
                json.endsWith("\"metrics\":{\"first_job_s\":{\"value\":9.81,\"unit\":\"s\",\"goal\":30},"
                        + "\"load_rows_per_s\":{\"value\":400000,\"unit\":\"rows/s\",\"goal\":300000},"
                        + "\"jobs\":{\"value\":10,\"unit\":\"jobs\",\"goal\":null}}}"),
                json);
    }

    @Test
    void print_asJson_printsOneLineAndNothingElse() {
        var shell = new TestShell(Path.of("."));
        report.print(shell.shell(), true);
        assertEquals(report.json() + "\n", shell.out());
        assertEquals("", shell.err());
    }

    @Test
    void print_forPeople_saysWhichWayAGoalGoes() {
        var shell = new TestShell(Path.of("."));
        report.print(shell.shell(), false);
        assertTrue(shell.out().contains("<= 30"));
        assertTrue(shell.out().contains(">= 300000"));
    }
}
