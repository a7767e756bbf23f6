package io.tamis.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final TestShell shell = new TestShell(Path.of("."));

    @Test
    void line_onATerminal_hasABarAndARate() {
        var progress = new Progress(shell.shell(true), "loading", 20_000_000);
        assertEquals(
                "loading [############............]  50 %, 10.0 MB of 20.0 MB, 5000 kB/s",
                progress.line(10_000_000, Duration.ofSeconds(2)));
    }

    @Test
    void line_ofCountedThings_hasNoBytes() {
        var progress = Progress.counting(shell.shell(), "making persons", 1_000_000);
        assertEquals(
                "making persons  50 %, 500000 of 1000000, 250000/s", progress.line(500_000, Duration.ofSeconds(2)));
    }

    @Test
    void line_emptyFile_isDone() {
        assertEquals(
                "loading 100 %, 0 B of 0 B, 0 B/s", new Progress(shell.shell(), "loading", 0).line(0, Duration.ZERO));
    }

    @Test
    void at_notATerminal_printsALineNowAndThenAndOneAtTheEnd() {
        var seconds = new AtomicLong();
        shell.withClock(() -> TestShell.NOW.plusSeconds(seconds.getAndIncrement()));
        var progress = new Progress(shell.shell(), "loading", 1000);
        for (int done = 1; done <= 1000; done++) {
            progress.at(done);
        }
        progress.end();
        assertEquals(201, shell.err().lines().count());
        assertTrue(shell.err().lines().toList().getLast().startsWith("loading 100 %"));
        assertFalse(shell.err().contains("\r"));
    }

    @Test
    void at_onATerminal_drawsOverItsOwnLine() {
        var progress = new Progress(shell.shell(true), "loading", 1000);
        progress.at(1000);
        progress.end();
        assertTrue(shell.err().startsWith("\rloading ["));
        assertTrue(shell.err().contains("100 %"));
    }

    @Test
    void clear_notATerminal_saysNothing() {
        var progress = new Progress(shell.shell(), "hashing", 1000);
        progress.at(1000);
        progress.clear();
        assertEquals("", shell.err());
    }
}
