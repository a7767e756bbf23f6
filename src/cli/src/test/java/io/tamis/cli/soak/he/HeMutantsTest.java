package io.tamis.cli.soak.he;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.TestShell;
import io.tamis.data.Json;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The soak's own checks with few cases, in every test run. */
class HeMutantsTest {
    private final TestShell shell = new TestShell(Path.of("."));

    @Test
    void run_ofFewCases_breaksNoPromise() {
        var report = new HeMutants(shell.shell()).run(3_000, 20260513);
        assertEquals(List.of(), report.violations());
        assertEquals(0, report.print(shell.shell(), true));
        var facts =
                (Json.Obj) ((Json.Obj) Json.parse(shell.out())).member("facts").orElseThrow();
        assertEquals(new Json.Int(3_000), facts.member("cases").orElseThrow());
        for (var damage : Damage.values()) {
            String name = "refused_" + damage.name().toLowerCase(java.util.Locale.ROOT);
            assertTrue(facts.member(name).isPresent(), name + " was never refused: the soak proves nothing");
        }
    }

    /** Were everything refused, a reader that refuses all would pass. */
    @Test
    void run_ofFewCases_readsSomeAsTheyAre() {
        var report = new HeMutants(shell.shell()).run(500, 1);
        report.print(shell.shell(), true);
        var facts =
                (Json.Obj) ((Json.Obj) Json.parse(shell.out())).member("facts").orElseThrow();
        assertTrue(((Json.Int) facts.member("read_as_they_are").orElseThrow()).value() > 20);
    }
}
