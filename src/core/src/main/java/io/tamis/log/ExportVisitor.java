package io.tamis.log;

import io.tamis.data.Hash;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Follows the reading of an export in its one pass. What it hears is true of the log only when {@link LogExport#read} has
 * come back with {@code Verified}: that the entries make the signed root shows at their end. Called by one thread.
 */
public interface ExportVisitor {
    /**
     * Files and signature hold, entries follow.
     *
     * @param bundles policy bundles: hash as named, path, content; that the content has that hash is NOT checked
     */
    default Start opened(Checkpoint checkpoint, SignedNote note, Map<Hash, Map<String, byte[]>> bundles) {
        return Start.BEGINNING;
    }

    /**
     * Where the pass begins.
     *
     * @param from entries before this edge were verified by an earlier pass; they are only counted. Not beyond the checkpoint
     * @param rootsAt sizes whose roots {@link #root} is to tell
     */
    record Start(RightEdge from, Set<Long> rootsAt) {
        /** From the first entry. */
        public static final Start BEGINNING = new Start(RightEdge.EMPTY, Set.of());

        public Start {
            Objects.requireNonNull(from);
            rootsAt = Set.copyOf(rootsAt);
        }
    }

    /** The head of the tree when it had one of the sizes asked for; those before the start and beyond the end are not told. */
    default void root(TreeHead head) {}

    /** The types whose entries are handed over; asked once. */
    default Set<EventType> wanted() {
        return Set.of();
    }

    /** An entry of a type that is wanted, or an erased one, in order. */
    default void entry(ExportEntry entry) {}

    /**
     * All entries before this index were looked at.
     *
     * @param opaque how many more of them were of a type this version does not know
     */
    default void passed(long size, long opaque) {}
}
