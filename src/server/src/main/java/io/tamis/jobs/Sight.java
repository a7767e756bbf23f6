package io.tamis.jobs;

import io.tamis.data.Code;
import java.util.Objects;

/** What a caller gets to see of what it asks about, or the code of why it sees nothing. */
sealed interface Sight {
    /** All of it. */
    record Seen(Asked asked) implements Sight {
        public Seen {
            Objects.requireNonNull(asked);
        }
    }

    /** Nothing, hence no job: the refusal names neither dataset nor collaboration that the caller may not know of. */
    record Hidden(Code code) implements Sight {
        public Hidden {
            Objects.requireNonNull(code);
        }
    }
}
