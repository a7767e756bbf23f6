package io.tamis.cli.tags;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.Shell;
import io.tamis.cli.client.Waiting;
import io.tamis.data.Code;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** All steps in order, waiting for the holders between them. */
public final class TagRun {
    /** A void round is no fault of the platform; holders who fall silent again and again are looked at by people. */
    static final int ATTEMPTS_MAX = 3;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final Shell shell;
    private final TagWork work;
    private final Pause pause;
    private final Duration patience;

    /** A run that waits for holders at most so long in all. */
    public TagRun(Shell shell, TagWork work, Pause pause, Duration patience) {
        this.shell = shell;
        this.work = work;
        this.pause = pause;
        this.patience = patience;
    }

    /** From whatever has been done already to the last upload. */
    public TagStanding complete(List<String> tags, Path csv) {
        Instant last = shell.clock().instant().plus(patience);
        TagStanding standing = work.status();
        if (standing.isComplete()) {
            // Or whoever asks for other tags in a finished folder would be told that all is uploaded.
            work.requireSame(tags);
            return work.upload();
        }
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            standing = work.commit(tags);
            standing = passed(standing, last);
            if (standing.is(TagStanding.PASSED)) {
                work.encrypt(csv);
                return work.upload();
            }
        }
        throw new ClientException(
                Code.TIMED_OUT,
                ExitCode.LATER,
                "holders fell silent in " + ATTEMPTS_MAX + " rounds: " + standing.line());
    }

    /** The standing once the round has passed or is void. */
    private TagStanding passed(TagStanding committed, Instant last) {
        TagStanding now = committed;
        while (!now.is(TagStanding.PASSED) && !now.is(TagStanding.VOID)) {
            if (now.is(TagStanding.FAILED)) {
                throw new ClientException(Code.SLOT_REFUSED, ExitCode.NO, now.line());
            }
            TagStanding before = now.is(TagStanding.OPENING) ? work.open() : now;
            now = new Waiting(shell).during("waiting for the key holders", () -> changed(before, last));
        }
        return now;
    }

    private TagStanding changed(TagStanding before, Instant last) {
        TagStanding now = work.status();
        while (now.is(before.state()) && !now.is(TagStanding.PASSED)) {
            if (shell.clock().instant().isAfter(last)) {
                throw new ClientException(Code.TIMED_OUT, ExitCode.LATER, now.line());
            }
            pause.take(LOOK_AGAIN);
            now = work.status();
        }
        return now;
    }
}
