package io.tamis.jobs;

import io.tamis.data.Code;
import java.util.Objects;

/** What became of a plan request: a plan, or why there is none. */
public sealed interface Planned permits Plan, Planned.Refused {
    /** Not with these parameters on this dataset. */
    record Refused(Code code) implements Planned {
        public Refused {
            Objects.requireNonNull(code);
        }
    }
}
