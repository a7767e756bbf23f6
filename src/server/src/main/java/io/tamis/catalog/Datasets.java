package io.tamis.catalog;

import io.tamis.catalog.load.LoadException;
import io.tamis.catalog.load.StoredVersion;
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
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;

/**
 * The catalog on its tables and folders. A version's files are read whole and checked when it is first asked for; it is
 * immutable and the bundle is in force for the life of the process, so that holds from then on.
 */
@Singleton
class Datasets implements Catalog {
    /** Most opened versions remembered; beyond, all are forgotten and opened again when asked for. */
    private static final int OPENED_MAX = 1_024;

    private final ActivePolicy policy;
    private final VersionFolders folders;
    private final Jdbi jdbi;
    private final KeyProvider keys;
    private final Map<Content, StoredVersion> opened = new ConcurrentHashMap<>();

    @Inject
    Datasets(ActivePolicy policy, VersionFolders folders, Jdbi jdbi, KeyProvider keys) {
        this.policy = policy;
        this.folders = folders;
        this.jdbi = jdbi;
        this.keys = keys;
    }

    private record Content(DatasetId dataset, Hash hash) {}

    @Override
    public PolicyBundle policy() {
        return policy.bundle();
    }

    @Override
    public Optional<Snapshot> snapshot(DatasetId id, int version) {
        Optional<Dataset> declared = Optional.ofNullable(policy().datasets().get(id));
        var row = jdbi.inTransaction(tx -> Versions.find(tx, id, version));
        if (declared.isEmpty() || row.isEmpty()) {
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
                    stored.scanFolder(),
                    stored.files().stream().map(ScanFile::of).toList()));
        } catch (LoadException unfit) {
            if (unfit.code() == Code.VERSION_MISMATCH) {
                return Optional.empty();
            }
            throw unfit;
        }
    }

    @Override
    public OptionalInt codeOf(Snapshot snapshot, ColumnName column, String value) {
        var declared = snapshot.dataset().column(column);
        var dataKey = jdbi.inTransaction(tx -> Versions.dataKey(tx, snapshot.id(), snapshot.contentHash()));
        if (declared.isEmpty() || dataKey.isEmpty()) {
            return OptionalInt.empty();
        }
        return open(snapshot.dataset(), snapshot.contentHash()).codeOf(declared.get(), value, keys, dataKey.get());
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
