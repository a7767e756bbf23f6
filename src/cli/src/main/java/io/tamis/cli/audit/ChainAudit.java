package io.tamis.cli.audit;

import io.tamis.cli.audit.AuditReport.Told;
import io.tamis.cli.chain.Anchor;
import io.tamis.cli.chain.ChainException;
import io.tamis.cli.chain.Notarised;
import io.tamis.data.Hash;
import io.tamis.log.Checkpoint;
import io.tamis.log.TreeHead;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds a log against what a chain holds of it: the root at every anchored size that was asked for. The contract lets no
 * fork in, so the newest anchor stands for the earlier ones; of a log that is smaller than that, anchors are followed back
 * to one that it reaches.
 *
 * <p>What came after the newest anchor is not anchored yet, and whoever holds database and signing key may still change it:
 * that is told, and makes an audit incomplete.
 */
final class ChainAudit {
    private static final String WHERE = "chain";

    /** How far two clocks may be apart before a time proves something. */
    private static final Duration CLOCKS_APART_MAX = Duration.ofMinutes(5);

    private final Optional<Notarised> chain;
    private final Findings findings;
    private final Map<Long, Hash> expected = new HashMap<>();
    private Optional<TreeHead> agreed = Optional.empty();
    private Optional<Anchor> newest = Optional.empty();
    private long compared;
    private Told told;

    ChainAudit(Optional<Notarised> chain, Findings findings) {
        this.chain = chain;
        this.findings = findings;
        this.told = chain.isPresent() ? Told.NOT_READ : Told.NOT_ASKED;
    }

    /**
     * Asks the chain; returns the sizes at which the log's roots are wanted.
     *
     * @param before the newest anchor that an earlier audit compared
     * @param signedAt when the checkpoint was signed, if a signature says so
     */
    Set<Long> ask(Checkpoint checkpoint, Optional<TreeHead> before, Optional<Instant> signedAt) {
        if (chain.isPresent()) {
            try {
                ask(chain.get(), checkpoint.head().size(), before, signedAt);
                told = newest.isPresent() ? Told.ANCHOR : Told.NOTHING;
            } catch (ChainException silent) {
                findings.unchecked(WHERE, Finding.Kind.CHAIN_UNREADABLE, silent.reason());
            }
        }
        return Set.copyOf(expected.keySet());
    }

    private void ask(Notarised log, long size, Optional<TreeHead> before, Optional<Instant> signedAt) {
        if (before.isPresent()) {
            TreeHead known = before.get();
            if (log.rootAt(known.size()).filter(known.root()::equals).isPresent()) {
                agreed = before;
            } else {
                differs("no longer holds the root of %d entries that it held before".formatted(known.size()));
            }
        }
        newest = log.newest().filter(anchor -> anchor.head().size() > 0);
        if (newest.isEmpty()) {
            return;
        }
        TreeHead head = newest.get().head();
        if (head.size() > size) {
            ahead(newest.get(), size, signedAt);
        }
        List<TreeHead> anchors = head.size() > size ? log.backTo(newest.get(), size) : List.of(head);
        for (TreeHead anchor : anchors) {
            if (anchor.size() <= size
                    && !expected.getOrDefault(anchor.size(), anchor.root()).equals(anchor.root())) {
                differs("holds two roots of %d entries".formatted(anchor.size()));
            }
            if (anchor.size() <= size) {
                expected.put(anchor.size(), anchor.root());
            }
        }
    }

    /** An export may be older than the newest anchor; one that was signed after it may not. */
    private void ahead(Anchor newest, long size, Optional<Instant> signedAt) {
        boolean later = signedAt.filter(at -> at.isAfter(newest.at().plus(CLOCKS_APART_MAX)))
                .isPresent();
        String detail = "holds a root of %d entries, and this log ends at %d"
                .formatted(newest.head().size(), size);
        if (later) {
            findings.wrong(WHERE, Finding.Kind.LOG_ROLLED_BACK, detail + ", which was signed after that");
        } else {
            findings.unchecked(
                    WHERE,
                    Finding.Kind.LOG_BEHIND_CHAIN,
                    detail
                            + ": this export is older, or the log was rolled back; export again, it must not be smaller");
        }
    }

    /** The log's root at one of the sizes. */
    void root(TreeHead ours) {
        Hash anchored = expected.remove(ours.size());
        if (anchored == null) {
            return;
        }
        compared++;
        if (!anchored.equals(ours.root())) {
            differs("holds another root of %d entries than this log has".formatted(ours.size()));
        } else if (agreed.filter(known -> known.size() >= ours.size()).isEmpty()) {
            agreed = Optional.of(ours);
        }
    }

    /** After the last entry of a log of this size. */
    void end(long size) {
        if (told == Told.NOT_ASKED || told == Told.NOT_READ) {
            return;
        }
        long covered = agreed.map(TreeHead::size).orElse(0L);
        expected.keySet().stream()
                .filter(at -> at > covered)
                .sorted()
                .forEach(at -> findings.unchecked(
                        WHERE,
                        Finding.Kind.ANCHOR_NOT_COMPARED,
                        "the root of %d entries lies before what this run looked at; a run without --state compares it"
                                .formatted(at)));
        if (covered < size) {
            findings.unchecked(
                    WHERE,
                    Finding.Kind.NOT_ANCHORED,
                    "entries %d to %d are not anchored yet".formatted(covered, size - 1)
                            + (told == Told.NOTHING ? ": nothing under this log id, check it" : ""));
        }
    }

    /** The newest anchor that agrees. */
    Optional<TreeHead> agreed() {
        return agreed;
    }

    /** How the question to the chain ended. */
    Told told() {
        return told;
    }

    /** The newest anchor that the chain told, whether it agrees or not. */
    Optional<Anchor> newest() {
        return newest;
    }

    /** How many roots were compared. */
    long compared() {
        return compared;
    }

    private void differs(String detail) {
        findings.wrong(WHERE, Finding.Kind.ANCHOR_DIFFERS, detail);
    }
}
