package io.tamis.catalog.load;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.WrappedKey;
import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.Dataset;
import io.tamis.data.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** The folder of a version, opened under the declaration in force. */
public final class StoredVersion {
    private final Path folder;
    private final Dataset declared;
    private final Hash contentHash;
    private final List<BucketFile> files;

    private StoredVersion(Path folder, Dataset declared, Hash contentHash, List<BucketFile> files) {
        this.folder = folder;
        this.declared = declared;
        this.contentHash = contentHash;
        this.files = files;
    }

    /**
     * Opens a version and checks every scan file against the manifest. INTERNAL when anything is missing or changed;
     * VERSION_MISMATCH when the declaration no longer reads the files as they were written.
     */
    public static StoredVersion open(Path folder, Dataset declared, Hash contentHash) {
        try {
            byte[] manifest = Files.readAllBytes(folder.resolve(Manifest.FILE));
            var files = Manifest.filesOf(manifest, contentHash, declared);
            for (var file : files) {
                if (!ScanWriter.sha256(folder.resolve(CsvImport.SCAN).resolve(file.name()))
                        .equals(file.sha256())) {
                    throw new LoadException(Code.INTERNAL);
                }
            }
            return new StoredVersion(folder, declared, contentHash, files);
        } catch (IOException unreadable) {
            throw new LoadException(Code.INTERNAL, unreadable);
        }
    }

    /** Where the scan files are. */
    public Path scanFolder() {
        return folder.resolve(CsvImport.SCAN);
    }

    /** The scan files in bucket order. */
    public List<BucketFile> files() {
        return files;
    }

    /** The code of a value of a string or boolean column of the scan; empty when the files cannot hold it. */
    public OptionalInt codeOf(Column column, String value, KeyProvider keys, WrappedKey dataKey) {
        if (!RowLayout.isScanned(column) || !RowLayout.isCoded(column)) {
            return OptionalInt.empty();
        }
        if (!RowLayout.hasDictionary(column)) {
            int position = FieldReader.domain(column).indexOf(value);
            return position < 0 ? OptionalInt.empty() : OptionalInt.of(position + 1);
        }
        Path file = folder.resolve(CsvImport.SEALED).resolve(CsvImport.dictionaryFile(column.name()));
        try (var key = keys.unwrap(KeyName.DATASET_KEK, dataKey, CsvImport.place(declared.id(), contentHash));
                var in = SealedFile.open(file, declared.id(), key)) {
            return Dictionary.find(in, value);
        } catch (IOException unreadable) {
            throw new LoadException(Code.INTERNAL, unreadable);
        }
    }
}
