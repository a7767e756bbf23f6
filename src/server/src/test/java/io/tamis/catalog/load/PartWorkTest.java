package io.tamis.catalog.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.CryptoException;
import io.tamis.data.Code;
import io.tamis.data.TamisException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartWorkTest {
    @Test
    void run_anyThreads_givesEachPartToOneOfThem() {
        for (int threads : new int[] {1, 2, 7}) {
            for (int parts : new int[] {0, 1, 64, 1_000}) {
                var all = PartWork.run(threads, parts, PartWorkTest::taken).stream()
                        .flatMap(List::stream)
                        .sorted()
                        .toList();
                assertEquals(IntStream.range(0, parts).boxed().toList(), all);
            }
        }
    }

    @Test
    void run_ofAWorkerThatRefuses_isTheRefusal() {
        var refused = assertThrows(
                LoadException.class,
                () -> PartWork.run(2, 10, parts -> {
                    throw new LoadException(Code.TOO_LARGE);
                }));
        assertEquals(Code.TOO_LARGE, refused.code());
    }

    /** A full disk, a bug, a missing key: the caller can do nothing about it, and KEYS_MISSING is no answer over HTTP. */
    @Test
    void run_ofAWorkerThatFails_isInternalWithTheCause() {
        for (Exception failure :
                List.of(new IOException("full"), new IllegalStateException(), new CryptoException(Code.KEYS_MISSING))) {
            var internal = assertThrows(
                    TamisException.class,
                    () -> PartWork.run(2, 10, parts -> {
                        if (failure instanceof IOException io) {
                            throw io;
                        }
                        throw (RuntimeException) failure;
                    }));
            assertEquals(Code.INTERNAL, internal.code());
            assertInstanceOf(failure.getClass(), internal.getCause());
        }
    }

    /** The second thread fails while the first works: no more parts are begun, and both have ended when the caller knows. */
    @Test
    void run_whenOneFails_begunPartsEndAndNoOthersBegin() {
        var failed = new CountDownLatch(1);
        var begun = new AtomicInteger();
        var ended = new AtomicInteger();
        assertThrows(
                LoadException.class,
                () -> PartWork.run(2, 1_000_000, parts -> {
                    for (var part = parts.next(); part.isPresent(); part = parts.next()) {
                        begun.incrementAndGet();
                        if (part.getAsInt() == 1) {
                            failed.countDown();
                            ended.incrementAndGet();
                            throw new LoadException(Code.INTERNAL);
                        }
                        await(failed);
                        ended.incrementAndGet();
                    }
                    return 0;
                }));
        assertEquals(begun.get(), ended.get());
        assertTrue(begun.get() < 1_000_000);
    }

    /** Work without end, or it could be done before the caller waits for it, and nothing would be interrupted. */
    @Test
    void run_ofAnInterruptedCaller_isNotReadyAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        try {
            var stopped =
                    assertThrows(LoadException.class, () -> PartWork.run(1, Integer.MAX_VALUE, PartWorkTest::spinning));
            assertEquals(Code.NOT_READY, stopped.code());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    private static int spinning(PartWork.Parts parts) {
        int taken = 0;
        while (parts.next().isPresent()) {
            taken = 1;
            Thread.onSpinWait();
        }
        return taken;
    }

    private static List<Integer> taken(PartWork.Parts parts) {
        var mine = new ArrayList<Integer>();
        for (var part = parts.next(); part.isPresent(); part = parts.next()) {
            mine.add(part.getAsInt());
        }
        return mine;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
