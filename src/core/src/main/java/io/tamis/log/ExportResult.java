package io.tamis.log;

import io.tamis.data.Hash;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** What reading an export came to. */
public sealed interface ExportResult {
    /**
     * Every file is the one of the manifest, every entry opens its commitment, and the commitments in their order make the
     * root the log signed. NOT checked here: that a bundle's content has the hash its folder is named after, and what the
     * entries say; {@code audit verify} does both.
     *
     * @param checkpoint what was signed
     * @param note the checkpoint with all its signatures
     * @param bundles policy bundles: hash as named, path, content
     * @param entries the entries in order
     * @param erased how many entries have neither event nor salt
     * @param erasedKeys those keys of erased entries that a {@code key.destroyed} entry of this log names; an entry erased
     *     under another key is withheld, as far as the log tells
     * @param edge what is needed to go on from here when the log has grown
     */
    record Verified(
            Checkpoint checkpoint,
            SignedNote note,
            Map<Hash, Map<String, byte[]>> bundles,
            Entries entries,
            long erased,
            Set<UUID> erasedKeys,
            RightEdge edge)
            implements ExportResult {
        public Verified {
            Objects.requireNonNull(checkpoint);
            Objects.requireNonNull(note);
            Objects.requireNonNull(entries);
            Objects.requireNonNull(edge);
            bundles = Map.copyOf(bundles);
            erasedKeys = Set.copyOf(erasedKeys);
        }
    }

    /** The export is not what the log signed; {@code where} is a file's path or {@code entry N}. */
    record Broken(String where, Problem problem) implements ExportResult {
        public Broken {
            Objects.requireNonNull(where);
            Objects.requireNonNull(problem);
        }
    }

    /** What is wrong. */
    enum Problem {
        FILE_MISSING,
        FILE_UNEXPECTED,
        FILE_CHANGED,
        FILE_TOO_LARGE,
        MANIFEST_MALFORMED,
        CHECKPOINT_MALFORMED,
        CHECKPOINT_NOT_SIGNED,
        ENTRY_MALFORMED,
        ENTRY_OUT_OF_ORDER,
        ENTRY_REPEATED,
        ENTRIES_TOO_FEW,
        ENTRIES_TOO_MANY,
        ROOT_DIFFERS
    }

    /** The entries, read from disk each time, one at a time. */
    @FunctionalInterface
    interface Entries {
        /** Hands over each entry in order; throws {@link LogException} when the file is no longer the verified one. */
        void forEach(Consumer<ExportEntry> reader);
    }
}
