package io.tamis.holder.slots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.he.Schemes;
import io.tamis.he.threshold.Holders;
import io.tamis.holder.SignedMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rounds in every order of speaking that a seed draws, with holders killed between storing a message and posting it, and with one
 * who falls silent at any step. Whatever happens, an honest platform does not fail, and nobody says two things in one step.
 */
class RoundScheduleTest {
    private static final int TURNS_MAX = 500;

    private final Set<PartyId> silent = new HashSet<>();
    private final Map<String, SignedMessage> first = new HashMap<>();
    private RoundTable table;
    private Random random;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void round_inAnyOrderWithCrashes_isPassedByAllWithTheSameSurvivors(long seed) {
        begin(seed);
        play(Optional.empty());
        assertInstanceOf(RoundStanding.Passed.class, table.round().standing(), "seed " + seed);
        Set<List<Hash>> survivors = new HashSet<>();
        for (PartyId party : table.roster.holderParties()) {
            survivors.add(assertInstanceOf(RoundAct.Passed.class, table.look(party), "seed " + seed)
                    .survivors());
        }
        assertEquals(1, survivors.size(), "seed " + seed);
    }

    /** Who is silent before its coin is gone on without; who has shown it and then stops makes the round void, and is named. */
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32})
    void round_withOneWhoFallsSilent_isPassedOrVoidByItsName(long seed) {
        begin(seed);
        RoundStep last =
                List.of(RoundStep.COINS, RoundStep.REVEALS, RoundStep.VERDICTS).get(random.nextInt(3));
        PartyId one = table.roster.holderParties().get(random.nextInt(3));
        play(Optional.of(new Silence(one, last)));
        switch (table.round().standing()) {
            case RoundStanding.Passed passed -> assertTrue(last != RoundStep.REVEALS, "seed " + seed);
            case RoundStanding.Voided(var parties) -> {
                assertEquals(RoundStep.REVEALS, last, "seed " + seed);
                assertEquals(List.of(one), parties, "seed " + seed);
            }
            default ->
                throw new AssertionError("seed " + seed + ": " + table.round().standing());
        }
    }

    /** A holder that says nothing from this step on. */
    private record Silence(PartyId who, RoundStep from) {}

    private void begin(long seed) {
        random = new Random(seed);
        table = new RoundTable(Holders.shamir(Schemes.SMALL, 2, 3), 2, SlotPlan.FOLD, 1);
    }

    private void play(Optional<Silence> silence) {
        SignedMessage planned = table.plan(table.roots());
        boolean opened = false;
        int quiet = 0;
        for (int turn = 0; turn < TURNS_MAX && quiet < 12; turn++) {
            quiet++;
            var parties = new ArrayList<>(table.roster.holderParties());
            Collections.shuffle(parties, random);
            for (PartyId party : parties) {
                quiet = spoke(party, silence) ? 0 : quiet;
            }
            if (!opened
                    && table.round().standing() instanceof RoundStanding.Open open
                    && open.step() == RoundStep.OPENING) {
                table.open(planned, table.coin(), table.openings(table.coin()));
                opened = true;
                quiet = 0;
            }
            // Who waits long enough is told by the server that the step is over.
            if (quiet == 6 && table.round().standing() instanceof RoundStanding.Open open) {
                table.closed.add(open.step());
            }
        }
        assertTrue(quiet >= 12, "the round does not end");
    }

    private boolean spoke(PartyId party, Optional<Silence> silence) {
        if (random.nextInt(3) == 0 || !(table.look(party) instanceof RoundAct.Post(SignedMessage message))) {
            return false;
        }
        RoundStep step = RoundStep.of(message.message().type()).orElseThrow();
        boolean stops = silence.filter(stop -> stop.who().equals(party))
                .filter(stop -> step.compareTo(stop.from()) >= 0)
                .isPresent();
        if (stops || silent.contains(party)) {
            silent.add(party);
            return false;
        }
        SignedMessage said = first.computeIfAbsent(party + " " + step, ignored -> message);
        assertEquals(said, message, "said twice, otherwise");
        if (!table.own.get(party).contains(message)) {
            table.own.get(party).add(message);
        }
        // Killed between the disk and the wire.
        if (random.nextInt(4) == 0) {
            return true;
        }
        table.board.add(message);
        return true;
    }
}
