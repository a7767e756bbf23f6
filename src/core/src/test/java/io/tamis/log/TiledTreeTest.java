package io.tamis.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The tiled tree against the definitions of the RFC for small sizes, and against the tree in memory past full tiles. */
class TiledTreeTest {
    private static final int NAIVE_MAX = 130;

    /** Past the first full tile of level 1, with a partial tile on each of three levels. */
    private static final int SIZE = 66_100;

    private static final List<Hash> LEAVES = NaiveTree.leaves(SIZE);
    private static final MerkleTree TWIN = new MerkleTree();
    private static final MemoryTiles TILES = new MemoryTiles();
    private static final TiledTree TREE = new TiledTree(TILES);

    /** Where tiles fill and levels begin. */
    private static final int[] BORDERS = {
        1, 2, 127, 128, 129, 255, 256, 257, 511, 512, 513, 4_096, 65_279, 65_280, 65_281, 65_535, 65_536, 65_537,
        65_792, 66_000, SIZE
    };

    @BeforeAll
    static void grow() {
        LEAVES.forEach(TWIN::append);
        var random = new SplittableRandom(11);
        for (int at = 0; at < SIZE; ) {
            int next = Math.min(SIZE, at + random.nextInt(0, 900));
            MemoryTiles.append(TREE, TILES, LEAVES.subList(at, next));
            at = next;
        }
    }

    @Test
    void proofs_everySizeUpTo130_equalTheNaiveOnes() {
        var tree = new TiledTree(tile -> Optional.empty());
        for (int size = 1; size <= NAIVE_MAX; size++) {
            tree.adopt(tree.stage(LEAVES.subList(size - 1, size)));
            var leaves = LEAVES.subList(0, size);
            assertEquals(new TreeHead(size, NaiveTree.root(leaves)), tree.head());
            assertEquals(tree.head(), TREE.head(size));
            for (int index = 0; index < size; index++) {
                assertEquals(NaiveTree.path(index, leaves), tree.inclusion(index, size));
                assertEquals(NaiveTree.path(index, leaves), TREE.inclusion(index, size));
                assertEquals(NaiveTree.consistency(index + 1, leaves), tree.consistency(index + 1, size));
                assertEquals(NaiveTree.consistency(index + 1, leaves), TREE.consistency(index + 1, size));
            }
        }
    }

    @Test
    void proofs_aroundFullTiles_equalThoseOfTheTreeInMemory() {
        for (int size : BORDERS) {
            var head = TREE.head(size);
            assertEquals(TWIN.head(size), head);
            for (int other : BORDERS) {
                if (other <= size) {
                    var path = TREE.inclusion(other - 1, size);
                    assertEquals(TWIN.inclusion(other - 1, size), path);
                    assertTrue(Proofs.verifyInclusion(LEAVES.get(other - 1), other - 1, path, head));
                    assertEquals(TWIN.consistency(other, size), TREE.consistency(other, size));
                }
            }
        }
    }

    @Test
    void proofs_randomPlaces_equalThoseOfTheTreeInMemory() {
        Samples.forAll(340_000, 3_000, seed -> new int[] {seed.nextInt(SIZE) + 1, seed.nextInt(SIZE) + 1}, pair -> {
            int size = Math.max(pair[0], pair[1]);
            int from = Math.min(pair[0], pair[1]);
            assertEquals(TWIN.head(size), TREE.head(size));
            assertEquals(TWIN.inclusion(from - 1, size), TREE.inclusion(from - 1, size));
            assertEquals(TWIN.consistency(from, size), TREE.consistency(from, size));
        });
    }

    /** Tile by tile what the specification says of a tile: the roots of 256^l leaves each. */
    @Test
    void tiles_everyOne_areTheRootsOfTheirSubtrees() {
        assertEquals(SIZE / 256 + SIZE / 65_536, TILES.stored.size());
        TILES.stored.forEach((id, hashes) -> {
            int span = 1 << (8 * id.level());
            for (int i = 0; i < 256; i++) {
                int begin = (int) (id.index() * 256 + i) * span;
                var expected = NaiveTree.root(LEAVES.subList(begin, begin + span));
                assertArrayEquals(expected.bytes(), Arrays.copyOfRange(hashes, 32 * i, 32 * i + 32));
            }
        });
    }

