package io.tamis.catalog.collaboration;

import io.quarkus.runtime.StartupEvent;
import io.tamis.catalog.collaboration.AttachmentRows.Place;
import io.tamis.catalog.collaboration.AttachmentRows.Standing;
import io.tamis.catalog.load.VersionFolder;
import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Where link files lie: {@code <data>/links/<collaboration>/<dataset>/<version>-<epoch>}.
 *
 * <p>Crash story. A derivation works in {@code links/.import-*}; a finished folder is moved into place before the
 * transaction with its row commits, so there may be folders without rows, never rows without folders. A detachment's
 * transaction destroys the key; its folder is deleted after the commit. What a crash leaves of either the next start
 * sweeps, before requests are served: temporary folders, and folders whose row says that their key is destroyed. A folder
 * that no row knows is left where it is: this may not be its database, but an empty or an older one.
 *
 * <p>Race story. A version can be attached again, in the same epoch and hence in the same place, while the files of its
 * detachment are being deleted. Both look at the rows while they hold the collaboration, and a folder leaves its place by
 * a rename within that hold, and empty parents with it; what takes time is done to the renamed one.
 */
@Singleton
class LinkFolders {
    private static final int WHEN = Interceptor.Priority.LIBRARY_BEFORE + 310;
    private static final String ORPHANED = ".orphaned";
    private static final Pattern NUMBERS = Pattern.compile("([1-9][0-9]{0,6})-([1-9][0-9]{0,9})");

    private static final Logger LOG = Logger.getLogger(LinkFolders.class);

    private final Path root;
    private final Jdbi jdbi;

    LinkFolders(@ConfigProperty(name = "tamis.data") Path data, Jdbi jdbi) {
        this.root = data.toAbsolutePath().normalize().resolve("links");
        this.jdbi = jdbi;
    }

    /** The folder of an attachment. */
    Path folder(Place place) {
        return root.resolve(place.collaboration().value())
                .resolve(place.dataset().value())
                .resolve(place.version() + "-" + place.keyEpoch());
    }

    /** A folder that this account alone can enter; {@link #sweep} deletes it after a crash. */
    Path createTemporary() throws IOException {
        return VersionFolder.createTemporary(root);
    }

    /**
     * Moves a finished folder into its place, in the transaction of its row. What lies there is of no row: a detached
     * attachment's is thrown away, an unknown one kept aside.
     */
    void publish(Handle tx, Path finished, Place place) throws IOException {
        Path folder = folder(place);
        if (Files.exists(folder)) {
            boolean worthless = AttachmentRows.standing(tx, place) == Standing.DETACHED;
            Path aside = worthless ? createTemporary() : orphaned();
            VersionFolder.publish(folder, aside.resolve(root.relativize(folder)));
            if (worthless) {
                VersionFolder.delete(aside);
            }
        }
        VersionFolder.publish(finished, folder);
    }

    /** Takes a published folder back, when its row will not be committed. */
    void withdraw(Place place, Path temporary) throws IOException {
        VersionFolder.publish(folder(place), temporary);
    }

    /** Deletes what is left of a detached attachment, unless it was attached again. A failure is the next start's work. */
    void discard(Place place) {
        try {
            Optional<Path> taken = jdbi.inTransaction(tx -> taken(tx, place));
            if (taken.isPresent()) {
                VersionFolder.delete(taken.get());
            }
        } catch (IOException stays) {
            LOG.warnf(
                    "the link files of dataset %s in collaboration %s, whose key is destroyed, are left to the next start: %s",
                    place.dataset(), place.collaboration(), stays.getClass().getName());
        }
    }

    void start(@Observes @Priority(WHEN) StartupEvent started) {
        sweep();
    }

    /** Deletes what interrupted derivations and deletions left, and says which folders no row knows. */
    void sweep() {
        try {
            Files.createDirectories(root);
            for (Path entry : list(root)) {
                String name = entry.getFileName().toString();
                if (name.startsWith(VersionFolder.TEMPORARY_PREFIX)) {
                    VersionFolder.delete(entry);
                } else if (!name.equals(ORPHANED)) {
                    sweepCollaboration(entry);
                }
            }
        } catch (IOException unusable) {
            throw new CollaborationException(Code.INTERNAL, unusable);
        }
    }

    private void sweepCollaboration(Path collaboration) throws IOException {
        for (Path dataset : list(collaboration)) {
            for (Path folder : list(dataset)) {
                Optional<Place> place = place(folder);
                Standing standing = place.map(known -> jdbi.inTransaction(tx -> AttachmentRows.standing(tx, known)))
                        .orElse(Standing.UNKNOWN);
                switch (standing) {
                    case ATTACHED -> {}
                    case DETACHED -> discard(place.orElseThrow());
                    case UNKNOWN ->
                        LOG.warnf(
                                "the database has no row for the folder %s: it is left as it is",
                                root.relativize(folder));
                }
            }
        }
    }

    private Optional<Place> place(Path folder) {
        var numbers = NUMBERS.matcher(folder.getFileName().toString());
        if (!numbers.matches()) {
            return Optional.empty();
        }
        try {
            Path dataset = folder.getParent();
            return Optional.of(new Place(
                    new CollaborationId(dataset.getParent().getFileName().toString()),
                    new DatasetId(dataset.getFileName().toString()),
                    Integer.parseInt(numbers.group(1)),
                    Integer.parseInt(numbers.group(2))));
        } catch (DataException | NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    /** Takes the folder out of its place while nobody can attach anything there. */
    private Optional<Path> taken(Handle tx, Place place) throws IOException {
        CollaborationRows.find(tx, place.collaboration(), CollaborationRows.Hold.ALONE);
        Path folder = folder(place);
        if (AttachmentRows.standing(tx, place) != Standing.DETACHED || !Files.exists(folder)) {
            return Optional.empty();
        }
        Path temporary = createTemporary();
        VersionFolder.publish(folder, temporary.resolve("taken"));
        deleteIfEmpty(folder.getParent());
        deleteIfEmpty(folder.getParent().getParent());
        return Optional.of(temporary);
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        if (list(folder).isEmpty()) {
            Files.deleteIfExists(folder);
        }
    }

    private Path orphaned() throws IOException {
        Files.createDirectories(root.resolve(ORPHANED));
        return Files.createTempDirectory(root.resolve(ORPHANED), "");
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
