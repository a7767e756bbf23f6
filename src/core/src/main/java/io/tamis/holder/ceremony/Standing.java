package io.tamis.holder.ceremony;

import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import java.util.List;

/** Where a ceremony stands by what its messages say; the large parts are not looked at. */
public sealed interface Standing {
    /** These have yet to speak in this step. */
    record Open(Stage stage, List<PartyId> missing) implements Standing {
        public Open {
            missing = List.copyOf(missing);
        }
    }

    /** Over. The parties are those the messages prove or accuse; whoever has the blobs can tell better. */
    record Aborted(Fault fault, List<PartyId> parties) implements Standing {
        public Aborted {
            parties = List.copyOf(parties);
        }
    }

    /**
     * All have signed that the key is made.
     *
     * @param key {@link io.tamis.he.CollectiveKey#hash()}
     * @param transcript the hash of everything said
     */
    record Closed(Hash key, Hash transcript) implements Standing {}
}
