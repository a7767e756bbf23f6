package io.tamis.jobs;

import io.tamis.privacy.Release;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The outcome of {@link SealedJobType#seal}, waiting to be stored. */
@FunctionalInterface
public interface Sealed {
    /**
     * Stores it, within the transaction that spends the job's budget and moves it to AWAITING_SHARES: all of it is there after a
     * crash, or nothing. An exception rolls the transaction back, and the job fails, charged.
     */
    void store(Handle tx, ChargedJob job);

    /**
     * The answer when there is nothing to be opened, and it is released at once: asked after {@link #store}, in the same
     * transaction.
     */
    default Optional<Release> known() {
        return Optional.empty();
    }
}
