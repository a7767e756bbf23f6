package io.tamis.policy.load;

import io.tamis.policy.PolicyBundle;
import java.util.List;
import java.util.Objects;

/** What came of loading a bundle. */
public sealed interface LoadResult {
    /** Every check passed. */
    record Loaded(PolicyBundle bundle) implements LoadResult {
        public Loaded {
            Objects.requireNonNull(bundle);
        }
    }

    /** At least one problem; nothing of it may be used. */
    record Rejected(List<Problem> problems) implements LoadResult {
        public Rejected {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("a rejection names a problem");
            }
        }
    }
}
