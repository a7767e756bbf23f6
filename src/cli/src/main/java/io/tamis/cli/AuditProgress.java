package io.tamis.cli;

import io.tamis.cli.client.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;

/** Tells how far a long audit is, on standard error; a short one says nothing. */
final class AuditProgress implements LongConsumer {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Reading this much takes about as long as a person waits without a word. */
    private static final long LARGE_BYTES = 50_000_000;

    private final Shell shell;
    private Instant told;
    private boolean drawn;

    AuditProgress(Shell shell, List<Path> folders) {
        this.shell = shell;
        this.told = shell.clock().instant();
        long bytes = folders.stream()
                .mapToLong(folder -> size(folder.resolve("entries.jsonl")))
                .sum();
        if (bytes > LARGE_BYTES) {
            shell.err().println("checking " + bytes / 1_000_000 + " MB ...");
        }
    }

    @Override
    public void accept(long entriesDone) {
        Instant now = shell.clock().instant();
        if (Duration.between(told, now).compareTo(PATIENCE) >= 0) {
            told = now;
            drawn = shell.terminal();
            shell.err()
                    .print((shell.terminal() ? "\r" : "") + entriesDone + " entries audited"
                            + (shell.terminal() ? "" : System.lineSeparator()));
            shell.err().flush();
        }
    }

    void end() {
        if (drawn) {
            shell.err().println();
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException unreadable) {
            return 0;
        }
    }
}
