package io.tamis.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntryBundleTest {
    private static final List<LogEntry> ENTRIES = IntStream.range(0, 257)
            .mapToObj(i -> LogEntry.of(Fixtures.salt(i), Fixtures.event(i)))
            .toList();

    @Test
    void bytes_ofEntries_areTheirLengthsAndThey() {
        byte[] bundle = new EntryBundle(ENTRIES.subList(0, 2)).bytes();
        assertEquals(2 * 51, bundle.length);
        assertEquals("0031", HexFormat.of().formatHex(bundle, 0, 2));
        assertArrayEquals(ENTRIES.get(0).bytes(), Arrays.copyOfRange(bundle, 2, 51));
        assertEquals("0031", HexFormat.of().formatHex(bundle, 51, 53));
        assertArrayEquals(ENTRIES.get(1).bytes(), Arrays.copyOfRange(bundle, 53, 102));
    }

    @Test
    void parse_ofABundle_givesItsEntriesAndTheTileAboveIt() {
        for (int width : new int[] {1, 2, 255, 256}) {
            var bundle = new EntryBundle(ENTRIES.subList(0, width));
            assertEquals(bundle, EntryBundle.parse(bundle.bytes()));
            var tree = new TiledTree(tile -> Optional.empty());
            var batch = tree.stage(bundle.leaves());
            assertEquals(width / 256, batch.tiles().size());
            assertEquals(NaiveTree.root(bundle.leaves()), batch.head().root());
        }
        assertEquals(EntryBundle.BYTES_MAX, new EntryBundle(ENTRIES.subList(0, 256)).bytes().length);
    }

    @Test
    void parse_ofTooManyTooFewOrOtherBytes_isRefused() {
        byte[] bundle = new EntryBundle(ENTRIES.subList(0, 3)).bytes();
        for (int length = 0; length < bundle.length; length++) {
            if (length % 51 != 0 || length == 0) {
                byte[] shorter = Arrays.copyOf(bundle, length);
                assertThrows(LogException.class, () -> EntryBundle.parse(shorter));
            }
        }
        for (int at : new int[] {0, 1, 2, 51, 52, 53}) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = Fixtures.flipped(bundle, 8 * at + bit);
                assertThrows(LogException.class, () -> EntryBundle.parse(flipped));
            }
        }
        byte[] tooLong = Arrays.copyOf(new EntryBundle(ENTRIES.subList(0, 256)).bytes(), 257 * 51);
        System.arraycopy(bundle, 0, tooLong, 256 * 51, 51);
        assertThrows(LogException.class, () -> EntryBundle.parse(tooLong));
    }

    @Test
    void entryBundle_ofNoneOrTooMany_isRefused() {
        assertThrows(LogException.class, () -> new EntryBundle(List.of()));
        assertThrows(LogException.class, () -> new EntryBundle(ENTRIES));
    }
}
