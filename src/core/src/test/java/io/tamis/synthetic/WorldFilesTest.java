package io.tamis.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.DataException;
import io.tamis.data.Hash;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorldFilesTest {
    private static final Seed SEED = new Seed(42);

    @TempDir
    private Path folder;

    private Path write(String name, long persons, int threads) throws IOException {
        Path out = Files.createDirectories(folder.resolve(name));
        WorldFiles.write(new World(SEED, persons), out, threads, done -> {});
        return out;
    }

    private static List<String> left(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** More threads than blocks, as many, and fewer; the last block is a short one. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 64})
    void write_byAnyNumberOfThreads_isTheSameBytes(int threads) throws IOException {
        Path one = write("one", 20_001, 1);
        Path many = write("many", 20_001, threads);
        for (String name : WorldFiles.names()) {
            assertArrayEquals(Files.readAllBytes(one.resolve(name)), Files.readAllBytes(many.resolve(name)), name);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 777, 4_096, 4_097})
    void write_ofASmallWorld_isTheBeginningOfALargeOne(long persons) throws IOException {
        Path small = write("small", persons, 2);
        Path large = write("large", 9_000, 2);
        for (Table table : Table.values()) {
            byte[] first = Files.readAllBytes(small.resolve(table.file()));
            byte[] all = Files.readAllBytes(large.resolve(table.file()));
            assertTrue(first.length < all.length);
            assertArrayEquals(first, java.util.Arrays.copyOf(all, first.length), table.file());
        }
    }

    @Test
    void sums_ofTheFiles_holdInTheFormOfSha256sum() throws IOException {
        Path out = write("w", 500, 2);
        List<String> lines = Files.readAllLines(out.resolve("SHA256SUMS"));
        assertEquals(9, lines.size());
        for (String line : lines) {
            assertTrue(line.matches("[0-9a-f]{64}  [a-z.-]+"), line);
            byte[] bytes = Files.readAllBytes(out.resolve(line.substring(66)));
            assertEquals(Hash.sha256(bytes).hex(), line.substring(0, 64), line);
        }
    }

    @Test
    void written_saysRowsBytesAndSums() throws IOException {
        Path out = Files.createDirectory(folder.resolve("w"));
        var written = WorldFiles.write(new World(SEED, 500), out, 2, done -> {});
        long rows = 0;
        long bytes = 0;
        for (String name : WorldFiles.names()) {
            bytes += Files.size(out.resolve(name));
            rows += name.endsWith(".csv")
                    ? Files.readAllLines(out.resolve(name)).size() - 1
                    : 0;
        }
        assertEquals(rows, written.rows());
        assertEquals(bytes, written.bytes());
        assertEquals(Hash.sha256(Files.readAllBytes(out.resolve("SHA256SUMS"))), written.sums());
    }

    @Test
    void bytesAbout_isALittleMoreThanIsWritten() throws IOException {
        Path out = Files.createDirectory(folder.resolve("w"));
        var world = new World(SEED, 50_000);
        long bytes = WorldFiles.write(world, out, 2, done -> {}).bytes();
        assertTrue(WorldFiles.bytesAbout(world) >= bytes);
        assertTrue(WorldFiles.bytesAbout(world) < bytes * 11 / 10);
    }

    @Test
    void names_areThoseOfTheFolder() throws IOException {
        assertEquals(new TreeSet<>(WorldFiles.names()), new TreeSet<>(left(write("w", 10, 1))));
        assertEquals("SHA256SUMS", WorldFiles.names().getLast());
        assertEquals(10, WorldFiles.names().size());
    }

    @Test
    void progress_isToldInOrderAndToTheEnd() throws IOException {
        var told = new ArrayList<Long>();
        WorldFiles.write(new World(SEED, 10_000), folder, 3, told::add);
        assertEquals(List.of(4_096L, 8_192L, 10_000L), told);
    }

    @Test
    void write_overAnOlderWorld_replacesAllOfIt() throws IOException {
        write("w", 2_000, 2);
        Path again = write("w", 1_000, 2);
        Path fresh = write("fresh", 1_000, 2);
        for (String name : WorldFiles.names()) {
            assertArrayEquals(Files.readAllBytes(fresh.resolve(name)), Files.readAllBytes(again.resolve(name)), name);
        }
    }

    @Test
    void write_overWhatAKilledRunLeft_isWhole() throws IOException {
        Path out = Files.createDirectory(folder.resolve("w"));
        Files.writeString(WorldFiles.part(out, "orders.csv"), "half a wor");
        assertEquals(new TreeSet<>(WorldFiles.names()), new TreeSet<>(left(write("w", 100, 2))));
    }

    @Test
    void write_intoNoFolder_failsAndLeavesNothing() {
        Path out = folder.resolve("nowhere");
        assertThrows(IOException.class, () -> WorldFiles.write(new World(SEED, 100), out, 2, done -> {}));
        assertFalse(Files.exists(out));
    }

    /** An old world stays whole when a new one fails, here at its last file. */
    @Test
    void write_thatFails_leavesTheOldWorldAndNoParts() throws IOException {
        Path out = write("w", 300, 2);
        byte[] sums = Files.readAllBytes(out.resolve("SHA256SUMS"));
        Path inTheWay =
                Files.createDirectories(WorldFiles.part(out, "truth.json").resolve("x"));
        assertThrows(IOException.class, () -> WorldFiles.write(new World(SEED, 301), out, 2, done -> {}));
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        assertEquals(WorldFiles.names().stream().sorted().toList(), left(out));
        assertArrayEquals(sums, Files.readAllBytes(out.resolve("SHA256SUMS")));
    }

    @Test
    void write_whenInterrupted_stopsAndSaysSo() throws IOException {
        Path out = Files.createDirectory(folder.resolve("w"));
        Thread.currentThread().interrupt();
        assertThrows(InterruptedIOException.class, () -> WorldFiles.write(new World(SEED, 50_000), out, 2, done -> {}));
        assertTrue(Thread.interrupted(), "the interrupt is passed on");
        assertEquals(List.of(), left(out));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65})
    void write_byAnImpossibleNumberOfThreads_isRefused(int threads) throws IOException {
        assertThrows(DataException.class, () -> WorldFiles.write(new World(SEED, 10), folder, threads, done -> {}));
        assertEquals(List.of(), left(folder));
    }

    @Test
    void files_areAsciiWithoutCarriageReturns() throws IOException {
        Path out = write("w", 200, 1);
        for (String name : WorldFiles.names()) {
            byte[] bytes = Files.readAllBytes(out.resolve(name));
            assertEquals('\n', bytes[bytes.length - 1], name);
            for (byte b : bytes) {
                assertTrue(b == '\n' || (b >= ' ' && b < 0x7f), name);
            }
        }
    }

    /** Whatever is in a row of a user's, the person's number in the world is not. */
    @Test
    void headers_nameNoIndex() {
        String all = java.util.Arrays.stream(Table.values()).map(Table::header).collect(Collectors.joining(","));
        assertFalse(all.contains("index"));
        assertFalse(all.contains("person"));
    }
}
