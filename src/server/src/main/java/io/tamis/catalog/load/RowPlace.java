package io.tamis.catalog.load;

import io.tamis.data.Code;

/**
 * Where a row stands in an upload: the part file, from 1, or 0 when the upload is one file; and in it the line that the
 * row begins on, or 0 for what is no single row's fault. Places compare, packed, as their rows follow each other.
 */
record RowPlace(int part, long line) {
    /** More lines than an upload of the greatest size has bytes. */
    private static final int LINE_BITS = 44;

    private static final long LINE_MASK = (1L << LINE_BITS) - 1;

    RowPlace {
        if (part < 0 || part > ZipParts.PARTS_MAX || line < 0 || line > LINE_MASK) {
            throw new LoadException(Code.INTERNAL);
        }
    }

    /** The place in one long, for the spill. */
    long packed() {
        return (long) part << LINE_BITS | line;
    }

    static RowPlace unpacked(long packed) {
        return new RowPlace((int) (packed >>> LINE_BITS), packed & LINE_MASK);
    }
}
