package io.tamis.holder.ceremony;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.PartyId;
import io.tamis.he.Schemes;
import io.tamis.holder.Rosters;
import io.tamis.holder.SignedMessage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A finished ceremony's board, changed at random: it is read without an exception, and never makes another key. */
class BoardFuzzTest {
    private static final PartyId ONE = Rosters.holder(1);
    private static final Set<Code> REFUSALS = EnumSet.of(Code.INVALID_REQUEST, Code.UNKNOWN_FIELD, Code.TOO_LARGE);

    @Test
    void changedBytes_areRefusedOrBlameTheBoard() {
        var table = new Table(Schemes.SMALL, 2, 2, 4);
        table.run();
        var random = new SplittableRandom(41);
        for (int i = 0; i < 3_000; i++) {
            var board = new ArrayList<>(table.board);
            int at = random.nextInt(board.size());
            byte[] wire = board.get(at).toJson().canonicalBytes();
            wire[random.nextInt(wire.length)] ^= (byte) (1 << random.nextInt(7));
            try {
                board.set(at, SignedMessage.parse(wire));
            } catch (DataException refused) {
                assertTrue(REFUSALS.contains(refused.code()), refused.code().name());
                continue;
            }
            boolean same = board.equals(table.board);
            var standing = Transcript.read(table.terms, Board.of(board)).standing();
            assertTrue(same || standing instanceof Standing.Aborted, standing.toString());
        }
    }

    /** Messages left out, doubled and reordered: whatever is left, the holder waits, speaks or stops. */
    @Test
    void changedOrder_neverMakesAHolderSpeakTwice() {
        var table = new Table(Schemes.SMALL, 2, 2, 4);
        table.run();
        var stored = List.copyOf(table.own.get(ONE));
        var random = new SplittableRandom(42);
        for (int i = 0; i < 1_000; i++) {
            var board = new ArrayList<SignedMessage>();
            table.board.forEach(message -> {
                if (random.nextInt(8) != 0) {
                    board.add(random.nextInt(board.size() + 1), message);
                }
            });
            var step = table.ceremony(ONE).next(Board.of(board), table.store(), stored);
            if (step instanceof Step.Post(var message, var ignored)) {
                assertTrue(stored.contains(message), "said something new");
            }
        }
    }
}