    /** The example of the specification: 70,000 leaves. Ours here has fewer, so widths are asked for of the ids alone. */
    @Test
    void widths_ofTheSizesOfTheSpecification_areTheOnesItNames() {
        assertEquals(256, new TileId(0, 272).widthIn(70_000));
        assertEquals(112, new TileId(0, 273).widthIn(70_000));
        assertEquals(0, new TileId(0, 274).widthIn(70_000));
        assertEquals(256, new TileId(1, 0).widthIn(70_000));
        assertEquals(17, new TileId(1, 1).widthIn(70_000));
        assertEquals(1, new TileId(2, 0).widthIn(70_000));
        assertEquals(0, new TileId(3, 0).widthIn(70_000));
        assertEquals(256, new TileId(0, 0).widthIn(256));
        assertEquals(1, new TileId(1, 0).widthIn(256));
        assertEquals(127, new TileId(7, 0).widthIn(Long.MAX_VALUE));
    }

    @Test
    void tile_ofAPublishedSize_isAPrefixOfTheLaterOne() {
        for (int size : BORDERS) {
            for (int level = 0; level <= 3; level++) {
                long index = (long) size >> (8 * (level + 1));
                var id = new TileId(level, index);
                int width = id.widthIn(size);
                if (width > 0) {
                    byte[] partial =
                            TREE.tile(new TilePath.Hashes(id, width), size).orElseThrow();
                    byte[] later = TREE.tile(new TilePath.Hashes(id, id.widthIn(SIZE)), SIZE)
                            .orElseThrow();
                    assertEquals(32 * width, partial.length);
                    assertArrayEquals(Arrays.copyOf(later, partial.length), partial);
                }
                if (width < 256) {
                    assertTrue(
                            TREE.tile(new TilePath.Hashes(id, width + 1), size).isEmpty());
                }
            }
        }
        assertTrue(TREE.tile(new TilePath.Hashes(new TileId(7, 0), 1), SIZE).isEmpty());
    }

    @Test
    void tile_changedByTheReader_staysWhatItIs() {
        var path = new TilePath.Hashes(new TileId(0, 0), 256);
        TREE.tile(path, SIZE).orElseThrow()[0] ^= 1;
        assertArrayEquals(
                LEAVES.getFirst().bytes(), Arrays.copyOf(TREE.tile(path, SIZE).orElseThrow(), 32));
    }

    @Test
    void open_atEverySize_isTheTreeThatGrew() {
        Samples.forAll(350_000, 40, seed -> seed.nextInt(SIZE + 1), size -> assertOpens(size));
        for (int size : BORDERS) {
            assertOpens(size);
        }
        assertOpens(0);
    }

    private static void assertOpens(int size) {
        var opened = TiledTree.open(size, LEAVES.subList(size - size % 256, size), TILES);
        assertEquals(TWIN.head(size), opened.head());
        var tiles = new MemoryTiles();
        tiles.stored.putAll(TILES.stored);
        int grown = Math.min(SIZE, size + 300);
        var batch = opened.stage(LEAVES.subList(size, grown));
        assertEquals(size, batch.first());
        assertEquals(TWIN.head(grown), batch.head());
        batch.tiles().forEach(tile -> assertArrayEquals(TILES.stored.get(tile.id()), tile.hashes()));
    }

    @Test
    void open_ofChangedLeavesOrTiles_hasAnotherRoot() {
        int size = 65_800;
        var newest = new ArrayList<>(LEAVES.subList(size - size % 256, size));
        newest.set(3, LEAVES.getFirst());
        assertFalse(TiledTree.open(size, newest, TILES).head().equals(TWIN.head(size)));
        byte[] changed = TILES.stored.get(new TileId(1, 0)).clone();
        changed[8_191] ^= 1;
        TileSource forged = tile -> tile.equals(new TileId(1, 0)) ? Optional.of(changed) : TILES.full(tile);
        var opened = TiledTree.open(size, LEAVES.subList(size - size % 256, size), forged);
        assertFalse(opened.head().equals(TWIN.head(size)));
    }

    /** What the tree trusts the source with: a changed tile gives a proof that does not verify, never a wrong yes. */
    @Test
    void inclusion_outOfAChangedTile_doesNotVerify() {
        Samples.forAll(360_000, 400, seed -> seed, seed -> {
            byte[] changed = TILES.stored.get(new TileId(0, 7)).clone();
            changed[seed.nextInt(changed.length)] ^= (byte) (1 << seed.nextInt(8));
            var tree = TiledTree.open(
                    SIZE,
                    LEAVES.subList(SIZE - SIZE % 256, SIZE),
                    tile -> tile.equals(new TileId(0, 7)) ? Optional.of(changed) : TILES.full(tile));
            int index = 7 * 256 + seed.nextInt(256);
            var path = tree.inclusion(index, SIZE);
            var own = Hash.of(Arrays.copyOfRange(changed, index % 256 * 32, index % 256 * 32 + 32));
            boolean untouched = own.equals(LEAVES.get(index));
            assertFalse(Proofs.verifyInclusion(own, index, path, TREE.head()) && !untouched);
            assertEquals(
                    path.equals(TREE.inclusion(index, SIZE)),
                    Proofs.verifyInclusion(LEAVES.get(index), index, path, TREE.head()));
        });
    }

