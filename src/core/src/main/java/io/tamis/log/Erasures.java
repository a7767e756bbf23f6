package io.tamis.log;

import io.tamis.data.EventId;
import io.tamis.data.JsonFields;
import io.tamis.data.TamisException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What of a log is erased, and whether the log itself says so. Holds the ids of keys, about 100 bytes each. */
final class Erasures {
    /** Most keys of one entry: more do not fit into an event. */
    private static final int KEYS_MAX = 250;

    private static final int ID_LENGTH = 36;

    private final Set<UUID> destroyed = new HashSet<>();
    private final Set<UUID> named = new HashSet<>();
    private long erased;

    void add(ExportEntry entry) {
        switch (entry) {
            case ExportEntry.Erased gone -> {
                erased++;
                named.add(gone.keyId());
            }
            case ExportEntry.Present present -> {
                if (present.event().type().equals(Optional.of(EventType.KEY_DESTROYED))) {
                    destroyed.addAll(keys(present.event()));
                }
            }
        }
    }

    long erased() {
        return erased;
    }

    /** The keys of erased entries that an entry says were destroyed. */
    Set<UUID> recorded() {
        var recorded = new HashSet<>(destroyed);
        recorded.retainAll(named);
        return recorded;
    }

    /** An entry that does not name its keys as it should covers none. */
    private static List<UUID> keys(LedgerEvent event) {
        try {
            return new JsonFields(event.body())
                    .list(
                            "keyIds",
                            KEYS_MAX,
                            key -> EventId.parse(JsonFields.text(key, ID_LENGTH))
                                    .value());
        } catch (TamisException malformed) {
            return List.of();
        }
    }
}
