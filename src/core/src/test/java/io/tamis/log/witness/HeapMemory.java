package io.tamis.log.witness;

import io.tamis.log.Origin;
import io.tamis.log.SignedNote;
import io.tamis.log.TreeHead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A memory that ends with the test, and keeps the order of what it was given. */
final class HeapMemory implements Memory {
    final List<SignedNote> kept = new ArrayList<>();
    private final Map<Origin, TreeHead> latest = new HashMap<>();

    @Override
    public synchronized Optional<TreeHead> latest(Origin origin) {
        return Optional.ofNullable(latest.get(origin));
    }

    @Override
    public synchronized boolean replace(Origin origin, Optional<TreeHead> expected, SignedNote cosigned) {
        if (!latest(origin).equals(expected)) {
            return false;
        }
        latest.put(origin, Claim.parse(cosigned.text()).head());
        kept.add(cosigned);
        return true;
    }
}
