package io.tamis.cli.tags;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.Problem;
import io.tamis.cli.client.Progress;
import io.tamis.data.Code;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/**
 * Sends the ciphertexts that the service has not, one after the other. A service that is busy or away is tried again, after
 * twice as long each time; the same bytes again change nothing there, so a run that is broken off goes on where it was.
 */
final class SlotUpload {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Statuses that say "later". */
    private static final Set<Integer> LATER = Set.of(429, 502, 503, 504);

    private final RoundClient rounds;
    private final WorkFolder folder;
    private final TagState state;
    private final InstantSource clock;
    private final Pause pause;
    private final Duration patience;

    SlotUpload(
            RoundClient rounds,
            WorkFolder folder,
            TagState state,
            InstantSource clock,
            Pause pause,
            Duration patience) {
        this.rounds = rounds;
        this.folder = folder;
        this.state = state;
        this.clock = clock;
        this.pause = pause;
        this.patience = patience;
    }

    /** Sends all that is missing, and looks at the end whether all is there. */
    void complete(Progress progress) {
        Set<Integer> there = rounds.uploaded(state.context(), state.slots());
        int done = there.size();
        for (int slot = 0; slot < state.slots(); slot++) {
            if (!there.contains(slot)) {
                byte[] upload = folder.ciphertext(slot)
                        .orElseThrow(() -> new ClientException(
                                Code.STATE_CONFLICT, ExitCode.NO, "not all slots are encrypted yet: run tags encrypt"));
                send(slot, upload);
                progress.at(++done);
            }
        }
        if (rounds.uploaded(state.context(), state.slots()).size() != state.slots()) {
            throw new ClientException(
                    Code.STATE_CONFLICT,
                    ExitCode.LATER,
                    "the service does not list every slot it has acknowledged: the ciphertexts are kept here, try again");
        }
    }

    private void send(int slot, byte[] upload) {
        Instant last = clock.instant().plus(patience);
        Duration next = FIRST_PAUSE;
        while (true) {
            boolean giveUp = clock.instant().isAfter(last);
            try {
                Answer answer = rounds.ciphertext(state.context(), slot, upload);
                if (!(answer instanceof Answer.Refused(Problem problem))) {
                    return;
                }
                if (giveUp || !LATER.contains(problem.status())) {
                    throw ClientException.refused(problem);
                }
            } catch (ClientException away) {
                if (giveUp || away.exit() != ExitCode.UNAVAILABLE) {
                    throw away;
                }
            }
            pause.take(next);
            next = next.plus(next).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next.plus(next);
        }
    }
}
