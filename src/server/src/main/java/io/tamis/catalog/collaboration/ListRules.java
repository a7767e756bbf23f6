package io.tamis.catalog.collaboration;

import io.tamis.catalog.Snapshot;
import io.tamis.data.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What keeps an owner from asking about a few persons by attaching lists that differ by them: few versions of a dataset in
 * a day, and none that is nearly another one. The versions of a family count together, in whichever collaborations they
 * are or were: whoever could attach the second list elsewhere would meet the same partner there.
 *
 * <p>NOT promised: that no two answers can be subtracted. What an answer may tell of a person is the budget's and the
 * noise's work; this only closes the cheapest way of asking.
 */
final class ListRules {
    /** How long a version that was attached is remembered. */
    static final Duration DAY = Duration.ofHours(24);

    /** Versions of a dataset that may be attached within a day. */
    static final int VERSIONS_MAX = 5;

    /** Fewest persons by which versions differ, whatever the dataset's own threshold. */
    private static final int DIFFERENCE_MIN = 50;

    private ListRules() {}

    /** The other contents this version is to be compared with; RATE_LIMITED when the day's versions are used up. */
    static Set<AttachmentRows.Recent> others(Handle tx, Snapshot snapshot, Instant now) {
        List<AttachmentRows.Recent> recent = AttachmentRows.recent(tx, snapshot.id(), now.minus(DAY));
        long attached = recent.stream()
                .filter(other -> other.attachedSince() && other.version() != snapshot.version())
                .mapToInt(AttachmentRows.Recent::version)
                .distinct()
                .count();
        if (attached >= VERSIONS_MAX) {
            throw new CollaborationException(Code.RATE_LIMITED);
        }
        var others = new HashSet<>(recent);
        others.removeIf(other -> other.contentHash().equals(snapshot.contentHash()));
        return others;
    }

    /** By how many persons it differs from each of them at least, or not at all. */
    static int differenceMin(Snapshot snapshot) {
        return Math.max(DIFFERENCE_MIN, snapshot.dataset().minUsers());
    }
}
