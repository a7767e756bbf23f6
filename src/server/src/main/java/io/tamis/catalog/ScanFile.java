package io.tamis.catalog;

import io.tamis.catalog.load.BucketFile;
import io.tamis.data.Code;
import io.tamis.data.Hash;

/**
 * One Parquet file of a version: all rows of the persons of one bucket, ordered by {@code unit_no}. A person never spans
 * two files, which is what lets files be scanned apart and their bounded sums be added.
 *
 * @param rows exact number of rows; never shown to a merchant
 * @param firstUnit least unit_no in the file
 * @param lastUnit greatest unit_no in the file
 */
public record ScanFile(int bucket, String name, Hash sha256, long rows, long firstUnit, long lastUnit) {
    /** Number of buckets a version is cut into. */
    public static final int BUCKETS = BucketFile.BUCKETS;

    /** Bits of a unit_no below the bucket's. */
    public static final int SERIAL_BITS = BucketFile.SERIAL_BITS;

    public ScanFile {
        boolean inBucket = firstUnit >>> SERIAL_BITS == bucket && lastUnit >>> SERIAL_BITS == bucket;
        if (!inBucket || lastUnit < firstUnit || rows < 1 || lastUnit - firstUnit >= rows) {
            throw new CatalogException(Code.INTERNAL);
        }
    }

    static ScanFile of(BucketFile file) {
        return new ScanFile(file.bucket(), file.name(), file.sha256(), file.rows(), file.firstUnit(), file.lastUnit());
    }
}
