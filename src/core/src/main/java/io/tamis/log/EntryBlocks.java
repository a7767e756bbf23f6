package io.tamis.log;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * The blocks of {@code entries.jsonl} in order: one thread reads and digests the file, some look at the lines, and whoever
 * asks joins what they found. Memory is bounded by the blocks under way, whatever the file has.
 *
 * <p>The reader waits when nobody asks; {@link #close} ends it wherever it is.
 */
final class EntryBlocks implements AutoCloseable {
    /** Bytes read at once; a block is that much and the begun line before it. */
    static final int BLOCK_BYTES = 1 << 20;

    private static final int THREADS_MAX = 16;

    /** Blocks read ahead for each thread, so that none waits for the one that joins. */
    private static final int AHEAD = 3;

    private final MessageDigest digest = Hash.newSha256();
    private final Path file;
    private final Set<EventType> wanted;
    private final long from;
    private final int blockBytes;
    private final ExecutorService workers;
    private final BlockingQueue<Future<Optional<EntryBlock>>> queue;
    private final Thread reader;

    EntryBlocks(Path file, Set<EventType> wanted, long from) {
        this(file, wanted, from, BLOCK_BYTES);
    }

    /** With blocks of this many bytes, which are at least a line. */
    EntryBlocks(Path file, Set<EventType> wanted, long from, int blockBytes) {
        this.file = file;
        this.wanted = Set.copyOf(wanted);
        this.from = from;
        this.blockBytes = blockBytes;
        int threads = Math.min(THREADS_MAX, Runtime.getRuntime().availableProcessors());
        this.workers = Executors.newFixedThreadPool(threads, EntryBlocks::daemon);
        this.queue = new ArrayBlockingQueue<>(AHEAD * threads);
        this.reader = daemon(this::readAll);
        this.reader.start();
    }

    /** The next block; empty at the end of the file. */
    Optional<EntryBlock> next() throws IOException {
        try {
            return queue.take().get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException unreadable) {
                throw unreadable;
            }
            throw new IllegalStateException("looking at entries failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LogException(Code.CANCELLED, interrupted);
        }
    }

    /** The digest of the whole file, once {@link #next} has come to its end. */
    Hash digest() {
        return Hash.of(digest.digest());
    }

    @Override
    public void close() {
        reader.interrupt();
        workers.shutdownNow();
    }

    private void readAll() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] begun = {};
            while (true) {
                byte[] block = new byte[begun.length + blockBytes];
                System.arraycopy(begun, 0, block, 0, begun.length);
                int read = in.readNBytes(block, begun.length, blockBytes);
                digest.update(block, begun.length, read);
                int length = begun.length + read;
                boolean last = read < blockBytes;
                int whole = last ? length : lastLine(block, length);
                if (whole > 0) {
                    submit(() -> Optional.of(BlockReader.read(block, whole, wanted, from)));
                }
                // Of a line that fills a block the worker says that it is too long; nothing after it matters.
                if (last || block[whole - 1] != '\n') {
                    break;
                }
                begun = Arrays.copyOfRange(block, whole, length);
            }
            queue.put(CompletableFuture.completedFuture(Optional.empty()));
        } catch (InterruptedException | RejectedExecutionException closed) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | OutOfMemoryError failed) {
            // Told to whoever asks next, who would wait for ever otherwise.
            fail(failed);
        }
    }

    /** Where the last whole line ends; a block without one is handed over as it is. */
    private static int lastLine(byte[] block, int length) {
        for (int i = length - 1; i >= 0; i--) {
            if (block[i] == '\n') {
                return i + 1;
            }
        }
        return length;
    }

    private void submit(Callable<Optional<EntryBlock>> work) throws InterruptedException {
        // Queued first: the place in the queue is what keeps the reader from running ahead.
        var task = new FutureTask<>(work);
        queue.put(task);
        workers.execute(task);
    }

    private void fail(Throwable failed) {
        try {
            queue.put(CompletableFuture.failedFuture(failed));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "tamis-audit");
        thread.setDaemon(true);
        return thread;
    }
}
