package io.tamis.catalog;

import io.tamis.catalog.load.CsvImport;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.RandomSource;
import io.tamis.data.TamisException;
import io.tamis.ledger.Events;
import io.tamis.ledger.Ledger;
import io.tamis.log.EventType;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Takes uploads: a version exists wholly or not at all, is never changed, and its row, its folder's row and its ledger
 * entry commit together.
 *
 * <p>Race story. Uploads of one family may run at the same time; they meet at {@link Versions#lock}. Who comes second
 * finds the version there: the same content is a repetition (its own folder is thrown away), other content is
 * VERSION_EXISTS. The folder is moved inside that lock, so the move and the row see each other.
 */
@Singleton
class DatasetVersions {
    private static final byte[] UPLOAD = "tamis-upload-v1".getBytes(StandardCharsets.UTF_8);

    private final ActivePolicy policy;
    private final Imports imports;
    private final VersionFolders folders;
    private final Jdbi jdbi;
    private final Records records;

    @Inject
    DatasetVersions(ActivePolicy policy, Imports imports, VersionFolders folders, Jdbi jdbi, Records records) {
        this.policy = policy;
        this.imports = imports;
        this.folders = folders;
        this.jdbi = jdbi;
        this.records = records;
    }

    /** What an accepted upload came to; {@code created} is false for a repetition. */
    record Accepted(Versions.Row version, boolean created) {}

    /** Which version an upload is to become, and the digest its sender promises. */
    record Wanted(DatasetId dataset, int version, Hash digest) {}

    /** Loads an upload of the dataset's owner; every refusal to touch a declared dataset is an entry of the ledger. */
    Accepted put(Actor actor, Wanted wanted, UploadStream upload) {
        Dataset dataset = Optional.ofNullable(policy.bundle().datasets().get(wanted.dataset()))
                .orElseThrow(() -> new CatalogException(Code.NOT_FOUND));
        try {
            if (!dataset.owner().equals(actor.party())) {
                throw new CatalogException(Code.NOT_FOUND);
            }
            return load(actor, dataset, wanted, upload);
        } catch (TamisException refusal) {
            throw refusal.code() == Code.INTERNAL ? refusal : recorded(actor, wanted, refusal);
        }
    }

    /** Keeper of the small things an upload needs: macs, salts, times, entries. */
    @Singleton
    static class Records {
        private final KeyProvider keys;
        private final RandomSource random;
        private final InstantSource clock;
        private final Ledger ledger;
        private final Events events;

        @Inject
        Records(KeyProvider keys, RandomSource random, InstantSource clock, Ledger ledger, Events events) {
            this.keys = keys;
            this.random = random;
            this.clock = clock;
            this.ledger = ledger;
            this.events = events;
        }

        /** Keyed digest of an upload: a plain one of a short file could be guessed. */
        Hash uploadMac(Wanted wanted) {
            byte[] family = wanted.dataset().value().getBytes(StandardCharsets.UTF_8);
            return keys.mac(KeyName.DATASET_MAC, UPLOAD, family, wanted.digest().bytes());
        }

        /** Enters the new version and gives its row. */
        Versions.Row changed(Handle tx, Actor actor, Wanted wanted, Hash contentHash) {
            var salt = Hash.of(random.bytes(Hash.LENGTH));
            var event = events.of(EventType.CATALOG_CHANGED, actor)
                    .dataset(wanted.dataset())
                    .version(wanted.version())
                    .commitment(Versions.Row.commitment(salt, contentHash))
                    .build();
            EventId id = ledger.append(tx, event);
            return new Versions.Row(
                    wanted.dataset(), wanted.version(), contentHash, uploadMac(wanted), salt, id, clock.instant());
        }

        EventId refused(Handle tx, Actor actor, Wanted wanted, Code code) {
            return ledger.append(
                    tx,
                    events.of(EventType.REQUEST_REFUSED, actor)
                            .dataset(wanted.dataset())
                            .version(wanted.version())
                            .permitted(false)
                            .reasonCode(code)
                            .build());
        }
    }

    private Accepted load(Actor actor, Dataset dataset, Wanted wanted, UploadStream upload) {
        var existing = jdbi.inTransaction(tx -> Versions.find(tx, wanted.dataset(), wanted.version()));
        if (existing.isPresent()) {
            return repeated(existing.get(), wanted, upload);
        }
        return imports.run(
                dataset,
                upload,
                wanted.digest(),
                (finished, imported) -> jdbi.inTransaction(tx -> publish(tx, actor, wanted, finished, imported)));
    }

    /** An upload known by its bytes is not imported again. */
    private Accepted repeated(Versions.Row existing, Wanted wanted, UploadStream upload) {
        try {
            if (!upload.digest().equals(wanted.digest())) {
                throw new CatalogException(Code.DIGEST_MISMATCH);
            }
        } catch (IOException cut) {
            throw new UncheckedIOException(cut);
        }
        if (!existing.uploadMac().equals(records.uploadMac(wanted))) {
            throw new CatalogException(Code.VERSION_EXISTS);
        }
        return new Accepted(existing, false);
    }

    private Accepted publish(Handle tx, Actor actor, Wanted wanted, Path finished, CsvImport.Imported imported)
            throws IOException {
        Versions.lock(tx, wanted.dataset());
        var existing = Versions.find(tx, wanted.dataset(), wanted.version());
        if (existing.isPresent()) {
            if (existing.get().contentHash().equals(imported.contentHash())) {
                return new Accepted(existing.get(), false);
            }
            throw new CatalogException(Code.VERSION_EXISTS);
        }
        if (Versions.dataKey(tx, wanted.dataset(), imported.contentHash()).isPresent()) {
            return entered(tx, actor, wanted, imported.contentHash());
        }
        Path place = folders.place(wanted.dataset(), imported.contentHash());
        folders.publish(finished, place);
        try {
            Versions.insertContent(tx, wanted.dataset(), imported);
            return entered(tx, actor, wanted, imported.contentHash());
        } catch (RuntimeException rolledBack) {
            folders.withdraw(place, finished);
            throw rolledBack;
        }
    }

    private Accepted entered(Handle tx, Actor actor, Wanted wanted, Hash contentHash) {
        var row = records.changed(tx, actor, wanted, contentHash);
        Versions.insert(tx, row);
        return new Accepted(row, true);
    }

    private TamisException recorded(Actor actor, Wanted wanted, TamisException refusal) {
        EventId event = jdbi.inTransaction(tx -> records.refused(tx, actor, wanted, refusal.code()));
        return CatalogException.recorded(refusal, event);
    }
}
