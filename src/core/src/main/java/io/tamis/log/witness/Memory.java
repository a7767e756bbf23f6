package io.tamis.log.witness;

import io.tamis.log.Origin;
import io.tamis.log.SignedNote;
import io.tamis.log.TreeHead;
import java.util.Optional;

/**
 * What a witness remembers: of each log the newest tree it has cosigned. All its promises rest on this never going back, so
 * a memory that cannot be read or written throws {@link io.tamis.log.LogException} with {@code INTERNAL}, and nothing is
 * cosigned. Safe for use by several threads.
 */
public interface Memory {
    /** The newest cosigned tree of this log; empty when none was ever cosigned. */
    Optional<TreeHead> latest(Origin origin);

    /**
     * Remembers a cosigned checkpoint if the newest tree is still the one expected. Comparing and storing are one step, and
     * what is stored is durable when this returns true; false means that another request came first, and nothing changed.
     */
    boolean replace(Origin origin, Optional<TreeHead> expected, SignedNote cosigned);
}
