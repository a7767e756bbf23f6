package io.tamis.catalog.order;

import io.tamis.catalog.Snapshot;
import io.tamis.crypto.SecretBytes;

/** The orders of versions' persons. Only versions with one row a person have one: OP_NOT_ALLOWED for others. */
public interface Positions {
    /**
     * The order of a version. The first time it is computed, a minute for ten million persons and 20 bytes of memory each,
     * one at a time: a caller waits for others. NOT_FOUND when its data key is gone.
     */
    PositionMap of(Snapshot snapshot);

    /** The key of a version's order, for its owner alone; the caller closes it. */
    SecretBytes key(Snapshot snapshot);
}
