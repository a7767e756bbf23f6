package io.tamis.log;

import io.tamis.data.Hash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Full tiles in a map: what a database is to the tree. Counts how often it is asked. */
final class MemoryTiles implements TileSource {
    final Map<TileId, byte[]> stored = new HashMap<>();
    int asked;

    @Override
    public Optional<byte[]> full(TileId tile) {
        asked++;
        return Optional.ofNullable(stored.get(tile));
    }

    /** What a writer does: stores the tiles once, then makes the batch part of the tree. */
    static void append(TiledTree tree, MemoryTiles tiles, List<Hash> leaves) {
        var batch = tree.stage(leaves);
        batch.tiles().forEach(tile -> {
            if (tiles.stored.put(tile.id(), tile.hashes()) != null) {
                throw new AssertionError("a tile was filled twice");
            }
        });
        tree.adopt(batch);
    }
}
