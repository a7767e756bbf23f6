package io.tamis.jobs;

import io.tamis.privacy.Query;
import io.tamis.privacy.ReleaseSpec;
import java.util.List;
import java.util.Objects;

/**
 * A question ready to be decided, charged and run.
 *
 * @param query what is read and summed, in canonical form
 * @param release how sums become a release, and what it costs
 * @param uses what the policy must be asked
 */
public record Plan(Query query, ReleaseSpec release, List<ColumnUse> uses) implements Planned {
    public Plan {
        Objects.requireNonNull(query);
        Objects.requireNonNull(release);
        uses = List.copyOf(uses);
    }
}
