package io.tamis.log;

/**
 * The place of a tile (C2SP tlog-tiles): the hashes {@code 256 * index .. 256 * index + 255} of a level. Level 0 has the
 * leaves; a hash of level {@code l + 1} is the root of a full tile of level {@code l}.
 */
public record TileId(int level, long index) implements Comparable<TileId> {
    /** Hashes in a full tile. */
    public static final int WIDTH = 256;

    /** Highest level: a tree has fewer than 2^63 leaves, so the one tile of this level never fills. */
    public static final int LEVEL_MAX = 7;

    /** Tree levels between two tile levels: 2^8 hashes become one. */
    static final int HEIGHT = 8;

    public TileId {
        if (level < 0 || level > LEVEL_MAX || index < 0 || index > indexMax(level)) {
            throw LogException.malformed();
        }
    }

    /** How many hashes of this tile a tree of so many leaves has: 0 when there is no such tile, 256 when it is full. */
    public int widthIn(long size) {
        long hashes = size >> (HEIGHT * level);
        return (int) Math.min(WIDTH, Math.max(0, hashes - index * WIDTH));
    }

    private static long indexMax(int level) {
        return level == LEVEL_MAX ? 0 : (1L << (Long.SIZE - 1 - HEIGHT * (level + 1))) - 1;
    }

    @Override
    public int compareTo(TileId other) {
        return level == other.level ? Long.compare(index, other.index) : Integer.compare(level, other.level);
    }
}
