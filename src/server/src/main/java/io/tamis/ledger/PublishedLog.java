package io.tamis.ledger;

import io.tamis.data.Hash;
import io.tamis.log.Origin;
import io.tamis.log.SignedNote;
import io.tamis.log.TreeHead;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What anybody may see of one log: its published checkpoints and what follows from its tree below them. */
public interface PublishedLog {
    /** A checkpoint that was handed out, and what it says. */
    record Published(SignedNote note, TreeHead head) {
        public Published {
            Objects.requireNonNull(note);
            Objects.requireNonNull(head);
        }
    }

    /** The log's name, first line of its checkpoints. */
    Origin origin();

    /** The newest checkpoint; empty before the first one. */
    Optional<Published> latest();

    /** Waits for a checkpoint larger than this size, at most so long; empty when none came. */
    Optional<Published> awaitLargerThan(long size, Duration max) throws InterruptedException;

    /** The head the log had at this size; throws {@code INVALID_REQUEST} above {@link #latest}. */
    TreeHead headAt(long size);

    /**
     * The consistency proof between two heads of this log, 0 &lt; from &lt;= to &lt;= {@link #latest} (RFC 9162 section
     * 2.1.4); throws {@code INVALID_REQUEST} when one of them is none.
     */
    List<Hash> consistency(TreeHead from, TreeHead to);
}
