package io.tamis.catalog.parquet;

import static io.tamis.catalog.parquet.ParquetException.require;

/** A part of a page that is read from its front. */
final class Slice {
    final byte[] bytes;
    final int end;
    int at;

    Slice(byte[] bytes, int at, int end) {
        require(at >= 0 && at <= end && end <= bytes.length);
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    int left() {
        return end - at;
    }

    /** Moves behind so many bytes and tells where they began. */
    int pass(long length) {
        require(length >= 0 && length <= left());
        int from = at;
        at += (int) length;
        return from;
    }

    int int32() {
        return Bits.int32(bytes, pass(Integer.BYTES));
    }

    long int64() {
        return Bits.int64(bytes, pass(Long.BYTES));
    }
}
