package io.tamis.cli.client;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Tells how far a transfer is: one line drawn again on a terminal, else a plain line at each tenth. Not for several
 * threads.
 */
public final class Progress {
    private static final int WIDTH = 24;
    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final int TENTHS = 10;

    private final PrintStream err;
    private final InstantSource clock;
    private final boolean terminal;
    private final String what;
    private final long bytesTotal;
    private final Instant begun;
    private Instant drawn = Instant.EPOCH;
    private long tenthsTold;

    /** Progress of {@code what} over this many bytes, from now on. */
    public Progress(Shell shell, String what, long bytesTotal) {
        this.err = shell.err();
        this.clock = shell.clock();
        this.terminal = shell.terminal();
        this.what = what;
        this.bytesTotal = bytesTotal;
        this.begun = clock.instant();
    }

    /** So many bytes are through. */
    public void at(long bytesDone) {
        var now = clock.instant();
        if (terminal) {
            if (Duration.between(drawn, now).compareTo(REDRAW) >= 0 || bytesDone >= bytesTotal) {
                drawn = now;
                err.print("\r" + line(bytesDone, Duration.between(begun, now)) + "\u001b[K");
                err.flush();
            }
            return;
        }
        long tenths = bytesTotal == 0 ? TENTHS : TENTHS * bytesDone / bytesTotal;
        if (tenths > tenthsTold) {
            tenthsTold = tenths;
            err.println(line(bytesDone, Duration.between(begun, now)));
        }
    }

    /** Ends the line on a terminal. */
    public void end() {
        if (terminal) {
            err.println();
        }
    }

    String line(long bytesDone, Duration passed) {
        int percent = (int) (bytesTotal == 0 ? 100 : 100 * bytesDone / bytesTotal);
        int filled = WIDTH * percent / 100;
        long rate = passed.toMillis() == 0 ? 0 : bytesDone * 1000 / passed.toMillis();
        String bar = terminal ? " [" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "]" : "";
        return "%s%s %3d %%, %s of %s, %s/s"
                .formatted(what, bar, percent, size(bytesDone), size(bytesTotal), size(rate));
    }

    private static String size(long bytes) {
        if (bytes < 10_000) {
            return bytes + " B";
        }
        return bytes < 10_000_000 ? bytes / 1000 + " kB" : String.format(Locale.ROOT, "%.1f MB", bytes / 1_000_000.0);
    }
}
