package io.tamis.ledger.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.ledger.PublishedLog;
import io.tamis.log.Checkpoint;
import io.tamis.log.LogException;
import io.tamis.log.MerkleTree;
import io.tamis.log.Origin;
import io.tamis.log.SignedNote;
import io.tamis.log.TreeHead;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A log whose leaves are made up, and that publishes a checkpoint whenever it is told to. */
public final class GrowingLog implements PublishedLog {
    private final Origin origin;
    private final MerkleTree tree = new MerkleTree();
    private Optional<Published> latest = Optional.empty();

    public GrowingLog(String origin) {
        this.origin = new Origin(origin);
    }

    /** Adds leaves that differ by this word, and publishes. */
    public synchronized Published grow(int leaves, String word) {
        for (int i = 0; i < leaves; i++) {
            tree.append(Hash.sha256((word + tree.size()).getBytes(UTF_8)));
        }
        var head = tree.head();
        String signature = Base64.getEncoder().encodeToString(new byte[68]);
        String note = new Checkpoint(origin, head).text() + "\n\u2014 " + origin + " " + signature + "\n";
        latest = Optional.of(new Published(SignedNote.parse(note.getBytes(UTF_8)), head));
        return latest.get();
    }

    public Published grow(int leaves) {
        return grow(leaves, "");
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public synchronized Optional<Published> latest() {
        return latest;
    }

    @Override
    public Optional<Published> awaitLargerThan(long size, Duration max) {
        return latest().filter(now -> now.head().size() > size);
    }

    @Override
    public synchronized TreeHead headAt(long size) {
        return tree.head(size);
    }

    @Override
    public synchronized List<Hash> consistency(TreeHead from, TreeHead to) {
        if (!tree.head(from.size()).equals(from) || !tree.head(to.size()).equals(to)) {
            throw new LogException(Code.INVALID_REQUEST);
        }
        return tree.consistency(from.size(), to.size());
    }
}
