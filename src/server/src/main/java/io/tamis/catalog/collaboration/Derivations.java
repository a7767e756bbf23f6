package io.tamis.catalog.collaboration;

import io.quarkus.runtime.ShutdownEvent;
import io.tamis.catalog.load.VersionFolder;
import io.tamis.data.Code;
import io.tamis.data.PartyId;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Runs derivations of link files, a few at a time and one a party, on platform threads of their own: they burn processor
 * time for up to minutes. No transaction is open meanwhile.
 */
@Singleton
class Derivations {
    /** How many may run at a time; another one is told to come back. */
    static final int RUNNING_MAX = 2;

    private final LinkFolders folders;
    private final Semaphore free = new Semaphore(RUNNING_MAX);

    /** Parties with a derivation under way; never more than {@link #RUNNING_MAX}, and those being told to wait. */
    private final Set<PartyId> busy = ConcurrentHashMap.newKeySet();

    private final ExecutorService threads = Executors.newFixedThreadPool(
            RUNNING_MAX, Thread.ofPlatform().name("derivation-", 0).factory());

    Derivations(LinkFolders folders) {
        this.folders = folders;
    }

    /** What is done in a temporary folder. What it leaves there is deleted when it ends, however it ends. */
    interface Work<T> {
        /** Does it. */
        T in(Path temporary) throws IOException;
    }

    <T> T run(PartyId party, Work<T> work) {
        if (!busy.add(party)) {
            throw new CollaborationException(Code.RATE_LIMITED);
        }
        try {
            if (!free.tryAcquire()) {
                throw new CollaborationException(Code.RATE_LIMITED);
            }
            try {
                return await(() -> {
                    Path temporary = folders.createTemporary();
                    try {
                        return work.in(temporary);
                    } finally {
                        VersionFolder.delete(temporary);
                    }
                });
            } finally {
                free.release();
            }
        } finally {
            busy.remove(party);
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        threads.shutdownNow();
    }

    private <T> T await(Callable<T> work) {
        var running = threads.submit(work);
        try {
            return running.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known
                    ? known
                    : new CollaborationException(Code.INTERNAL, failed.getCause());
        } catch (InterruptedException stopped) {
            // The work goes on until its own next failure; the folder it leaves is swept at the next start.
            running.cancel(true);
            Thread.currentThread().interrupt();
            throw new CollaborationException(Code.NOT_READY, stopped);
        }
    }
}
