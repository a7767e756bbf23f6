package io.tamis.cli.holder;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.data.TamisException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A key holder's long-running work: ceremonies, then rounds, then tickets, again and again. One work that fails does not keep
 * the others from their turn; a service that is away is tried again after longer and longer pauses.
 */
public final class HolderAgent {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final List<Work> works;
    private final HolderEvents events;
    private final Pause pause;
    private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);

    /** A kind of work, and its turn: true when something was said. */
    record Work(String name, BooleanSupplier turn) {}

    /** Waits; production lets the thread rest, tests go on at once. */
    @FunctionalInterface
    interface Pause {
        /** Waits so long; false when the process is to end. */
        boolean rest(Duration duration);
    }

    HolderAgent(List<Work> works, HolderEvents events, Pause pause) {
        this.works = List.copyOf(works);
        this.events = events;
        this.pause = pause;
    }

    /** The agent's works at this desk. */
    static List<Work> works(HolderDesk desk, TicketWork tickets) {
        var ceremonies = new CeremonyWork(desk);
        var audits = new AuditWork(desk);
        return List.of(
                new Work("ceremonies", ceremonies::turn),
                new Work("rounds", () -> audits.turn().spoke()),
                new Work("tickets", tickets::turn));
    }

    /** Works until the pause says that the process is to end. */
    void run(Duration poll) {
        boolean on = true;
        while (on) {
            Pass pass = pass();
            if (pass.away()) {
                on = pause.rest(backoff.failed());
            } else {
                backoff.answered();
                on = pass.spoke() || pause.rest(poll);
            }
        }
    }

    /** Works as long as there is something to say; the worst that happened is the answer. */
    ExitCode once() {
        Pass pass = pass();
        while (pass.spoke() && !pass.away() && !pass.failed()) {
            pass = pass();
        }
        if (pass.away()) {
            return ExitCode.UNAVAILABLE;
        }
        return pass.failed() ? ExitCode.NO : ExitCode.DONE;
    }

    /** One turn of each work: whether something was said, the service was away, or something else went wrong. */
    private record Pass(boolean spoke, boolean away, boolean failed) {}

    private Pass pass() {
        boolean spoke = false;
        boolean away = false;
        boolean failed = false;
        for (Work work : works) {
            try {
                spoke |= work.turn().getAsBoolean();
            } catch (ClientException unanswered) {
                events.tell("failed", work.name(), unanswered.code().name());
                away |= unanswered.exit() == ExitCode.UNAVAILABLE || unanswered.exit() == ExitCode.LATER;
                failed = true;
            } catch (TamisException coded) {
                events.tell("failed", work.name(), coded.code().name());
                failed = true;
            }
        }
        return new Pass(spoke, away, failed);
    }
}
