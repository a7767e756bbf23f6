package io.tamis.cli.audit;

import io.tamis.cli.chain.Anchor;
import io.tamis.cli.chain.ChainException;
import io.tamis.cli.chain.Notarised;
import io.tamis.data.Hash;
import io.tamis.log.TreeHead;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A chain in memory, which may hold anything, or say nothing. */
final class MemoryChain implements Notarised {
    private final TreeMap<Long, Hash> roots = new TreeMap<>();
    private boolean silent;

    MemoryChain with(TreeHead head) {
        roots.put(head.size(), head.root());
        return this;
    }

    MemoryChain silent() {
        silent = true;
        return this;
    }

    @Override
    public Optional<Anchor> newest() {
        requireWords();
        return roots.isEmpty()
                ? Optional.empty()
                : Optional.of(new Anchor(
                        new TreeHead(roots.lastKey(), roots.lastEntry().getValue()), Instant.EPOCH, 7));
    }

    @Override
    public Optional<Hash> rootAt(long size) {
        requireWords();
        return Optional.ofNullable(roots.get(size));
    }

    @Override
    public List<TreeHead> backTo(Anchor newest, long size) {
        return roots.descendingMap().entrySet().stream()
                .map(root -> new TreeHead(root.getKey(), root.getValue()))
                .toList();
    }

    private void requireWords() {
        if (silent) {
            throw ChainException.of("silent");
        }
    }
}
