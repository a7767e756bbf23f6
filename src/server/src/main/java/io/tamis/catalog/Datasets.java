package io.tamis.catalog;

import io.tamis.catalog.load.LoadException;
import io.tamis.catalog.load.StoredVersion;
import io.tamis.catalog.load.UnitSource;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.policy.PolicyBundle;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * The catalog on its tables and folders. A version's files are read whole and checked when it is first asked for; it is
 * immutable and the bundle is in force for the life of the process, so that holds from then on.
 */
@Singleton
class Datasets implements Catalog, Identifiers {
    /** Most opened versions remembered; beyond, all are forgotten and opened again when asked for. */
    private static final int OPENED_MAX = 1_024;

    /** Most damaged versions remembered; others are read, and logged, each time they are asked for. */
    private static final int DAMAGED_MAX = 1_024;

    private static final Logger LOG = Logger.getLogger(Datasets.class);

    private final ActivePolicy policy;
    private final VersionFolders folders;
    private final Jdbi jdbi;
    private final KeyProvider keys;
    private final Map<Content, StoredVersion> opened = new ConcurrentHashMap<>();
    private final Set<Damaged> damaged = ConcurrentHashMap.newKeySet();

    @Inject
    Datasets(ActivePolicy policy, VersionFolders folders, Jdbi jdbi, KeyProvider keys) {
        this.policy = policy;
        this.folders = folders;
        this.jdbi = jdbi;
        this.keys = keys;
    }

    private record Content(DatasetId dataset, Hash hash) {}

    /** A version whose files are missing or altered. */
    record Damaged(DatasetId dataset, int version) {}

    @Override
    public PolicyBundle policy() {
        return policy.bundle();
    }

    @Override
    public Optional<Snapshot> snapshot(DatasetId id, int version) {
        Optional<Dataset> declared = Optional.ofNullable(policy().datasets().get(id));
        var row = jdbi.inTransaction(tx -> Versions.find(tx, id, version));
        if (declared.isEmpty() || row.isEmpty() || damaged.contains(new Damaged(id, version))) {
            return Optional.empty();
        }
        Hash contentHash = row.get().contentHash();
        try {
            var stored = open(declared.get(), contentHash);
            return Optional.of(new Snapshot(
                    id,
                    version,
                    contentHash,
                    declared.get(),
                    stored.rowsMost(),
                    stored.scanFolder(),
                    stored.files().stream().map(ScanFile::of).toList()));
        } catch (LoadException | CatalogException unfit) {
            if (unfit.code() != Code.VERSION_MISMATCH) {
                remember(new Damaged(id, version));
            }
            return Optional.empty();
        }
    }

    /** The damaged versions that were asked for since the start. */
    Set<Damaged> damaged() {
        return Set.copyOf(damaged);
    }

    private void remember(Damaged found) {
        if (damaged.size() >= DAMAGED_MAX || damaged.add(found)) {
            LOG.errorf(
                    "version %d of dataset %s has missing or altered files: nobody can use it until the next start",
                    found.version(), found.dataset());
        }
    }

    @Override
    public Map<String, Integer> codesOf(Snapshot snapshot, ColumnName column, Set<String> values) {
        var declared = snapshot.dataset().column(column);
        var dataKey = jdbi.inTransaction(tx -> Versions.dataKey(tx, snapshot.id(), snapshot.contentHash()));
        if (declared.isEmpty() || dataKey.isEmpty()) {
            return Map.of();
        }
        return open(snapshot.dataset(), snapshot.contentHash()).codesOf(declared.get(), values, keys, dataKey.get());
    }

    @Override
    public Optional<UnitSource> units(Snapshot snapshot) {
        return jdbi.inTransaction(tx -> Versions.dataKey(tx, snapshot.id(), snapshot.contentHash()))
                .map(dataKey -> open(snapshot.dataset(), snapshot.contentHash()).units(keys, dataKey));
    }

    private StoredVersion open(Dataset declared, Hash contentHash) {
        if (opened.size() >= OPENED_MAX) {
            opened.clear();
        }
        return opened.computeIfAbsent(
                new Content(declared.id(), contentHash),
                content -> StoredVersion.open(folders.place(declared.id(), contentHash), declared, contentHash));
    }
}
