package io.tamis.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