    @Test
    void stage_withoutAdopting_changesNothing() {
        var tiles = new MemoryTiles();
        var tree = new TiledTree(tiles);
        MemoryTiles.append(tree, tiles, LEAVES.subList(0, 250));
        var head = tree.head();
        var lost = tree.stage(LEAVES.subList(300, 900));
        assertEquals(2 + 1, lost.tiles().size());
        assertEquals(850, lost.head().size());
        assertEquals(head, tree.head());
        MemoryTiles.append(tree, tiles, LEAVES.subList(250, 700));
        assertEquals(TWIN.head(700), tree.head());
        assertEquals(TWIN.inclusion(255, 700), tree.inclusion(255, 700));
    }

    @Test
    void adopt_ofABatchStagedBeforeAnother_isRefused() {
        var tree = new TiledTree(tile -> Optional.empty());
        var late = tree.stage(LEAVES.subList(0, 3));
        var first = tree.stage(LEAVES.subList(0, 2));
        tree.adopt(first);
        assertEquals(
                Code.STATE_CONFLICT,
                assertThrows(LogException.class, () -> tree.adopt(late)).code());
        assertThrows(LogException.class, () -> tree.adopt(first));
        assertEquals(2, tree.size());
    }

    @Test
    void stage_ofNothing_isTheSameHead() {
        assertEquals(TREE.head(), TREE.stage(List.of()).head());
        assertEquals(List.of(), TREE.stage(List.of()).tiles());
        assertEquals(TreeHead.EMPTY, new TiledTree(tile -> Optional.empty()).head());
    }

    @Test
    void proofs_withoutATile_areUnavailable() {
        for (byte[] damaged : new byte[][] {{}, new byte[8_191], new byte[8_193]}) {
            var tree = TiledTree.open(300, LEAVES.subList(256, 300), TILES);
            var broken = new TiledTree(tile -> Optional.of(damaged));
            broken.adopt(broken.stage(LEAVES.subList(0, 300)));
            assertEquals(tree.head(), broken.head());
            assertUnavailable(() -> broken.inclusion(5, 300));
            assertUnavailable(() -> TiledTree.open(256, List.of(), tile -> Optional.of(damaged)));
        }
        assertUnavailable(() -> TiledTree.open(256, List.of(), tile -> Optional.empty()));
    }

    private static void assertUnavailable(Executable question) {
        assertEquals(
                Code.LEDGER_UNAVAILABLE,
                assertThrows(LogException.class, question).code());
    }

    /** At most two tiles a level: a proof of a cold log costs a handful of rows, whatever its size. */
    @Test
    void inclusion_ofAnyLeaf_asksForFewTiles() {
        Samples.forAll(370_000, 500, seed -> seed.nextInt(SIZE), index -> {
            var tiles = new MemoryTiles();
            tiles.stored.putAll(TILES.stored);
            var tree = TiledTree.open(SIZE, LEAVES.subList(SIZE - SIZE % 256, SIZE), tiles);
            tiles.asked = 0;
            tree.inclusion(index, SIZE);
            assertTrue(tiles.asked <= 2 * 2, () -> "asked " + tiles.asked);
        });
    }

    @Test
    void questions_outsideTheTree_areRefused() {
        var none = new TilePath.Hashes(new TileId(0, 0), 1);
        assertThrows(LogException.class, () -> TREE.head(SIZE + 1));
        assertThrows(LogException.class, () -> TREE.head(-1));
        assertThrows(LogException.class, () -> TREE.inclusion(3, 3));
        assertThrows(LogException.class, () -> TREE.inclusion(-1, 3));
        assertThrows(LogException.class, () -> TREE.inclusion(0, SIZE + 1));
        assertThrows(LogException.class, () -> TREE.consistency(0, 3));
        assertThrows(LogException.class, () -> TREE.consistency(4, 3));
        assertThrows(LogException.class, () -> TREE.consistency(1, SIZE + 1));
        assertThrows(LogException.class, () -> TREE.tile(none, SIZE + 1));
        assertThrows(LogException.class, () -> TREE.tile(none, -1));
        assertThrows(LogException.class, () -> TiledTree.open(-1, List.of(), TILES));
        assertThrows(LogException.class, () -> TiledTree.open(3, LEAVES.subList(0, 2), TILES));
        assertThrows(LogException.class, () -> TiledTree.open(256, LEAVES.subList(0, 256), TILES));
    }
}
