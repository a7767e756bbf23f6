package io.tamis.log;

import io.tamis.data.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The right edge of a tiled tree: of each level the hashes that do not fill a tile yet, {@code floor(size / 256^l) mod
 * 256} of them (C2SP tlog-tiles, "Partial Tiles"). Immutable: growing gives another edge, and readers of this one are not
 * disturbed.
 */
final class TreeEdge {
    static final TreeEdge EMPTY = new TreeEdge(0, List.of());

    private final long size;
    private final List<byte[]> levels;

    private TreeEdge(long size, List<byte[]> levels) {
        this.size = size;
        this.levels = levels;
    }

    long size() {
        return size;
    }

    /** The hashes of a level that fill no tile yet, one after another; nobody changes them. */
    byte[] partial(int level) {
        return level < levels.size() ? levels.get(level) : new byte[0];
    }

    /** An edge, and the tiles that were filled on the way to it, in the order in which they were. */
    record Grown(TreeEdge edge, List<FullTile> tiles) {}

    /** This edge with further leaves. */
    Grown with(List<Hash> leaves) {
        var growth = new Growth();
        for (Hash leaf : leaves) {
            growth.add(0, leaf.bytes());
        }
        return growth.done(Math.addExact(size, leaves.size()));
    }

    /** This edge of a tree whose level 0 is complete, with further full tiles' roots at a level: how a tree is opened. */
    static TreeEdge of(long size, List<byte[]> levels) {
        return new TreeEdge(size, List.copyOf(levels));
    }

    /** The levels while they grow; those that no leaf reaches are shared with the edge they come from. */
    private final class Growth {
        private final NodeHasher hasher = new NodeHasher();
        private final List<byte[]> open = new ArrayList<>();
        private final int[] widths = new int[TileId.LEVEL_MAX + 1];
        private final List<FullTile> tiles = new ArrayList<>();
        // Not taken from the leaves counted: a level above has grown by full tiles only.
        private final long[] full = new long[TileId.LEVEL_MAX + 1];

        void add(int level, byte[] hash) {
            byte[] hashes = open(level);
            System.arraycopy(hash, 0, hashes, widths[level] * Hash.LENGTH, Hash.LENGTH);
            widths[level]++;
            if (widths[level] == TileId.WIDTH) {
                tiles.add(new FullTile(new TileId(level, full[level]), hashes));
                full[level]++;
                widths[level] = 0;
                add(level + 1, hasher.root(hashes, 0, TileId.WIDTH).bytes());
            }
        }

        private byte[] open(int level) {
            while (open.size() <= level) {
                int next = open.size();
                byte[] before = partial(next);
                widths[next] = before.length / Hash.LENGTH;
                full[next] = size >> (TileId.HEIGHT * (next + 1));
                open.add(Arrays.copyOf(before, TileId.WIDTH * Hash.LENGTH));
            }
            return open.get(level);
        }

        Grown done(long grownSize) {
            var after = new ArrayList<byte[]>();
            for (int level = 0; level < open.size(); level++) {
                after.add(Arrays.copyOf(open.get(level), widths[level] * Hash.LENGTH));
            }
            for (int level = open.size(); level < levels.size(); level++) {
                after.add(levels.get(level));
            }
            return new Grown(new TreeEdge(grownSize, List.copyOf(after)), List.copyOf(tiles));
        }
    }
}
