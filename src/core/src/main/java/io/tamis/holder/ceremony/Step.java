package io.tamis.holder.ceremony;

import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.he.CollectiveKey;
import io.tamis.he.threshold.SecretShare;
import io.tamis.holder.SignedMessage;
import java.util.List;
import java.util.Map;

/** What a holder does next in a ceremony. */
public sealed interface Step {
    /**
     * Say this. The caller stores the message durably FIRST, then puts the blobs on the board, then the message: it must never
     * say another thing in this step, and gives all it has ever stored back to {@link KeyCeremony#next}.
     *
     * @param blobs the large parts the message names, by their SHA-256
     */
    record Post(SignedMessage message, Map<Hash, byte[]> blobs) implements Step {
        public Post {
            blobs = Map.copyOf(blobs);
        }
    }

    /** Ask for the board again later: these have yet to speak, or their blobs are not there. */
    record Waiting(Stage stage, List<PartyId> missing) implements Step {
        public Waiting {
            missing = List.copyOf(missing);
        }
    }

    /**
     * It is over; a new ceremony begins from nothing, without these.
     *
     * @param parties who is at fault; empty when it is whoever runs the board
     */
    record Aborted(Fault fault, List<PartyId> parties) implements Step {
        public Aborted {
            parties = List.copyOf(parties);
        }
    }

    /**
     * All have signed the key; its epoch is the terms'. The caller stores the share durably and closes it, then erases the
     * ceremony's secret.
     */
    record Finished(CollectiveKey key, SecretShare share) implements Step {}
}
