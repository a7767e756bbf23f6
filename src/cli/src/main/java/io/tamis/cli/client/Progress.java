package io.tamis.cli.client;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.LongFunction;

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
    private final long total;
    private final LongFunction<String> size;
    private final Instant begun;
    private Instant drawn;
    private long done;

    /** Progress of {@code what} over this many bytes, from now on. */
    public Progress(Shell shell, String what, long bytesTotal) {
        this(shell, what, bytesTotal, Progress::size);
    }

    /** Progress of {@code what} over this many things that are counted, from now on. */
    public static Progress counting(Shell shell, String what, long total) {
        return new Progress(shell, what, total, Long::toString);
    }

    private Progress(Shell shell, String what, long total, LongFunction<String> size) {
        this.err = shell.err();
        this.clock = shell.clock();
        this.terminal = shell.terminal();
        this.what = what;
        this.total = total;
        this.size = size;
        this.begun = clock.instant();
        this.drawn = begun;
    }

    /** So much is through. */
    public void at(long units) {
        done = units;
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
        String line = line(done, Duration.between(begun, now));
        if (terminal) {
            err.print("\r" + line + "\u001b[K");
            err.flush();
        } else {
            err.println(line);
        }
    }

    String line(long done, Duration passed) {
        // A zip of files has a few bytes more than the files.
        int percent = (int) (total == 0 ? 100 : Math.min(100, 100 * done / total));
        int filled = WIDTH * percent / 100;
        long rate = passed.toMillis() == 0 ? 0 : done * 1000 / passed.toMillis();
        String bar = terminal ? " [" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "]" : "";
        return "%s%s %3d %%, %s of %s, %s/s"
                .formatted(what, bar, percent, size.apply(done), size.apply(total), size.apply(rate));
    }

    private static String size(long bytes) {
        if (bytes < 10_000) {
            return bytes + " B";
        }
        return bytes < 10_000_000 ? bytes / 1000 + " kB" : String.format(Locale.ROOT, "%.1f MB", bytes / 1_000_000.0);
    }
}
