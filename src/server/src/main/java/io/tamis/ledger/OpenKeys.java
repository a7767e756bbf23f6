package io.tamis.ledger;

import io.tamis.crypto.SecretBytes;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The data keys this process has unwrapped, the least used forgotten first. A forgotten key is not zeroed, as another
 * thread may be sealing with it; it is unwrapped again when it is needed again.
 */
final class OpenKeys {
    /** Most keys kept, about 300 bytes each: those of the persons who are met again soon. */
    static final int MAX = 1 << 16;

    private final Map<UUID, SecretBytes> byId = leastUsedFirst();
    private final Map<KeyScope, Current> byScope = leastUsedFirst();
    private final Map<UUID, Boolean> destroyed = leastUsedFirst();

    /** What this process seals with, and how often it has. */
    private static final class Current {
        private final DataKeys.DataKey key;
        private int batches;

        Current(DataKeys.DataKey key) {
            this.key = key;
        }
    }

    /** Those of these keys that are known and have not sealed so much that they must be looked up again. */
    synchronized Map<KeyScope, DataKeys.DataKey> toSeal(Collection<KeyScope> scopes) {
        var found = new HashMap<KeyScope, DataKeys.DataKey>();
        for (var scope : scopes) {
            var current = byScope.get(scope);
            if (current == null) {
                continue;
            }
            if (destroyed.containsKey(current.key.id())) {
                byScope.remove(scope);
            } else if (current.batches++ < DataKeys.BATCHES_PER_LOOKUP) {
                found.put(scope, current.key);
            }
        }
        return found;
    }

    synchronized Optional<SecretBytes> toOpen(UUID id) {
        return Optional.ofNullable(byId.get(id));
    }

    synchronized void keep(KeyScope scope, DataKeys.DataKey key) {
        // It may have been destroyed since its row was read.
        if (destroyed.containsKey(key.id())) {
            return;
        }
        byScope.put(scope, new Current(key));
        byId.put(key.id(), key.secret());
    }

    synchronized SecretBytes keep(UUID id, SecretBytes secret) {
        byId.put(id, secret);
        return secret;
    }

    /** Was destroyed: neither opens nor seals any more. */
    synchronized void forget(UUID id) {
        byId.remove(id);
        destroyed.put(id, true);
    }

    private static <K, V> Map<K, V> leastUsedFirst() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MAX;
            }
        };
    }
}
