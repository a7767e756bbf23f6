package io.tamis.jobs;

import io.tamis.data.PartyId;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How many requests of a kind a party may send in a minute, counted in fixed windows on this replica. Guards capacity, not
 * privacy: that is the budget's work.
 */
@Singleton
class RateLimits {
    private static final int PARTIES_MAX = 10_000;
    private static final long WINDOW_SECONDS = 60;

    /** Each delivery is an entry of the ledger, so fetching is limited too, at some fetches for each job. */
    private static final int RESULTS_PER_JOB = 4;

    private final InstantSource clock;
    private final Map<Kind, Integer> quota;
    private final Map<Key, Integer> used = new LinkedHashMap<>();
    private long window;

    enum Kind {
        JOBS,
        DRY_RUNS,
        RESULTS
    }

    private record Key(Kind kind, PartyId party) {}

    /** What is left after a request, for the RateLimit header fields. */
    record Standing(boolean granted, Kind kind, int quota, int remaining, long resetSeconds) {}

    RateLimits(
            InstantSource clock,
            @ConfigProperty(name = "tamis.limits.jobs-per-minute") int jobs,
            @ConfigProperty(name = "tamis.limits.dry-runs-per-minute") int dryRuns) {
        this.clock = clock;
        this.quota = Map.of(Kind.JOBS, jobs, Kind.DRY_RUNS, dryRuns, Kind.RESULTS, RESULTS_PER_JOB * jobs);
    }

    /** Takes one request of this kind off the party's quota. */
    synchronized Standing take(Kind kind, PartyId party) {
        long second = clock.instant().getEpochSecond();
        // A crowd of parties within one window ends the window early: memory stays bounded, nobody is locked out.
        if (second / WINDOW_SECONDS != window || used.size() >= PARTIES_MAX) {
            used.clear();
            window = second / WINDOW_SECONDS;
        }
        int cap = quota.get(kind);
        int count = used.merge(new Key(kind, party), 1, Integer::sum);
        long reset = WINDOW_SECONDS - Math.floorMod(second, WINDOW_SECONDS);
        return new Standing(count <= cap, kind, cap, Math.max(0, cap - count), reset);
    }
}
