package io.tamis.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TilePathTest {
    /** The example of C2SP tlog-tiles, "Merkle Tree", and what follows from its rules. */
    @Test
    void text_ofIndices_isInGroupsOfThreeDigits() {
        assertEquals("0/x001/x234/067", new TilePath.Hashes(new TileId(0, 1_234_067), 256).text());
        assertEquals("0/000", new TilePath.Hashes(new TileId(0, 0), 256).text());
        assertEquals("1/017.p/112", new TilePath.Hashes(new TileId(1, 17), 112).text());
        assertEquals("2/x001/000", new TilePath.Hashes(new TileId(2, 1000), 256).text());
        assertEquals("entries/x001/x234/067.p/1", new TilePath.Entries(new TileId(0, 1_234_067), 1).text());
        assertEquals("7/000.p/127", new TilePath.Hashes(new TileId(7, 0), 127).text());
        assertEquals(
                "entries/x036/x028/x797/x018/x963/967",
                new TilePath.Entries(new TileId(0, (1L << 55) - 1), 256).text());
    }

    @Test
    void parse_ofAnyPath_givesWhatWasWritten() {
        Samples.forAll(
                380_000,
                2_000,
                seed -> {
                    int level = seed.nextInt(8);
                    long indexMax = level == 7 ? 0 : (1L << (63 - 8 * (level + 1))) - 1;
                    var tile = new TileId(level, indexMax == 0 ? 0 : seed.nextLong(indexMax + 1));
                    int width = seed.nextBoolean() ? 256 : seed.nextInt(1, 256);
                    return level == 0 && seed.nextBoolean()
                            ? new TilePath.Entries(tile, width)
                            : new TilePath.Hashes(tile, width);
                },
                path -> assertEquals(path, TilePath.parse(path.text())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "0",
                "0/",
                "0/0",
                "0/00",
                "0/0000",
                "00/000",
                "01/000",
                "-1/000",
                "+0/000",
                "8/000",
                "63/000",
                "64/000",
                "0/x000/001",
                "0/001/234",
                "0/x001/x234",
                "0/x001/x234/x067",
                "0/x1/234",
                "0/X001/234",
                "0/x001//234",
                "0/x001/234/",
                "/0/000",
                "0/000.p",
                "0/000.p/",
                "0/000.p/0",
                "0/000.p/00",
                "0/000.p/01",
                "0/000.p/256",
                "0/000.p/257",
                "0/000.p/-1",
                "0/000.p/1/",
                "0/000.p/1.p/1",
                "0/000p/1",
                "0/000 ",
                " 0/000",
                "0/000\n",
                "0/\u0660\u0660\u0660",
                "\u0660/000",
                "entries",
                "entries/",
                "entries/0",
                "entries/x000/001",
                "Entries/000",
                "0/../000",
                "0/%30%30%30",
                "7/001",
                "6/128",
                "0/x036/x028/x797/x018/x963/968",
                "0/x999/x999/x999/x999/x999/999",
                "0/x001/x000/x000/x000/x000/x000/000"
            })
    void parse_ofAnotherSpelling_isRefused(String path) {
        assertThrows(LogException.class, () -> TilePath.parse(path));
    }

    /** No two spellings of one resource: a cache in front could else keep one and not know the other. */
    @Test
    void parse_ofMutatedPaths_isCanonicalOrRefused() {
        Samples.forAll(
                390_000,
                20_000,
                seed -> {
                    var path = new StringBuilder("0/x001/x234/067.p/25");
                    for (int i = seed.nextInt(1, 3); i > 0; i--) {
                        path.setCharAt(seed.nextInt(path.length()), "0123456789x/.pe".charAt(seed.nextInt(15)));
                    }
                    return path.toString();
                },
                path -> {
                    try {
                        assertEquals(path, TilePath.parse(path).text());
                    } catch (LogException refused) {
                        assertTrue(refused.getMessage() != null);
                    }
                });
    }

    @Test
    void tilePath_ofWidthsAndLevelsThereAreNot_isRefused() {
        var tile = new TileId(0, 0);
        assertThrows(LogException.class, () -> new TilePath.Hashes(tile, 0));
        assertThrows(LogException.class, () -> new TilePath.Hashes(tile, 257));
        assertThrows(LogException.class, () -> new TilePath.Entries(tile, 0));
        assertThrows(LogException.class, () -> new TilePath.Entries(new TileId(1, 0), 1));
        assertThrows(LogException.class, () -> new TileId(-1, 0));
        assertThrows(LogException.class, () -> new TileId(8, 0));
        assertThrows(LogException.class, () -> new TileId(0, -1));
        assertThrows(LogException.class, () -> new TileId(0, 1L << 55));
    }

    @Test
    void compareTo_ofTiles_goesByLevelThenIndex() {
        assertTrue(new TileId(0, 9).compareTo(new TileId(1, 0)) < 0);
        assertTrue(new TileId(1, 1).compareTo(new TileId(1, 0)) > 0);
        assertEquals(0, new TileId(1, 1).compareTo(new TileId(1, 1)));
    }
}
