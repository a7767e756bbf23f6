package io.tamis.cli.client;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Tells how far a transfer is: one line drawn again on a terminal, else a plain line now and then and one at the end. Not
 * for several threads.
 */
public final class Progress {
    private static final int WIDTH = 24;
    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final Duration PLAIN_LINE = Duration.ofSeconds(5);

    private final PrintStream err;
    private final InstantSource clock;
    private final boolean terminal;
    private final String what;
    private final long bytesTotal;
    private final Instant begun;
    private Instant drawn;
    private long bytesDone;

    /** Progress of {@code what} over this many bytes, from now on. */
    public Progress(Shell shell, String what, long bytesTotal) {
        this.err = shell.err();
        this.clock = shell.clock();
        this.terminal = shell.terminal();
        this.what = what;
        this.bytesTotal = bytesTotal;
        this.begun = clock.instant();
        this.drawn = begun;
    }

    /** So many bytes are through. */
    public void at(long bytes) {
        bytesDone = bytes;
        var now = clock.instant();
        if (Duration.between(drawn, now).compareTo(terminal ? REDRAW : PLAIN_LINE) >= 0) {
            drawn = now;
            draw(now);
        }
    }

    /** Tells the end. */
    public void end() {
        draw(clock.instant());
        if (terminal) {
            err.println();
        }
    }

    /** Takes the line away again: what follows says it all. */
    public void clear() {
        if (terminal) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }

    private void draw(Instant now) {
        String line = line(bytesDone, Duration.between(begun, now));
        if (terminal) {
            err.print("\r" + line + "\u001b[K");
            err.flush();
        } else {
            err.println(line);
        }
    }

    String line(long done, Duration passed) {
        // A zip of files has a few bytes more than the files.
        int percent = (int) (bytesTotal == 0 ? 100 : Math.min(100, 100 * done / bytesTotal));
        int filled = WIDTH * percent / 100;
        long rate = passed.toMillis() == 0 ? 0 : done * 1000 / passed.toMillis();
        String bar = terminal ? " [" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "]" : "";
        return "%s%s %3d %%, %s of %s, %s/s".formatted(what, bar, percent, size(done), size(bytesTotal), size(rate));
    }

    private static String size(long bytes) {
        if (bytes < 10_000) {
            return bytes + " B";
        }
        return bytes < 10_000_000 ? bytes / 1000 + " kB" : String.format(Locale.ROOT, "%.1f MB", bytes / 1_000_000.0);
    }
}
