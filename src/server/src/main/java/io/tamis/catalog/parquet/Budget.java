package io.tamis.catalog.parquet;

/** What one file may still take: bytes unpacked in all, and bytes held at a time by the pages of all its columns. */
final class Budget {
    /** Pages and dictionaries held at a time, unpacked; two imports run beside everything else in a heap of 512 MB. */
    static final long HELD_BYTES_MAX = 64L << 20;

    private long unpackedLeft;
    private long held;

    Budget(long unpackedBytesMax) {
        unpackedLeft = unpackedBytesMax;
    }

    long unpackedLeft() {
        return unpackedLeft;
    }

    /** Takes the room of a page before it is made. */
    void take(int bytes) {
        unpackedLeft -= bytes;
        held += bytes;
        if (unpackedLeft < 0 || held > HELD_BYTES_MAX) {
            throw ParquetException.tooLarge();
        }
    }

    /** Gives back the room of a page that is read. */
    void giveBack(int bytes) {
        held -= bytes;
    }
}
