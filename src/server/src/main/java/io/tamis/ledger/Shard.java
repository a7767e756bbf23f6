package io.tamis.ledger;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.log.LogEntry;
import io.tamis.log.Origin;
import io.tamis.log.TilePath;
import io.tamis.log.TlogProof;
import io.tamis.log.TreeHead;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The log of one year. Its tree is read when somebody first asks, since a closed year is seldom asked for. */
final class Shard implements PublishedLog {
    private final short log;
    private final Origin origin;
    private final LogTree tree;
    private final Jdbi jdbi;
    private final Pulse pulse;

    Shard(short log, Origin origin, LogTree tree, Jdbi jdbi, Pulse pulse) {
        this.log = log;
        this.origin = Objects.requireNonNull(origin);
        this.tree = Objects.requireNonNull(tree);
        this.jdbi = Objects.requireNonNull(jdbi);
        this.pulse = Objects.requireNonNull(pulse);
    }

    short log() {
        return log;
    }

    LogTree tree() {
        return tree;
    }

    int year() {
        return LogYear.of(origin);
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public Optional<Published> latest() {
        if (!pulse.leading() || tree.published().isEmpty()) {
            jdbi.useHandle(tree::refresh);
        }
        return tree.published().map(now -> new Published(now.note(), now.head()));
    }

    @Override
    public Optional<Published> awaitLargerThan(long size, Duration max) throws InterruptedException {
        tree.awaitLargerThan(size, max.toNanos());
        return latest().filter(now -> now.head().size() > size);
    }

    @Override
    public TreeHead headAt(long size) {
        if (latest().filter(now -> size <= now.head().size()).isEmpty()) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
        return tree.headAt(size);
    }

    @Override
    public List<Hash> consistency(TreeHead from, TreeHead to) {
        if (from.size() < 1
                || from.size() > to.size()
                || !headAt(to.size()).equals(to)
                || !headAt(from.size()).equals(from)) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
        return tree.consistency(from.size(), to.size());
    }

    /** A tile of the published tree, whole or in part; empty when it has no such. */
    Optional<byte[]> tile(TilePath.Hashes path) {
        return latest().flatMap(now -> tree.tile(path, now.head().size()));
    }

    /** The proof of an entry under the newest published checkpoint; empty until that covers it. */
    Optional<TlogProof> proof(LogEntry entry, long index) {
        var proof = tree.proof(entry, index);
        return proof.isEmpty() && jdbi.withHandle(tree::refresh) ? tree.proof(entry, index) : proof;
    }
}
