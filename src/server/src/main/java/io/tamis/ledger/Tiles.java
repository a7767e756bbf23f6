package io.tamis.ledger;

import io.tamis.data.Hash;
import io.tamis.log.FullTile;
import io.tamis.log.TileId;
import io.tamis.log.TileSource;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The full tiles of a log: rows that are written once, in the transaction that fills them, and never updated or deleted, before a
 * cache of the most recently used. A row is read over a connection of its own, so nobody asks for a proof while holding one.
 */
final class Tiles implements TileSource {
    /** Hashes in a full tile. */
    static final int WIDTH = TileId.WIDTH;

    private static final String COPY = "COPY ledger_tile (log_id, level, idx, data) FROM STDIN (FORMAT BINARY)";

    /** What a row has beside its hashes, generously. */
    private static final int ROW_BYTES = 64;

    private final Jdbi jdbi;
    private final short log;
    private final TileCache cache;

    Tiles(Jdbi jdbi, short log, TileCache cache) {
        this.jdbi = jdbi;
        this.log = log;
        this.cache = cache;
    }

    @Override
    public Optional<byte[]> full(TileId tile) {
        var known = cache.get(log, tile);
        if (known.isPresent()) {
            return known;
        }
        var read = jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT data FROM ledger_tile WHERE log_id = :log AND level = :level AND idx = :index")
                .bind("log", log)
                .bind("level", tile.level())
                .bind("index", tile.index())
                .mapTo(byte[].class)
                .findOne());
        read.ifPresent(hashes -> cache.put(log, tile, hashes));
        return read;
    }

    /** Reads the tiles at the right of a tree of this size, up to 255 a level, with one statement a level. */
    void readAhead(Handle handle, long size) {
        int level = 0;
        for (long count = size / WIDTH; count > 0; count /= WIDTH) {
            int of = level++;
            handle.createQuery(
                            "SELECT idx, data FROM ledger_tile WHERE log_id = :log AND level = :level AND idx >= :first AND idx < :end")
                    .bind("log", log)
                    .bind("level", of)
                    .bind("first", count - count % WIDTH)
                    .bind("end", count)
                    .map((row, context) -> Map.entry(new TileId(of, row.getLong("idx")), row.getBytes("data")))
                    .forEach(tile -> cache.put(log, tile.getKey(), tile.getValue()));
        }
    }

    /** Writes tiles that have become full. */
    void insertAll(Handle tx, List<FullTile> tiles) {
        if (tiles.isEmpty()) {
            return;
        }
        var rows = new CopyRows((tiles.size() + 1) * (WIDTH * Hash.LENGTH + ROW_BYTES));
        for (var tile : tiles) {
            rows.row(4)
                    .smallint(log)
                    .smallint((short) tile.id().level())
                    .bigint(tile.id().index())
                    .bytes(tile.hashes());
        }
        try {
            rows.send(tx.getConnection(), COPY);
        } catch (SQLException failed) {
            throw new ConnectionException(failed);
        }
    }

    /** True when there is a tile at all: a log of an earlier version has none, and gets them when it is opened. */
    boolean none(Handle handle) {
        return handle.createQuery("SELECT NOT EXISTS (SELECT 1 FROM ledger_tile WHERE log_id = :log)")
                .bind("log", log)
                .mapTo(Boolean.class)
                .one();
    }

    /** Keeps tiles that have just been written: what is new is asked for most. */
    void keep(List<FullTile> tiles) {
        tiles.forEach(tile -> cache.put(log, tile.id(), tile.hashes()));
    }

    /** Reads everything anew from now on. */
    void forget() {
        cache.clear();
    }
}
