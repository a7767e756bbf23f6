package io.tamis.holder.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.DataException;
import io.tamis.data.Json;
import io.tamis.holder.ticket.Tickets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a holder keeps of a round: the form it is kept in, and which c1 it lets into a slot. */
class PassedRoundTest {
    private final TicketWorld world = new TicketWorld(150);
    private final PassedRound round = world.shop.round;

    @Test
    void json_ofARound_readsBack() {
        assertEquals(round, PassedRound.read(round.json()));
        assertEquals(
                round.json(),
                PassedRound.read(Json.parse(round.json().canonicalBytes())).json());
    }

    /** A stored round that lost a part is not read as one that has less: a holder stops instead. */
    @Test
    void json_withOneMemberLessOrMoreOrOther_isRefused() {
        Json.Obj json = round.json();
        for (String member : json.members().keySet()) {
            assertThrows(DataException.class, () -> PassedRound.read(json.without(member)), member);
            for (Json other : List.of(Json.of(-1), Json.of(true), Json.of("x y"), Json.array(List.of()))) {
                assertThrows(DataException.class, () -> PassedRound.read(json.with(member, other)), member);
            }
        }
        assertThrows(DataException.class, () -> PassedRound.read(json.with("more", Json.of(1))));
        assertThrows(DataException.class, () -> PassedRound.read(json.with("attempt", Json.of(9))));
    }

    @Test
    void survivors_oneTooFewOrTooMany_areRefused() {
        var fewer = round.survivors().subList(1, round.survivors().size());
        assertThrows(DataException.class, () -> new PassedRound(round.context(), round.plan(), round.coin(), fewer));
        var more = new java.util.ArrayList<>(round.survivors());
        more.add(Tickets.hash("one more"));
        assertThrows(DataException.class, () -> new PassedRound(round.context(), round.plan(), round.coin(), more));
    }

    /** Each slot takes its own survivor's c1, no other slot's, and none with a bit changed. */
    @Test
    void admits_theSurvivorsC1InItsSlotAlone() {
        int slots = round.plan().slots();
        for (int slot = 0; slot < slots; slot++) {
            byte[] c1 = TicketWorld.ciphertext(world.shop.uploads.get(slot)).c1Bytes();
            for (int other = 0; other < slots; other++) {
                assertEquals(slot == other, round.admits(other, c1), slot + " in " + other);
            }
            for (int bit = 0; bit < 8 * c1.length; bit += 97) {
                byte[] changed = c1.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                assertFalse(round.admits(slot, changed), "bit " + bit);
            }
        }
    }

    /** Under another coin another candidate survives: the same c1 is then not the one that was not opened. */
    @Test
    void admits_underAnotherCoin_nothing() {
        var turned = new PassedRound(round.context(), round.plan(), Tickets.hash("another coin"), round.survivors());
        int admitted = 0;
        for (int slot = 0; slot < round.plan().slots(); slot++) {
            byte[] c1 = TicketWorld.ciphertext(world.shop.uploads.get(slot)).c1Bytes();
            assertTrue(round.admits(slot, c1));
            admitted += turned.admits(slot, c1) ? 1 : 0;
        }
        // The fold of this test is 4: one of three slots may have the same survivor, not all.
        assertTrue(admitted < round.plan().slots(), Integer.toString(admitted));
    }

    @Test
    void tag_ofAnotherName_isNone() {
        assertTrue(round.tag("friends").isPresent());
        assertTrue(round.tag("friend").isEmpty());
        assertEquals(3, round.blocks("friends"));
        assertEquals(0, round.blocks("friend"));
        assertThrows(DataException.class, () -> round.slot("friends", 3));
        assertThrows(DataException.class, () -> round.slot("friends", -1));
        assertEquals(2, round.slot("friends", 2));
    }
}
