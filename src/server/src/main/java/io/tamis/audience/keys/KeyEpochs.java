package io.tamis.audience.keys;

import io.tamis.he.KeyEpoch;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The collective keys of this installation, and the count of their openings. */
public interface KeyEpochs {
    /** Most keys that are active at a time: an old one stays until the tags are uploaded under the new one. */
    int ACTIVE_MAX = 4;

    /** The active keys, newest first; at most {@link #ACTIVE_MAX}. */
    List<KeyStanding> active(Handle tx);

    /** The newest active key. */
    default Optional<KeyStanding> newest(Handle tx) {
        return active(tx).stream().findFirst();
    }

    /** The key of this epoch, in whatever state. */
    Optional<KeyStanding> find(Handle tx, KeyEpoch epoch);

    /**
     * The key of this epoch, which stays active until the transaction ends: its retirement waits. KEY_EPOCH_MISSING when it
     * is not active.
     */
    KeyStanding hold(Handle tx, KeyEpoch epoch);

    /**
     * Counts openings, one for each aggregate and active set, before the ticket is issued; they are never given back.
     * KEY_EPOCH_MISSING when the key is not active, STATE_CONFLICT when fewer are left: the key has to be rotated.
     */
    void open(Handle tx, KeyEpoch epoch, int openings);

    /** The bytes of a key's public part. */
    byte[] publicKey(KeyStanding key);
}
