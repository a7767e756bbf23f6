package io.tamis.ledger;

import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Requests that wait for the sequencer of their own process. It holds no promise: nothing here is acknowledged, and what is
 * lost with the process its writers repeat. Bounded by events and by bytes; full means refused at once, as a queue that only
 * grows would answer everybody too late.
 */
@Singleton
final class DirectQueue {
    /** Most events waiting. */
    static final int EVENTS_MAX = 65_536;

    /** Most bytes of sealed bodies waiting: two thirds more than all events of a usual length, far less than all of the longest. */
    static final long BYTES_MAX = 64L << 20;

    private final Deque<Pending> waiting = new ArrayDeque<>();
    private int events;
    private long bytes;

    /** False when it is full. */
    synchronized boolean offer(Pending request) {
        boolean full = events + request.events().size() > EVENTS_MAX || bytes + request.bytes() > BYTES_MAX;
        if (!full) {
            waiting.addLast(request);
            count(request, 1);
        }
        return !full;
    }

    /** Takes out requests, oldest first and at least one, while they have at most so many events and bytes together. */
    synchronized List<Pending> take(int eventsMax, long bytesMax) {
        var taken = new ArrayList<Pending>();
        int eventsLeft = eventsMax;
        long bytesLeft = bytesMax;
        while (!waiting.isEmpty()) {
            var next = waiting.peekFirst();
            eventsLeft -= next.events().size();
            bytesLeft -= next.bytes();
            if (!taken.isEmpty() && (eventsLeft < 0 || bytesLeft < 0)) {
                break;
            }
            waiting.removeFirst();
            count(next, -1);
            if (!next.over()) {
                taken.add(next);
            }
        }
        return taken;
    }

    /** Puts back what a failed batch had taken, in front, even over the bound: it was within it a moment ago. */
    synchronized void giveBack(List<Pending> taken) {
        for (var request : taken.reversed()) {
            waiting.addFirst(request);
            count(request, 1);
        }
    }

    /** Sends everybody to the outbox: this process does not sequence. */
    void handOver() {
        List<Pending> all;
        synchronized (this) {
            all = List.copyOf(waiting);
            waiting.clear();
            events = 0;
            bytes = 0;
        }
        all.forEach(request -> request.answer(new Pending.Answer.Elsewhere()));
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** How many events wait. */
    synchronized int events() {
        return events;
    }

    private void count(Pending request, int sign) {
        events += sign * request.events().size();
        bytes += (long) sign * request.bytes();
    }
}
