package io.tamis.ledger.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.EventId;
import io.tamis.ledger.Cosignatures;
import io.tamis.ledger.Ledger;
import io.tamis.ledger.Logs;
import io.tamis.ledger.PublishedLog;
import io.tamis.ledger.PublishedLog.Published;
import io.tamis.ledger.witness.CosignatureRows.Sizes;
import io.tamis.log.Checkpoint;
import io.tamis.log.Decimal;
import io.tamis.log.Origin;
import io.tamis.log.SignedNote;
import io.tamis.log.TlogProof;
import io.tamis.log.VerifierKey;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Cosignatures in the database, which the leader writes and every replica reads. Each is verified against the tree of this
 * process before it counts: a row that somebody has put into the table opens nothing.
 */
@Singleton
class StoredCosignatures implements Cosignatures {
    /** How often a waiting caller looks whether another replica has stored something. */
    private static final Duration POLL = Duration.ofMillis(100);

    private final Peers peers;
    private final CosignatureRows rows;
    private final Ledger ledger;
    private final Logs logs;
    private final Alarms alarms;
    private final Map<Origin, Published> newest = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stored = lock.newCondition();
    private long changes;
    private volatile boolean silent;

    StoredCosignatures(Peers peers, CosignatureRows rows, Ledger ledger, Logs logs, Alarms alarms) {
        this.peers = peers;
        this.rows = rows;
        this.ledger = ledger;
        this.logs = logs;
        this.alarms = alarms;
    }

    /** Where an event stands. */
    private record Place(Origin origin, long index) {}

    @Override
    public int quorum() {
        return peers.quorum();
    }

    @Override
    public boolean attainable() {
        return peers.attainable();
    }

    @Override
    public Optional<Published> newest(Origin origin) {
        refresh(origin);
        return Optional.ofNullable(newest.get(origin));
    }

    @Override
    public SignedNote cosigned(SignedNote note) {
        if (peers.all().isEmpty()) {
            return note;
        }
        String[] lines = note.text().split("\n", -1);
        return logs.all().stream()
                .filter(log -> log.origin().value().equals(lines[0]))
                .findFirst()
                .map(log -> with(note, verified(log, Decimal.parse(lines[1]))))
                .orElse(note);
    }

    @Override
    public boolean covers(EventId event) {
        return quorum() == 0 || place(event).filter(this::covered).isPresent();
    }

    @Override
    public boolean awaitQuorum(EventId event, Duration max) {
        if (quorum() == 0) {
            return true;
        }
        long deadline = System.nanoTime() + (attainable() && !silent ? max.toNanos() : 0);
        Optional<Place> place = Optional.empty();
        while (true) {
            place = place.or(() -> place(event));
            if (place.filter(this::covered).isPresent()) {
                return true;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0 || !pause(Math.min(left, POLL.toNanos()))) {
                silent = true;
                return false;
            }
        }
    }

    /** False when interrupted: then nobody waits any more. */
    private boolean pause(long nanos) {
        lock.lock();
        try {
            long seen = changes;
            long left = nanos;
            while (changes == seen && left > 0) {
                left = stored.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** The receipt says it; asking for one also makes a checkpoint follow soon. */
    private Optional<Place> place(EventId event) {
        return ledger.receipt(event).map(receipt -> {
            String checkpoint = TlogProof.parse(receipt.tlogProof()).note().text();
            return new Place(new Origin(checkpoint.substring(0, checkpoint.indexOf('\n'))), receipt.index());
        });
    }

    private boolean covered(Place place) {
        if (size(place.origin()) <= place.index()) {
            refresh(place.origin());
        }
        return size(place.origin()) > place.index();
    }

    /** The size of the newest checkpoint known to have a quorum. */
    long size(Origin origin) {
        return Optional.ofNullable(newest.get(origin))
                .map(published -> published.head().size())
                .orElse(-1L);
    }

    /** Stores what a witness has just said, which is verified already. */
    void keep(Origin origin, Published published, VerifierKey witness, SignedNote.Signature signature) {
        rows.insert(origin, published.head().size(), witness, signature);
        refresh(origin);
    }

    long largest(Origin origin, VerifierKey witness) {
        return log(origin)
                .map(log -> rows.largest(origin, published(log), witness).orElse(0))
                .orElse(0L);
    }

    private void refresh(Origin origin) {
        int enough = Math.max(1, quorum());
        log(origin)
                .ifPresent(log -> rows.largest(origin, new Sizes(size(origin), published(log)), keys(), enough)
                        .flatMap(size -> published(log, size, enough))
                        .ifPresent(published -> advance(origin, published)));
    }

    private Optional<PublishedLog> log(Origin origin) {
        return logs.all().stream().filter(log -> log.origin().equals(origin)).findFirst();
    }

    /** The size of the newest checkpoint. */
    private static long published(PublishedLog log) {
        return log.latest().map(now -> now.head().size()).orElse(0L);
    }

    private void advance(Origin origin, Published published) {
        newest.merge(
                origin,
                published,
                (old, next) -> next.head().size() > old.head().size() ? next : old);
        silent = false;
        lock.lock();
        try {
            changes++;
            stored.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The checkpoint of this size if enough cosignatures of it verify, with their lines. */
    private Optional<Published> published(PublishedLog log, long size, int enough) {
        List<SignedNote.Signature> lines = verified(log, size);
        if (lines.size() < enough) {
            return Optional.empty();
        }
        return rows.note(log.origin(), size)
                .map(note -> SignedNote.parse(note.getBytes(UTF_8)))
                .filter(note -> note.text().equals(text(log, size)))
                .map(note -> new Published(with(note, lines), log.headAt(size)));
    }

    private List<SignedNote.Signature> verified(PublishedLog log, long size) {
        var values = rows.at(log.origin(), size, keys());
        String text = text(log, size);
        var lines = new ArrayList<SignedNote.Signature>();
        for (Peer peer : peers.all()) {
            Optional.ofNullable(values.get(peer.key().toString())).ifPresent(value -> {
                var line = new SignedNote.Signature(peer.name(), value);
                if (WitnessClient.verifies(peer.key(), text, line)) {
                    lines.add(line);
                } else {
                    alarms.raise(peer.name(), Alarms.Kind.TABLE);
                }
            });
        }
        return lines;
    }

    private static String text(PublishedLog log, long size) {
        return new Checkpoint(log.origin(), log.headAt(size)).text();
    }

    private static SignedNote with(SignedNote note, List<SignedNote.Signature> lines) {
        var all = new ArrayList<>(note.signatures());
        all.addAll(lines);
        return new SignedNote(note.text(), all);
    }

    private List<VerifierKey> keys() {
        return peers.all().stream().map(Peer::key).toList();
    }
}
