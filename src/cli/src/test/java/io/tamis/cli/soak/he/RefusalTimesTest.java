package io.tamis.cli.soak.he;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.bench.SoakReport;
import io.tamis.cli.client.TestShell;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times are not judged here, where other tests run beside it: that every kind is a failure, and is told, is. */
class RefusalTimesTest {
    @Test
    void measure_ofFewRounds_tellsEveryKindAndJudgesNone() {
        var shell = new TestShell(Path.of("."));
        var report = new SoakReport("he-mutants");
        new RefusalTimes().measure(8, 1, report);
        assertEquals(List.of(), report.violations());
        report.print(shell.shell(), false);
        for (String fact : List.of(
                "ciphertext_first_residue_us",
                "ciphertext_middle_residue_us",
                "ciphertext_last_residue_us",
                "ciphertext_transparent_us",
                "shares_first_residue_us",
                "shares_last_residue_of_first_us",
                "shares_aggregate_twice_us",
                "opening_wrong_share_us",
                "opening_replayed_share_us",
                "opening_other_set_us",
                "opening_holder_twice_us",
                "opening_spread_percent")) {
            assertTrue(shell.out().contains(fact), fact);
        }
    }
}
