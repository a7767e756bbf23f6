package io.tamis.catalog.load;

import io.tamis.data.Code;
import io.tamis.data.TamisException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Work on numbered parts by a few threads, each of which takes whichever parts the others leave. */
public final class PartWork {
    private static final int STATUS_REFUSED = 400;

    private PartWork() {}

    /** The parts that are left. */
    public interface Parts {
        /** The next part, which nobody else gets; empty when the work is done or has failed elsewhere. */
        OptionalInt next();
    }

    /** What one thread does from beginning to end. */
    public interface Worker<T> {
        /** Takes parts until there are none. */
        T work(Parts parts) throws IOException;
    }

    /**
     * What each of the threads came to. Returns or throws when all of them have ended, never before: none writes into a
     * folder that the caller has deleted. A refusal of ours passes, anything else is INTERNAL; an interrupt is NOT_READY.
     */
    public static <T> List<T> run(int threads, int parts, Worker<T> worker) {
        var taken = new AtomicInteger();
        Parts left = () -> {
            int part = taken.getAndIncrement();
            return part < parts ? OptionalInt.of(part) : OptionalInt.empty();
        };
        var results = new ArrayList<T>();
        try (var workers = Executors.newFixedThreadPool(threads)) {
            var running = Stream.generate(() -> workers.submit(() -> {
                        try {
                            return worker.work(left);
                        } catch (IOException | RuntimeException failed) {
                            taken.set(parts);
                            throw failed;
                        }
                    }))
                    .limit(threads)
                    .toList();
            try {
                for (var each : running) {
                    results.add(each.get());
                }
            } catch (ExecutionException failed) {
                throw rethrown(failed.getCause());
            } catch (InterruptedException stopped) {
                taken.set(parts);
                Thread.currentThread().interrupt();
                throw new LoadException(Code.NOT_READY, stopped);
            }
        }
        return results;
    }

    private static TamisException rethrown(Throwable cause) {
        // A start-up code, such as KEYS_MISSING, is no answer to a request.
        boolean answer = cause instanceof TamisException ours && ours.code().status() >= STATUS_REFUSED;
        return answer ? (TamisException) cause : new LoadException(Code.INTERNAL, cause);
    }
}
