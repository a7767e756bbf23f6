package io.tamis.ledger;

import io.tamis.data.Hash;
import io.tamis.log.TiledTree;
import java.util.ArrayList;
import org.jdbi.v3.core.Handle;

/** Writes the tiles of a log that an earlier version wrote without any; its holder does so once, before it leads. */
final class TileBackfill {
    private static final int LEAVES_PER_STEP = Tiles.WIDTH * 64;

    private TileBackfill() {}

    /** All tiles of a log, in one transaction, if it has none. What they are worth its root tells afterwards. */
    static void run(Handle handle, LogHead head, Tiles tiles) {
        long size = head.tree().size();
        if (size < Tiles.WIDTH || !tiles.none(handle)) {
            return;
        }
        handle.useTransaction(tx -> {
            var tree = new TiledTree(tiles);
            for (long from = 0; from < size; from += LEAVES_PER_STEP) {
                var leaves = new ArrayList<Hash>();
                EntryRows.leaves(tx, head.log(), from, Math.min(size, from + LEAVES_PER_STEP), leaves::add);
                var staged = tree.stage(leaves);
                tiles.insertAll(tx, staged.tiles());
                tree.adopt(staged);
            }
        });
    }
}
