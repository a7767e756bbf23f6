package io.tamis.cli.audit;

import io.tamis.data.EventId;
import io.tamis.data.JsonFields;
import io.tamis.data.TamisException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Which keys of erased entries the logs say were destroyed. An entry of last year may be erased this year, so it takes all
 * logs to tell; about 100 bytes a key.
 */
final class Erasures {
    /** Most keys of one entry: more do not fit into an event. */
    private static final int KEYS_MAX = 250;

    private static final int ID_LENGTH = 36;

    private final Set<UUID> destroyed = new HashSet<>();
    private final Set<UUID> named = new HashSet<>();
    private long entries;

    /** An erased entry. */
    void erased(UUID key) {
        entries++;
        named.add(key);
    }

    /** A {@code key.destroyed} entry; one that does not name its keys as it should covers none. */
    void destroyed(Seen entry) {
        destroyed.addAll(keys(entry));
    }

    private static List<UUID> keys(Seen entry) {
        try {
            return entry.fields()
                    .list(
                            "keyIds",
                            KEYS_MAX,
                            key -> EventId.parse(JsonFields.text(key, ID_LENGTH))
                                    .value());
        } catch (TamisException malformed) {
            return List.of();
        }
    }

    /** How many entries are erased. */
    long entries() {
        return entries;
    }

    /** The keys of erased entries that an entry says were destroyed. */
    Set<UUID> recorded() {
        var recorded = new HashSet<>(named);
        recorded.retainAll(destroyed);
        return Set.copyOf(recorded);
    }

    /** True when an entry is erased whose key no entry says was destroyed. */
    boolean withheld() {
        return !destroyed.containsAll(named);
    }
}
