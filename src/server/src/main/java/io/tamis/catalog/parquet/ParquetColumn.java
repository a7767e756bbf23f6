package io.tamis.catalog.parquet;

/**
 * A column of the file's schema.
 *
 * @param width bytes of a value of FIXED_LEN_BYTE_ARRAY, else 0
 * @param optional true when values may be null
 */
public record ParquetColumn(String name, ColumnKind kind, Physical physical, int width, boolean optional) {
    /** True when numbers are of 32 bits. */
    public boolean isNarrow() {
        return physical == Physical.INT32;
    }

    /** True when values are bytes, not numbers. */
    public boolean hasBytes() {
        return physical == Physical.BYTE_ARRAY || physical == Physical.FIXED_LEN_BYTE_ARRAY;
    }
}
