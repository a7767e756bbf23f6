package io.tamis.catalog.parquet;

import java.io.IOException;

/** The bytes of a file, read anywhere. */
public interface ParquetSource {
    /** How many there are. */
    long length();

    /** Copies bytes that are all there; the caller has checked the range against {@link #length}. */
    void read(long offset, byte[] into, int length) throws IOException;
}
