package io.tamis.catalog;

import io.quarkus.runtime.ShutdownEvent;
import io.tamis.catalog.load.CsvImport;
import io.tamis.catalog.load.Effort;
import io.tamis.catalog.load.LoadException;
import io.tamis.catalog.load.VersionFolder;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.Code;
import io.tamis.data.Dataset;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.data.RandomSource;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
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
 * Runs imports, a few at a time and one a party, on platform threads of their own: they burn processor time and hold tens of
 * megabytes.
 */
@Singleton
class Imports {
    /** How many imports may run at a time; another one is told to come back. */
    static final int RUNNING_MAX = 2;

    /** How much of a bad upload is still read: what a sender is likely to have under way when it could see the answer. */
    static final long DRAINED_MAX = 8L << 20;

    private final VersionFolders folders;
    private final KeyProvider keys;
    private final RandomSource random;
    private final Semaphore free = new Semaphore(RUNNING_MAX);

    /** Owners with an import under way; never more than {@link #RUNNING_MAX}, and as many that are being told to wait. */
    private final Set<PartyId> busy = ConcurrentHashMap.newKeySet();

    private final ExecutorService threads = Executors.newFixedThreadPool(
            RUNNING_MAX, Thread.ofPlatform().name("import-", 0).factory());

    @Inject
    Imports(VersionFolders folders, KeyProvider keys, RandomSource random) {
        this.folders = folders;
        this.keys = keys;
        this.random = random;
    }

    /** What is done with a finished folder. */
    interface Publication<T> {
        /** Moves the folder into its place, or leaves it, then it is deleted. */
        T publish(Path finished, CsvImport.Imported imported) throws IOException;
    }

    /**
     * Imports an upload into a temporary folder and hands it to {@code publication}, if the upload has the expected
     * digest. Whatever happens, what is not published is gone when this returns.
     */
    <T> T run(Dataset dataset, UploadStream upload, Hash expected, Publication<T> publication) {
        if (!busy.add(dataset.owner())) {
            throw new CatalogException(Code.RATE_LIMITED);
        }
        try {
            return runOne(dataset, upload, expected, publication);
        } finally {
            busy.remove(dataset.owner());
        }
    }

    private <T> T runOne(Dataset dataset, UploadStream upload, Hash expected, Publication<T> publication) {
        if (!free.tryAcquire()) {
            throw new CatalogException(Code.RATE_LIMITED);
        }
        try {
            return await(() -> {
                Path temporary = folders.createTemporary();
                try (var load = new CsvImport(dataset, temporary, keys, random, Effort.DEFAULT)) {
                    read(load, upload);
                    if (!upload.digest().equals(expected)) {
                        throw new CatalogException(Code.DIGEST_MISMATCH);
                    }
                    return publication.publish(temporary, load.write());
                } finally {
                    VersionFolder.delete(temporary);
                }
            });
        } finally {
            free.release();
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        threads.shutdownNow();
    }

    /** A sender who is cut off in the middle of a body often never sees the answer, so a bad upload is read a while on. */
    private static void read(CsvImport load, UploadStream upload) throws IOException {
        try {
            load.read(upload, upload.kind(), upload.bytesMax());
        } catch (LoadException bad) {
            upload.drain(DRAINED_MAX);
            throw bad;
        }
    }

    private <T> T await(Callable<T> work) {
        var running = threads.submit(work);
        try {
            return running.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known
                    ? known
                    : new CatalogException(Code.INTERNAL, failed.getCause());
        } catch (InterruptedException stopped) {
            // The work goes on until its own next failure; the folder it leaves is swept at the next start.
            running.cancel(true);
            Thread.currentThread().interrupt();
            throw new CatalogException(Code.NOT_READY, stopped);
        }
    }
}
