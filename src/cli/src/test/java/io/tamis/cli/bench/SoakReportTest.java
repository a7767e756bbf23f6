package io.tamis.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.TestShell;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SoakReportTest {
    private final TestShell shell = new TestShell(Path.of("."));
    private final SoakReport report = new SoakReport("budget-race");

    @Test
    void print_everyPromiseHeld_exitsZero() {
        report.fact("granted", 34);
        report.require(true, "never told");
        assertEquals(0, report.print(shell.shell(), true));
        assertEquals(
                "{\"facts\":{\"granted\":34},\"ok\":true,\"soak\":\"budget-race\",\"violations\":[]}\n", shell.out());
    }

    @Test
    void print_aBrokenPromise_exitsOneAndNamesIt() {
        report.require(false, "more is spent than the cap");
        assertEquals(1, report.print(shell.shell(), false));
        assertTrue(shell.out().contains("BROKEN: more is spent than the cap"));
    }
}
