package io.tamis.catalog.scan;

import io.tamis.catalog.ScanFile;
import io.tamis.catalog.Snapshot;
import io.tamis.data.Code;

/** The persons of a version, numbered from 0 without gaps: what is kept of each is kept in arrays. */
public final class UnitIndex {
    /** Greatest number of persons of all datasets of a scan. */
    public static final long UNITS_MAX = 1L << 28;

    private final long[] first = new long[ScanFile.BUCKETS];
    private final long[] size = new long[ScanFile.BUCKETS];
    private final long[] base = new long[ScanFile.BUCKETS];
    private final int units;

    private UnitIndex(Snapshot snapshot) {
        long total = 0;
        for (ScanFile file : snapshot.files()) {
            first[file.bucket()] = file.firstUnit();
            size[file.bucket()] = file.lastUnit() - file.firstUnit() + 1;
            base[file.bucket()] = total;
            total += size[file.bucket()];
            if (total > UNITS_MAX) {
                throw new ScanException(Code.JOB_FAILED);
            }
        }
        this.units = (int) total;
    }

    /** The persons of this version. */
    public static UnitIndex of(Snapshot snapshot) {
        return new UnitIndex(snapshot);
    }

    /** How many there are. */
    public int units() {
        return units;
    }

    /** The index of a person; JOB_FAILED for a number that the version does not have. */
    public int of(long unitNo) {
        int bucket = (int) (unitNo >>> ScanFile.SERIAL_BITS);
        if (bucket < ScanFile.BUCKETS) {
            long offset = unitNo - first[bucket];
            if (offset >= 0 && offset < size[bucket]) {
                return (int) (base[bucket] + offset);
            }
        }
        throw new ScanException(Code.JOB_FAILED);
    }
}
