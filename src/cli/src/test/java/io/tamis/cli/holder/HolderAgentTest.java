package io.tamis.cli.holder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.TestShell;
import io.tamis.data.Code;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop around a holder's works: what fails keeps nothing else from its turn, and the service is not run over. */
class HolderAgentTest {
    private static final Duration POLL = Duration.ofSeconds(2);

    @TempDir
    Path temp;

    private final List<Duration> rests = new ArrayList<>();
    private final List<String> turns = new ArrayList<>();
    private TestShell shell;

    @BeforeEach
    void begin() {
        shell = new TestShell(temp);
    }

    @Test
    void once_withNothingToSay_takesOneTurnOfEach() {
        assertEquals(ExitCode.DONE, agent(0, works(() -> false, () -> false)).once());
        assertEquals(List.of("ceremonies", "rounds"), turns);
    }

    @Test
    void once_goesOnWhileSomethingIsSaid() {
        Deque<Boolean> says = new ArrayDeque<>(List.of(true, true, false));
        assertEquals(ExitCode.DONE, agent(0, works(says::remove, () -> false)).once());
        assertEquals(6, turns.size());
    }

    /** A damaged file of one work must not keep tickets from their answers. */
    @Test
    void workThatFails_doesNotKeepTheNextFromItsTurn() {
        BooleanSupplier broken = () -> {
            throw new StoreException(Code.INTERNAL);
        };
        assertEquals(ExitCode.NO, agent(0, works(broken, () -> false)).once());
        assertEquals(List.of("ceremonies", "rounds"), turns);
        assertTrue(
                shell.out().contains("\"event\":\"failed\",\"more\":\"INTERNAL\",\"subject\":\"ceremonies\""),
                shell.out());
    }

    @Test
    void once_withTheServiceAway_saysSo() {
        assertEquals(
                ExitCode.UNAVAILABLE,
                agent(0, works(HolderAgentTest::away, () -> false)).once());
    }

    /** A refusal is not an absence: the loop does not wait longer for it. */
    @Test
    void once_refusedByTheService_isANo() {
        BooleanSupplier refused = () -> {
            throw new ClientException(Code.ROLE_REQUIRED, ExitCode.NO, "not your role");
        };
        assertEquals(ExitCode.NO, agent(0, works(refused, () -> false)).once());
    }

    /** 1, 2, 4, ... seconds up to a minute, and from the start again once the service has answered. */
    @Test
    void run_whileTheServiceIsAway_waitsLongerEachTime() {
        Deque<Boolean> there =
                new ArrayDeque<>(List.of(false, false, false, false, false, false, false, false, true, false));
        BooleanSupplier flaky = () -> {
            if (there.isEmpty() || there.remove()) {
                return false;
            }
            return away();
        };
        agent(10, works(flaky, () -> false)).run(POLL);
        assertEquals(
                List.of(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 2L, 1L),
                rests.stream().map(Duration::toSeconds).toList());
    }

    /** Nothing is waited for while there is something to say, and the poll is kept when there is not. */
    @Test
    void run_restsOnlyWhenNothingWasSaid() {
        Deque<Boolean> says = new ArrayDeque<>(List.of(true, true, false, true, false));
        agent(2, works(says::remove, () -> false)).run(POLL);
        assertEquals(List.of(POLL, POLL), rests);
        assertEquals(10, turns.size());
    }

    private static boolean away() {
        throw ClientException.unreachable("away", new java.io.IOException());
    }

    private List<HolderAgent.Work> works(BooleanSupplier first, BooleanSupplier second) {
        return List.of(
                new HolderAgent.Work("ceremonies", counted("ceremonies", first)),
                new HolderAgent.Work("rounds", counted("rounds", second)));
    }

    private BooleanSupplier counted(String name, BooleanSupplier turn) {
        return () -> {
            turns.add(name);
            return turn.getAsBoolean();
        };
    }

    /** An agent whose process ends with the last of so many rests. */
    private HolderAgent agent(int most, List<HolderAgent.Work> works) {
        return new HolderAgent(works, new HolderEvents(shell.shell(), true), duration -> {
            rests.add(duration);
            return rests.size() < most;
        });
    }
}
