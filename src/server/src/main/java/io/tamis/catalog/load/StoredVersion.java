package io.tamis.catalog.load;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.WrappedKey;
import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.Dataset;
import io.tamis.data.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The folder of a version, opened under the declaration in force. */
public final class StoredVersion {
    private final Path folder;
    private final Dataset declared;
    private final Hash contentHash;
    private final Manifest.Stored stored;

    private StoredVersion(Path folder, Dataset declared, Hash contentHash, Manifest.Stored stored) {
        this.folder = folder;
        this.declared = declared;
        this.contentHash = contentHash;
        this.stored = stored;
    }

    /**
     * Opens a version and checks every scan file against the manifest. INTERNAL when anything is missing or changed;
     * VERSION_MISMATCH when the declaration no longer reads the files as they were written.
     */
    public static StoredVersion open(Path folder, Dataset declared, Hash contentHash) {
        try {
            byte[] manifest = Files.readAllBytes(folder.resolve(Manifest.FILE));
            var stored = Manifest.stored(manifest, contentHash, declared);
            for (var file : stored.files()) {
                if (!ScanWriter.sha256(folder.resolve(CsvImport.SCAN).resolve(file.name()))
                        .equals(file.sha256())) {
                    throw new LoadException(Code.INTERNAL);
                }
            }
            return new StoredVersion(folder, declared, contentHash, stored);
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
        return stored.files();
    }

    /** Greatest number of rows that it, or a person in it, may have: imported under whichever declaration. */
    public long rowsMost() {
        return Math.max(declared.rowsMost(), stored.rowsMost());
    }

    /**
     * The codes of those of the values of a string or boolean column of the scan that the files can hold. How long it takes
     * does not tell which they are.
     */
    public Map<String, Integer> codesOf(Column column, Set<String> values, KeyProvider keys, WrappedKey dataKey) {
        if (!RowLayout.isScanned(column) || !RowLayout.isCoded(column)) {
            return Map.of();
        }
        if (!RowLayout.hasDictionary(column)) {
            List<String> domain = FieldReader.domain(column);
            return values.stream()
                    .filter(domain::contains)
                    .collect(Collectors.toUnmodifiableMap(Function.identity(), value -> 1 + domain.indexOf(value)));
        }
        Path file = folder.resolve(CsvImport.SEALED).resolve(CsvImport.dictionaryFile(column.name()));
        try (var key = keys.unwrap(KeyName.DATASET_KEK, dataKey, CsvImport.place(declared.id(), contentHash));
                var in = SealedFile.open(file, declared.id(), key)) {
            return Dictionary.find(in, values);
        } catch (IOException unreadable) {
            throw new LoadException(Code.INTERNAL, unreadable);
        }
    }

    /** The persons with their identifiers, from the sidecar. The only way to an L4 value of a stored version. */
    public UnitSource units(KeyProvider keys, WrappedKey dataKey) {
        SecretBytes key = keys.unwrap(KeyName.DATASET_KEK, dataKey, CsvImport.place(declared.id(), contentHash));
        return new SidecarUnits(
                folder.resolve(CsvImport.SEALED), RowLayout.of(declared), contentHash, stored, keys, key);
    }
}
