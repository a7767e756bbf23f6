package io.tamis.catalog.load;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import java.util.regex.Pattern;

/**
 * One Parquet file of a version: all rows of the persons of one bucket, ordered by {@code unit_no}. A person never spans
 * two files, which is what lets files be scanned apart and their bounded sums be added.
 *
 * @param rows exact number of rows; never shown to a merchant
 * @param firstUnit least unit_no in the file
 * @param lastUnit greatest unit_no in the file
 */
public record BucketFile(int bucket, String name, Hash sha256, long rows, long firstUnit, long lastUnit) {
    /** Number of buckets a version is cut into. */
    public static final int BUCKETS = 64;

    /** Bits of a unit_no below the bucket's. */
    public static final int SERIAL_BITS = 40;

    private static final Pattern FORM = Pattern.compile("part-[0-9]{5}\\.parquet");

    public BucketFile {
        if (bucket < 0 || bucket >= BUCKETS || !FORM.matcher(name).matches() || rows < 1) {
            throw new LoadException(Code.INTERNAL);
        }
        boolean inBucket = firstUnit >>> SERIAL_BITS == bucket && lastUnit >>> SERIAL_BITS == bucket;
        if (!inBucket || lastUnit < firstUnit || lastUnit - firstUnit >= rows) {
            throw new LoadException(Code.INTERNAL);
        }
    }
}
