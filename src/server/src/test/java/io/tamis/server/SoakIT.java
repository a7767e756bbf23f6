package io.tamis.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The long checks with few cases; {@code ./tamis soak} runs as many as one wants. */
class SoakIT {
    @Test
    void jobKill_losesNothingAndDoublesNothing() throws Exception {
        Packaged.Ended ended = Packaged.cli(5, "soak", "job-kill", "--cases", "2", "--seed", "1");
        assertEquals(0, ended.status(), ended.output());
    }

    @Test
    void budgetRace_neverOverspends() throws Exception {
        Packaged.Ended ended = Packaged.cli(4, "soak", "budget-race");
        assertEquals(0, ended.status(), ended.output());
    }

    @Test
    void ledgerKill_losesNothingAndDoublesNothing() throws Exception {
        Packaged.Ended ended = Packaged.cli(8, "soak", "ledger-kill", "--cases", "5", "--seed", "7");
        assertEquals(0, ended.status(), ended.output());
    }

    /** It needs a chain to anchor on, which npm installs; CI has it. */
    @Test
    void ledgerTamper_isSeenAndNothingElseIs() throws Exception {
        assumeTrue("true".equals(System.getenv("CI")) || npmIsThere(), "npm not found");
        Packaged.Ended ended = Packaged.cli(8, "soak", "ledger-tamper", "--cases", "80", "--seed", "3");
        assertEquals(0, ended.status(), ended.output());
    }

    private static boolean npmIsThere() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "npm")));
    }
}
