package io.tamis.log;

import java.util.Optional;

/** Where full tiles are kept. Called by every thread that asks the tree for something; an answer may come from a cache. */
@FunctionalInterface
public interface TileSource {
    /**
     * The 8,192 bytes of a full tile, which the caller does not change; empty when it is not there. The tree takes empty,
     * or another length, as damage: it asks only for tiles that have been adopted.
     */
    Optional<byte[]> full(TileId tile);
}
