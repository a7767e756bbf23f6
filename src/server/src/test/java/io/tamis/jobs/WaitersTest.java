package io.tamis.jobs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.PartyId;
import org.junit.jupiter.api.Test;

class WaitersTest {
    private final Waiters waiters = new Waiters();

    @Test
    void enter_beyondAPartysPlaces_isRefusedUntilOneLeaves() {
        var party = new PartyId("alpha");
        for (int i = 0; i < 8; i++) {
            assertTrue(waiters.enter(party));
        }
        assertFalse(waiters.enter(party));
        assertTrue(waiters.enter(new PartyId("beta")));
        waiters.leave(party);
        assertTrue(waiters.enter(party));
    }

    @Test
    void enter_beyondAllPlaces_isRefusedToEverybody() {
        for (int i = 0; i < 64; i++) {
            assertTrue(waiters.enter(new PartyId("p" + i)));
        }
        assertFalse(waiters.enter(new PartyId("late")));
        waiters.leave(new PartyId("p0"));
        assertTrue(waiters.enter(new PartyId("late")));
    }
}
