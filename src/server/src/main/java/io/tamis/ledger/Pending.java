package io.tamis.ledger;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One request's events on the direct path: sealed by the request's thread, recorded together in one batch or not at all,
 * answered once, after that batch has committed.
 */
final class Pending {
    private final List<SealedEvent> events;
    private final int bytes;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    Pending(List<SealedEvent> events) {
        this.events = List.copyOf(events);
        this.bytes = events.stream().mapToInt(SealedEvent::length).sum();
    }

    /** What became of a request. */
    sealed interface Answer {
        /** All its events are in the log, durably. */
        record Recorded(List<Appended> events) implements Answer {}

        /** One of its ids belongs to another event; none of its events was recorded. */
        record Conflict() implements Answer {}

        /** This process does not sequence any more, and cannot say whether it has recorded them: ask the database. */
        record Elsewhere() implements Answer {}
    }

    List<SealedEvent> events() {
        return events;
    }

    /** Bytes of the sealed bodies. */
    int bytes() {
        return bytes;
    }

    void answer(Answer what) {
        answer.complete(what);
    }

    /** Nobody waits any more: it was answered, or its request has given up. */
    boolean over() {
        return answer.isDone();
    }

    /**
     * Waits for the answer. A request that gives up first takes its events out of the queue unless a batch has them already;
     * then they may be recorded all the same, and a retry under the same ids finds them.
     */
    Answer await(long nanos) throws InterruptedException, TimeoutException {
        try {
            return answer.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException never) {
            throw new IllegalStateException("answers are values", never);
        } catch (InterruptedException | TimeoutException gaveUp) {
            answer.cancel(false);
            throw gaveUp;
        }
    }
}
