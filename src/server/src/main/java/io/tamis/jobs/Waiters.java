package io.tamis.jobs;

import io.tamis.data.PartyId;
import java.util.HashMap;
import java.util.Map;

/** How many requests wait for a job's end: so few that waiting ones never fill the service, whoever sends them. */
final class Waiters {
    private static final int ALL_MAX = 64;
    private static final int PARTY_MAX = 8;

    private final Map<PartyId, Integer> waiting = new HashMap<>();
    private int all;

    /** True when one more of this party may wait; it then leaves again. */
    synchronized boolean enter(PartyId party) {
        int own = waiting.getOrDefault(party, 0);
        if (all >= ALL_MAX || own >= PARTY_MAX) {
            return false;
        }
        waiting.put(party, own + 1);
        all++;
        return true;
    }

    /** Gives the place back. */
    synchronized void leave(PartyId party) {
        waiting.computeIfPresent(party, (name, own) -> own == 1 ? null : own - 1);
        all--;
    }
}
