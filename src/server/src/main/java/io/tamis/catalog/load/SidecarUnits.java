package io.tamis.catalog.load;

import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Code;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The persons of a stored version, from its sealed sidecar. */
final class SidecarUnits implements UnitSource {
    private final Path sealed;
    private final RowLayout layout;
    private final Hash contentHash;
    private final Manifest.Stored stored;
    private final KeyProvider keys;
    private final SecretBytes dataKey;

    /** The sidecar in this folder; {@code dataKey} is closed with this. */
    SidecarUnits(
            Path sealed,
            RowLayout layout,
            Hash contentHash,
            Manifest.Stored stored,
            KeyProvider keys,
            SecretBytes dataKey) {
        this.sealed = sealed;
        this.layout = layout;
        this.contentHash = contentHash;
        this.stored = stored;
        this.keys = keys;
        this.dataKey = dataKey;
    }

    @Override
    public Hash contentHash() {
        return contentHash;
    }

    @Override
    public List<Integer> buckets() {
        return stored.files().stream().map(BucketFile::bucket).sorted().toList();
    }

    @Override
    public UnitReader open(int bucket) throws IOException {
        DatasetId dataset = layout.dataset().id();
        String name = CsvImport.sidecarFile(bucket);
        var file = stored.files().stream()
                .filter(each -> each.bucket() == bucket)
                .findFirst()
                .orElseThrow(() -> new LoadException(Code.INTERNAL));
        var entry = stored.sealed().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new LoadException(Code.INTERNAL));
        return new SidecarReader(
                SealedFile.open(sealed.resolve(name), dataset, dataKey),
                file,
                layout.sealed().size() - 1,
                digest -> SealedFile.mac(keys, dataset, name, digest).equals(entry.mac()));
    }

    @Override
    public void close() {
        dataKey.close();
    }
}
