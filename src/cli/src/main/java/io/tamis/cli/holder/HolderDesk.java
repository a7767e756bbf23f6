package io.tamis.cli.holder;

import io.tamis.cli.client.ApiClient;
import io.tamis.he.Bfv;
import io.tamis.holder.Roster;
import io.tamis.policy.PolicyBundle;
import java.util.Objects;

/** What every work of a holder needs. The roster and the policy are the holder's own copies. */
record HolderDesk(
        ApiClient api,
        HolderStore store,
        ContentCache cache,
        Bfv scheme,
        Roster roster,
        PolicyBundle policy,
        HolderEvents events) {
    HolderDesk {
        Objects.requireNonNull(api);
        Objects.requireNonNull(store);
        Objects.requireNonNull(cache);
        Objects.requireNonNull(scheme);
        Objects.requireNonNull(roster);
        Objects.requireNonNull(policy);
        Objects.requireNonNull(events);
    }

    EpochShelf epochs() {
        return new EpochShelf(store.sealed(), scheme);
    }

    RoundShelf rounds() {
        return new RoundShelf(store.sealed());
    }
}
