package io.tamis.ledger;

import io.tamis.data.Hash;
import io.tamis.log.TileId;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The most recently used full tiles of all logs, 64 MiB of them. What it gives nobody changes. */
@Singleton
final class TileCache {
    /** Tiles kept in memory. */
    static final int TILES_MAX = (64 << 20) / (TileId.WIDTH * Hash.LENGTH);

    private final Map<Key, byte[]> tiles = new LinkedHashMap<>(TILES_MAX, 0.75f, true);

    private record Key(short log, TileId tile) {}

    synchronized Optional<byte[]> get(short log, TileId tile) {
        return Optional.ofNullable(tiles.get(new Key(log, tile)));
    }

    synchronized void put(short log, TileId tile, byte[] hashes) {
        tiles.put(new Key(log, tile), hashes);
        if (tiles.size() > TILES_MAX) {
            tiles.remove(tiles.keySet().iterator().next());
        }
    }

    /** Drops everything: from now on rows are read anew. */
    synchronized void clear() {
        tiles.clear();
    }
}
