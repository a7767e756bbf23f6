package io.tamis.ledger;

import io.tamis.data.Code;
import io.tamis.log.Origin;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The logs as this process sees them, one a year. */
@Singleton
final class Shards implements Logs {
    private final Jdbi jdbi;
    private final LogNames names;
    private final LogSigners signers;
    private final TileCache cache;
    private final Pulse pulse;
    private final ConcurrentSkipListMap<Short, Shard> shards = new ConcurrentSkipListMap<>();

    Shards(Jdbi jdbi, LogNames names, LogSigners signers, TileCache cache, Pulse pulse) {
        this.jdbi = jdbi;
        this.names = names;
        this.signers = signers;
        this.cache = cache;
        this.pulse = pulse;
        jdbi.useHandle(this::refresh);
    }

    @Override
    public Shard open() {
        return shards.lastEntry().getValue();
    }

    @Override
    public List<PublishedLog> all() {
        return List.copyOf(shards.values());
    }

    @Override
    public boolean leading() {
        return pulse.leading();
    }

    /** All logs, oldest first. */
    List<Shard> shards() {
        return List.copyOf(shards.values());
    }

    /** The log with this number, of which this process has seen a row. */
    Shard of(short log) {
        return shards.computeIfAbsent(log, known -> shard(known, names.of(known)));
    }

    /** The log of this year, four digits; {@code NOT_FOUND} when there is none. */
    Shard ofYear(String year) {
        return shards.values().stream()
                .filter(shard -> Integer.toString(shard.year()).equals(year))
                .findFirst()
                .orElseThrow(() -> new LedgerException(Code.NOT_FOUND));
    }

    /** Learns of logs that have been opened since. */
    void refresh(Handle handle) {
        names.refresh(handle);
        LogHead.all(handle).forEach(head -> of(head.log()));
    }

    /** A log that is not there yet, for the transaction that opens it. */
    Shard shard(short log, Origin origin) {
        var tiles = new Tiles(jdbi, log, cache);
        return new Shard(
                log, origin, new LogTree(log, signers.verifierKeys(origin).getFirst(), tiles), jdbi, pulse);
    }
}
