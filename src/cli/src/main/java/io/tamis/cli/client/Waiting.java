package io.tamis.cli.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells that something is under way whose length nobody knows: nothing for the first two seconds, then one line drawn
 * again on a terminal, else a plain line now and then.
 */
public final class Waiting {
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration REDRAW = Duration.ofSeconds(1);
    private static final Duration PLAIN_LINE = Duration.ofSeconds(5);

    private final Shell shell;
    private final Duration quiet;
    private final Duration pause;

    /** Waits as this shell's user may want to be told of. */
    public Waiting(Shell shell) {
        this(shell, QUIET, shell.terminal() ? REDRAW : PLAIN_LINE);
    }

    Waiting(Shell shell, Duration quiet, Duration pause) {
        this.shell = shell;
        this.quiet = quiet;
        this.pause = pause;
    }

    /** Does it, and tells of {@code what} as long as it takes. */
    public <T> T during(String what, Supplier<T> action) {
        Instant begun = shell.clock().instant();
        // Its close() waits for a line half written, so that nothing is drawn over what the caller prints next.
        try (var ticks = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory())) {
            var ticking = ticks.scheduleAtFixedRate(
                    () -> tell(what, begun), quiet.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
            try {
                return action.get();
            } finally {
                ticking.cancel(false);
            }
        } finally {
            if (shell.terminal()) {
                shell.err().print("\r\u001b[K");
                shell.err().flush();
            }
        }
    }

    private void tell(String what, Instant begun) {
        long seconds = Duration.between(begun, shell.clock().instant()).toSeconds();
        String line = what + ", " + seconds + " s ...";
        if (shell.terminal()) {
            shell.err().print("\r" + line + "\u001b[K");
            shell.err().flush();
        } else {
            shell.err().println(line);
        }
    }
}
