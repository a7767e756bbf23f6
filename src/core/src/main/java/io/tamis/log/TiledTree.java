package io.tamis.log;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The Merkle tree of RFC 6962 section 2.1 over tiles (C2SP tlog-tiles): full tiles come from a {@link TileSource}, the
 * right edge, at most 255 hashes a level, is in memory. Proofs and heads of the present and all earlier sizes; each reads
 * at most two tiles a level.
 *
 * <p>To append: {@link #stage} a batch, store its full tiles and its leaves, and {@link #adopt} it when that has committed.
 * Until then nothing here has changed, so a failed commit leaves nothing to undo. Batches are staged and adopted by one
 * thread at a time; everything else is safe beside it and waits for nothing but the source.
 *
 * <p>Assumes SHA-256 to be collision resistant: then a root fixes all leaves and their order. NOT promised: that the
 * source gives what was stored. Tiles are not checked when they are read; a proof out of a changed tile does not verify,
 * so whoever hands one out verifies it first.
 */
public final class TiledTree {
    private final TileSource source;
    private volatile Present present;

    /** An edge and its head, which belong together. */
    private record Present(TreeEdge edge, TreeHead head) {}

    /** The tree without leaves. */
    public TiledTree(TileSource source) {
        this(source, TreeEdge.EMPTY);
    }

    private TiledTree(TileSource source, TreeEdge edge) {
        this.source = Objects.requireNonNull(source);
        this.present = new Present(edge, headOf(edge));
    }

    /**
     * The tree of so many leaves, whose full tiles are in the source: reads up to 255 tiles a level. {@code newest} are the
     * last {@code size mod 256} leaves. The caller compares {@link #head} with the one it stored; another root means that
     * leaves or tiles have been changed. {@code LEDGER_UNAVAILABLE} when a tile is not there.
     */
    public static TiledTree open(long size, List<Hash> newest, TileSource source) {
        if (size < 0 || newest.size() != size % TileId.WIDTH) {
            throw LogException.malformed();
        }
        var levels = new ArrayList<byte[]>();
        levels.add(joined(newest));
        var hasher = new NodeHasher();
        for (long tiles = size >> TileId.HEIGHT; tiles > 0; tiles >>= TileId.HEIGHT) {
            int below = levels.size() - 1;
            var roots = new ArrayList<Hash>();
            for (long tile = tiles - tiles % TileId.WIDTH; tile < tiles; tile++) {
                roots.add(hasher.root(full(source, new TileId(below, tile)), 0, TileId.WIDTH));
            }
            levels.add(joined(roots));
        }
        return new TiledTree(source, TreeEdge.of(size, levels));
    }

    /** How many leaves. */
    public long size() {
        return present.edge().size();
    }

    /** The head now. */
    public TreeHead head() {
        return present.head();
    }

    /** The head when the tree had this many leaves. */
    public TreeHead head(long atSize) {
        return proofs(atSize).head(atSize);
    }

    /** The inclusion proof of a leaf in the tree of this size: hashes from the leaf's sibling up to the root's child. */
    public List<Hash> inclusion(long index, long atSize) {
        return proofs(atSize).inclusion(index, atSize);
    }

    /** The consistency proof between two sizes, 0 &lt; from &lt;= to. */
    public List<Hash> consistency(long from, long to) {
        return proofs(to).consistency(from, to);
    }

    /**
     * The bytes of a tile, or of its first hashes, of the tree of this size; empty when that tree has fewer. What is
     * given never changes, so it may be cached for ever.
     */
    public Optional<byte[]> tile(TilePath.Hashes path, long atSize) {
        var edge = present.edge();
        requireSize(atSize, edge);
        if (path.tile().widthIn(atSize) < path.width()) {
            return Optional.empty();
        }
        byte[] hashes = new Tiles(edge).hashes(path.tile());
        return Optional.of(Arrays.copyOf(hashes, path.width() * Hash.LENGTH));
    }

    /** What these leaves would make of the tree. */
    public Batch stage(List<Hash> leaves) {
        var before = present;
        var grown = before.edge().with(leaves);
        return new Batch(before, new Present(grown.edge(), headOf(grown.edge())), grown.tiles());
    }

    /**
     * Makes a staged batch part of the tree, after its tiles can be read from the source. A batch staged before another
     * one was adopted is refused: its leaves would stand in the place of others.
     */
    public synchronized void adopt(Batch batch) {
        if (!batch.before.head().equals(present.head())) {
            throw new LogException(Code.STATE_CONFLICT);
        }
        present = batch.after;
    }

    /** Leaves that are not in the tree yet. */
    public static final class Batch {
        private final Present before;
        private final Present after;
        private final List<FullTile> tiles;

        private Batch(Present before, Present after, List<FullTile> tiles) {
            this.before = before;
            this.after = after;
            this.tiles = tiles;
        }

        /** The index of its first leaf. */
        public long first() {
            return before.edge().size();
        }

        /** The head with these leaves. */
        public TreeHead head() {
            return after.head();
        }

        /** The tiles they fill: to be stored together with them. */
        public List<FullTile> tiles() {
            return tiles;
        }
    }

    private TreeProofs proofs(long atSize) {
        var edge = present.edge();
        requireSize(atSize, edge);
        return new TreeProofs(new Tiles(edge));
    }

    /** A tree's nodes for one question, by one thread: a tile that has been read is not read again. */
    private final class Tiles implements Nodes {
        private final TreeEdge edge;
        private final NodeHasher hasher = new NodeHasher();
        private final Map<TileId, byte[]> read = new HashMap<>();

        Tiles(TreeEdge edge) {
            this.edge = edge;
        }

        @Override
        public Hash node(int height, long index) {
            int level = height / TileId.HEIGHT;
            int hashes = 1 << height % TileId.HEIGHT;
            long first = index * hashes;
            byte[] tile = hashes(new TileId(level, first / TileId.WIDTH));
            return hasher.root(tile, (int) (first % TileId.WIDTH) * Hash.LENGTH, hashes);
        }

        byte[] hashes(TileId tile) {
            return tile.widthIn(edge.size()) < TileId.WIDTH
                    ? edge.partial(tile.level())
                    : read.computeIfAbsent(tile, absent -> full(source, absent));
        }
    }

    /**
     * The hashes of the edge are the roots of full subtrees, ever smaller from left to right: a level's hashes come before
     * those of the levels below it.
     */
    private static TreeHead headOf(TreeEdge edge) {
        return new TreeProofs((height, index) -> {
                    int level = height / TileId.HEIGHT;
                    int hashes = 1 << height % TileId.HEIGHT;
                    int first = (int) (index * hashes % TileId.WIDTH);
                    return new NodeHasher().root(edge.partial(level), first * Hash.LENGTH, hashes);
                })
                .head(edge.size());
    }

    private static byte[] full(TileSource source, TileId tile) {
        return source.full(tile)
                .filter(bytes -> bytes.length == TileId.WIDTH * Hash.LENGTH)
                .orElseThrow(() -> new LogException(Code.LEDGER_UNAVAILABLE));
    }

    private static byte[] joined(List<Hash> hashes) {
        var joined = new byte[hashes.size() * Hash.LENGTH];
        for (int i = 0; i < hashes.size(); i++) {
            System.arraycopy(hashes.get(i).bytes(), 0, joined, i * Hash.LENGTH, Hash.LENGTH);
        }
        return joined;
    }

    private static void requireSize(long atSize, TreeEdge edge) {
        if (atSize < 0 || atSize > edge.size()) {
            throw LogException.malformed();
        }
    }
}
