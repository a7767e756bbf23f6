package io.tamis.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private final AtomicLong seconds = new AtomicLong();
    private final TestShell shell =
            new TestShell(Path.of(".")).withClock(() -> TestShell.NOW.plusSeconds(seconds.getAndIncrement()));

    @Test
    void during_aShortWhile_saysNothing() {
        assertEquals("done", new Waiting(shell.shell()).during("deriving", () -> "done"));
        assertEquals("", shell.err());
    }

    @Test
    void during_aLongWhile_saysSoLineByLine() {
        Shell plain = shell.shell();
        assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> patient(plain).during("deriving", () -> until("deriving, 2 s ...\n")));
        assertTrue(shell.err().startsWith("deriving, 1 s ...\nderiving, 2 s ...\n"));
    }

    @Test
    void during_onATerminal_takesItsLineAway() {
        Shell terminal = shell.shell(true);
        assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> patient(terminal).during("deriving", () -> until("deriving, 1 s ...")));
        assertTrue(shell.err().endsWith("\r\u001b[K"));
    }

    @Test
    void during_fails_passesTheFailureOn() {
        var waiting = new Waiting(shell.shell());
        assertThrows(
                ClientException.class,
                () -> waiting.during("deriving", () -> {
                    throw ClientException.usage("no");
                }));
    }

    private static Waiting patient(Shell told) {
        return new Waiting(told, Duration.ZERO, Duration.ofMillis(5));
    }

    private String until(String said) {
        while (!shell.err().contains(said)) {
            Thread.onSpinWait();
        }
        return "done";
    }
}
