package io.tamis.synthetic;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Writes a world: one CSV for each dataset, {@code truth.json}, and {@code SHA256SUMS} over both. Rows are in the order of
 * persons, so the bytes depend on the world alone; workers make the rows of blocks of persons, one thread writes blocks in
 * order, and no more than a few blocks are in memory.
 *
 * <p>Crash story: files are written as {@code NAME.part} and renamed when all are complete, SHA256SUMS last; a folder whose
 * sums hold is whole. A run that fails takes its parts away; those of a killed one are overwritten by the next.
 */
public final class WorldFiles {
    /** Name of the generator and of the bytes it makes: a change of either is a new number. */
    public static final String GENERATOR = "tamis-synthetic-2";

    /** The file of what is true. */
    public static final String TRUTH = "truth.json";

    /** The file of digests, in the form of sha256sum. */
    public static final String SUMS = "SHA256SUMS";

    /** Most workers. */
    public static final int THREADS_MAX = 64;

    /** Measured at 595 to 600. */
    private static final int BYTES_PER_PERSON = 620;

    private static final int BLOCK = 4_096;
    private static final int BLOCKS_AHEAD = 2;

    private WorldFiles() {}

    /** Names of all files, the sums last. */
    public static List<String> names() {
        return Stream.concat(Stream.of(Table.values()).map(Table::file), Stream.of(TRUTH, SUMS))
                .toList();
    }

    /**
     * What was written.
     *
     * @param sums SHA-256 of SHA256SUMS, which names all bytes
     */
    public record Written(long rows, long bytes, Hash sums) {}

    /** About how many bytes a world's files take, or a little more. */
    public static long bytesAbout(World world) {
        return world.persons() * BYTES_PER_PERSON;
    }

    /**
     * Writes the files into an existing folder; those of the same names are replaced.
     *
     * @param progress told now and then, by the calling thread, how many persons are done
     */
    public static Written write(World world, Path folder, int threads, LongConsumer progress) throws IOException {
        if (threads < 1 || threads > THREADS_MAX) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        try {
            Written written = writeParts(world, folder, threads, progress);
            for (String name : names()) {
                Files.move(part(folder, name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
            return written;
        } finally {
            for (String name : names()) {
                discard(part(folder, name));
            }
        }
    }

    private static void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException stuck) {
            // Whatever stopped the writing is told; a part that stays is no part of a world.
        }
    }

    private static Written writeParts(World world, Path folder, int threads, LongConsumer progress) throws IOException {
        var tally = new Tally();
        var digests = new ArrayList<String>();
        long rows;
        long bytes = 0;
        try (var outs = new TableFiles(folder)) {
            rows = writeTables(world, outs, tally, threads, progress);
            for (Table table : Table.values()) {
                digests.add(outs.digest(table).hex() + "  " + table.file());
                bytes += outs.bytes(table);
            }
        }
        byte[] truth = TruthText.of(tally.toJson(world)).getBytes(StandardCharsets.UTF_8);
        digests.add(Hash.sha256(truth).hex() + "  " + TRUTH);
        byte[] sums = (String.join("\n", digests) + "\n").getBytes(StandardCharsets.UTF_8);
        Files.write(part(folder, TRUTH), truth);
        Files.write(part(folder, SUMS), sums);
        return new Written(rows, bytes + truth.length + sums.length, Hash.sha256(sums));
    }

    static Path part(Path folder, String name) {
        return folder.resolve(name + ".part");
    }

    private record Block(Map<Table, Lines> lines, Tally tally, long end) {
        static Block of(World world, long begin) {
            long end = Math.min(begin + BLOCK, world.persons());
            var lines = new EnumMap<Table, Lines>(Table.class);
            for (Table table : Table.values()) {
                lines.put(table, new Lines());
            }
            var tally = new Tally();
            for (long index = begin; index < end; index++) {
                Life life = Life.of(world.person(index));
                lines.forEach((table, rows) -> table.write(life, rows));
                tally.count(life);
            }
            return new Block(lines, tally, end);
        }
    }

    private static long writeTables(World world, TableFiles outs, Tally tally, int threads, LongConsumer progress)
            throws IOException {
        long rows = 0;
        Deque<Future<Block>> ahead = new ArrayDeque<>();
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            long next = 0;
            while (next < world.persons() || !ahead.isEmpty()) {
                while (next < world.persons() && ahead.size() < threads + BLOCKS_AHEAD) {
                    long begin = next;
                    ahead.add(workers.submit(() -> Block.of(world, begin)));
                    next = begin + BLOCK;
                }
                Block block = ahead.remove().get();
                for (var lines : block.lines().entrySet()) {
                    outs.write(lines.getKey(), lines.getValue());
                    rows += lines.getValue().rows();
                }
                tally.add(block.tally());
                progress.accept(block.end());
            }
            return rows;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("stopped").initCause(stopped);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a block of persons cannot be made", failed.getCause());
        } finally {
            workers.shutdownNow();
        }
    }
}
