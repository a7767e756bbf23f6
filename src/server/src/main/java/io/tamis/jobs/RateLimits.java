package io.tamis.jobs;

import io.tamis.data.PartyId;
import io.tamis.data.RateWindow;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How many requests of a kind a party may send in a minute. */
@Singleton
class RateLimits {
    /** Each delivery is an entry of the ledger, so fetching is limited too, at some fetches for each job. */
    private static final int RESULTS_PER_JOB = 4;

    private final Map<Kind, Integer> quota;
    private final RateWindow<Key> window;

    enum Kind {
        JOBS,
        DRY_RUNS,
        APPROVALS,
        RESULTS
    }

    private record Key(Kind kind, PartyId party) {}

    /** What is left after a request, for the RateLimit header fields. */
    record Standing(boolean granted, Kind kind, int quota, int remaining, long resetSeconds) {}

    RateLimits(
            InstantSource clock,
            @ConfigProperty(name = "tamis.limits.jobs-per-minute") int jobs,
            @ConfigProperty(name = "tamis.limits.dry-runs-per-minute") int dryRuns) {
        this.window = new RateWindow<>(clock);
        this.quota = Map.of(
                Kind.JOBS, jobs, Kind.DRY_RUNS, dryRuns, Kind.APPROVALS, jobs, Kind.RESULTS, RESULTS_PER_JOB * jobs);
    }

    /** Takes one request of this kind off the party's quota. */
    Standing take(Kind kind, PartyId party) {
        RateWindow.Standing left = window.take(new Key(kind, party), quota.get(kind));
        return new Standing(left.granted(), kind, left.quota(), left.remaining(), left.resetSeconds());
    }
}
