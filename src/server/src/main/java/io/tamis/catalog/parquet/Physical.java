package io.tamis.catalog.parquet;

/** The physical types (parquet.thrift, enum Type), by their number. */
enum Physical {
    BOOLEAN,
    INT32,
    INT64,
    INT96,
    FLOAT,
    DOUBLE,
    BYTE_ARRAY,
    FIXED_LEN_BYTE_ARRAY;

    static Physical of(int number) {
        return switch (number) {
            case 0 -> BOOLEAN;
            case 1 -> INT32;
            case 2 -> INT64;
            case 3 -> INT96;
            case 4 -> FLOAT;
            case 5 -> DOUBLE;
            case 6 -> BYTE_ARRAY;
            case 7 -> FIXED_LEN_BYTE_ARRAY;
            default -> throw ParquetException.malformed();
        };
    }
}
