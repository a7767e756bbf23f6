package io.tamis.ledger;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.log.Origin;
import io.tamis.log.TreeHead;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The one log there is so far, as its readers see it. */
@Singleton
final class OneLog implements Logs, PublishedLog {
    private final Origin origin;
    private final Jdbi jdbi;
    private final LogTree tree;
    private final Pulse pulse;

    OneLog(Origin origin, Jdbi jdbi, LogTree tree, Pulse pulse) {
        this.origin = origin;
        this.jdbi = jdbi;
        this.tree = tree;
        this.pulse = pulse;
    }

    @Override
    public PublishedLog open() {
        return this;
    }

    @Override
    public List<PublishedLog> all() {
        return List.of(this);
    }

    @Override
    public boolean leading() {
        return pulse.leading();
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public Optional<Published> latest() {
        if (!pulse.leading()) {
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
        if (!headAt(to.size()).equals(to) || !headAt(from.size()).equals(from)) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
        return tree.consistency(from.size(), to.size());
    }
}
