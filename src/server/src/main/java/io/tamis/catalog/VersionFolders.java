package io.tamis.catalog;

import io.quarkus.runtime.StartupEvent;
import io.tamis.catalog.load.VersionFolder;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * Where versions lie: {@code <data>/datasets/<id>/<content hash>}.
 *
 * <p>Crash story. An import works in {@code datasets/.import-*}; a finished folder is moved into place before the
 * transaction with its rows and its ledger entry commits. So after a crash there may be folders without rows, never rows
 * without folders: the rows decide. Unfinished folders are deleted at start, before requests are served; the data directory
 * is locked, so no other process is at work in it. A finished folder is never deleted: that no row stands on it may also
 * mean that this is not its database, but an empty or an older one.
 */
@Singleton
class VersionFolders {
    private static final int WHEN = Interceptor.Priority.LIBRARY_BEFORE + 300;
    /** Where folders without rows go that were in the way; a dataset's id cannot be this. */
    private static final String ORPHANED = ".orphaned";

    private static final Logger LOG = Logger.getLogger(VersionFolders.class);

    private final Path root;
    private final Jdbi jdbi;

    @Inject
    VersionFolders(@ConfigProperty(name = "tamis.data") Path data, Jdbi jdbi) {
        this.root = data.toAbsolutePath().normalize().resolve("datasets");
        this.jdbi = jdbi;
    }

    /** The place of a version's content. */
    Path place(DatasetId dataset, Hash contentHash) {
        return root.resolve(dataset.value()).resolve(contentHash.hex());
    }

    Path createTemporary() throws IOException {
        return VersionFolder.createTemporary(root);
    }

    /** Moves a finished folder into its place. What lies there has no row; it is kept aside, its key may be elsewhere. */
    void publish(Path finished, Path place) throws IOException {
        if (Files.exists(place)) {
            Files.createDirectories(root.resolve(ORPHANED));
            Path aside = Files.createTempDirectory(root.resolve(ORPHANED), "");
            VersionFolder.publish(place, aside.resolve(root.relativize(place)));
        }
        VersionFolder.publish(finished, place);
    }

    /** Takes a published folder back, when its rows will not be committed. */
    void withdraw(Path published, Path temporary) throws IOException {
        VersionFolder.publish(published, temporary);
    }

    void sweep(@Observes @Priority(WHEN) StartupEvent started) {
        sweep();
    }

    /** Deletes what interrupted imports left, and says which finished folders no row stands on. */
    void sweep() {
        try {
            Files.createDirectories(root);
            for (Path entry : list(root)) {
                if (entry.getFileName().toString().startsWith(VersionFolder.TEMPORARY_PREFIX)) {
                    VersionFolder.delete(entry);
                } else {
                    report(entry);
                }
            }
        } catch (IOException unusable) {
            throw new CatalogException(Code.INTERNAL, unusable);
        }
    }

    private void report(Path family) throws IOException {
        for (Path folder : list(family)) {
            if (!hasRow(family.getFileName().toString(), folder.getFileName().toString())) {
                LOG.warnf(
                        "the database has no row for the folder %s of dataset %s: it is left as it is",
                        folder.getFileName(), family.getFileName());
            }
        }
    }

    private boolean hasRow(String family, String hash) {
        try {
            var dataset = new DatasetId(family);
            var contentHash = Hash.parse(hash);
            return jdbi.inTransaction(
                    tx -> Versions.dataKey(tx, dataset, contentHash).isPresent());
        } catch (DataException notOurs) {
            // Not a name we give to a version.
            return true;
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }
}
