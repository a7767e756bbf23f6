package io.tamis.log;

import java.util.Objects;

/**
 * What comes after {@code tile/} in a log's addresses (C2SP tlog-tiles): {@code <L>/<N>[.p/<W>]} for hashes, {@code
 * entries/<N>[.p/<W>]} for the entries below the tile of level 0. N is cut into groups of three digits, all but the last
 * with an {@code x}: {@code x001/x234/067}. Each resource has one spelling; every other is refused.
 */
public sealed interface TilePath {
    /** A tile of hashes, or its first {@code width} hashes. */
    record Hashes(TileId tile, int width) implements TilePath {
        public Hashes {
            Objects.requireNonNull(tile);
            TileText.requireWidth(width);
        }

        @Override
        public String text() {
            return tile.level() + "/" + TileText.number(tile.index(), width);
        }
    }

    /** The entries of a tile of level 0, or the first {@code width} of them. */
    record Entries(TileId tile, int width) implements TilePath {
        public Entries {
            TileText.requireWidth(width);
            if (tile.level() != 0) {
                throw LogException.malformed();
            }
        }

        @Override
        public String text() {
            return TileText.ENTRIES + "/" + TileText.number(tile.index(), width);
        }
    }

    /** The tile. */
    TileId tile();

    /** 256 for the whole tile, else how many of its first hashes or entries: 1..255. */
    int width();

    /** The path. */
    String text();

    /** Reads a path; {@code INVALID_REQUEST} for any other spelling and for a tile that no tree can have. */
    static TilePath parse(String path) {
        return TileText.parse(path);
    }
}
