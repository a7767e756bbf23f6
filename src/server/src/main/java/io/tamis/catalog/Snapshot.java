package io.tamis.catalog;

import io.tamis.data.Code;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * One immutable version of a dataset, as a scan sees it. Each file has the column {@code unit_no BIGINT} and one column
 * per L1, L2, L3 column of the declaration, under its own name; L4 and L5 columns are not in it.
 *
 * <ul>
 *   <li>string or boolean with a declared domain: INTEGER, 1 + position in the domain (false, true for a boolean without
 *       one), 0 = NULL
 *   <li>string without a domain: INTEGER code of the private dictionary, 0 = NULL
 *   <li>integer, decimal: BIGINT in minor units, nullable
 *   <li>date: INTEGER epoch day, nullable
 *   <li>timestamp: BIGINT epoch microseconds UTC, nullable
 * </ul>
 *
 * @param contentHash SHA-256 of the manifest; goes to the owner, to others only as a salted commitment
 * @param dataset the declaration in force; it reads the files as the one the version was imported under
 * @param rowsMost greatest number of rows it, or a person in it, may have: by the declaration it was imported under or the
 *     one in force, whichever allows more; public, unlike the number of rows
 * @param scanFolder where {@code files} are
 * @param files in bucket order, at most one per bucket; empty for a version without rows
 */
public record Snapshot(
        DatasetId id,
        int version,
        Hash contentHash,
        Dataset dataset,
        long rowsMost,
        Path scanFolder,
        List<ScanFile> files) {
    /** Greatest version number. */
    public static final int VERSION_MAX = 1_000_000;

    public Snapshot {
        Objects.requireNonNull(contentHash);
        Objects.requireNonNull(scanFolder);
        files = List.copyOf(files);
        var buckets = new HashSet<Integer>();
        if (!id.equals(dataset.id())
                || rowsMost < dataset.rowsMost()
                || !files.stream().allMatch(file -> buckets.add(file.bucket()))) {
            throw new CatalogException(Code.INTERNAL);
        }
        if (version < 1 || version > VERSION_MAX) {
            throw new CatalogException(Code.INVALID_REQUEST);
        }
    }
}
