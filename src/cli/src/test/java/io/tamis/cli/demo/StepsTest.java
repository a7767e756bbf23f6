package io.tamis.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.TestShell;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepsTest {
    private final TestShell shell = new TestShell(Path.of("."));
    private final Steps steps = new Steps(shell.shell(), shell.shell().out());

    @Test
    void step_passed_isTickedWithItsLines() {
        steps.step("load", () -> new Outcome.Passed("6919 purchases", List.of("a", "b")));
        assertEquals("✓ load: 6919 purchases\n    a\n    b\n", shell.out());
        assertTrue(steps.failed().isEmpty());
    }

    @Test
    void step_failed_stopsTheRest() {
        steps.step("load", () -> new Outcome.Failed("no file"));
        steps.step("ask", () -> fail("must not run"));
        assertEquals("✗ load: no file\n", shell.out());
        assertEquals(Optional.of("load"), steps.failed());
    }

    @Test
    void step_throwsWhatAClientMeets_isAFailureWithItsAdvice() {
        steps.step("start", () -> {
            throw ClientException.usage("cannot read it");
        });
        assertEquals("✗ start: cannot read it\n", shell.out());
        assertEquals(
                "[{\"ok\":false,\"said\":\"cannot read it\",\"seconds\":\"0.000\",\"step\":\"start\"}]",
                steps.record().canonical());
    }
}
