package io.tamis.catalog.parquet;

/** What the values of a column are: the logical types that this reader knows (parquet-format, LogicalTypes.md). */
public sealed interface ColumnKind {
    /** STRING, UTF8, ENUM: bytes of UTF-8. */
    record Text() implements ColumnKind {}

    /** INT8 to INT64, UINT8 to UINT64; an unsigned one of 64 bits that shows negative is beyond what a long holds. */
    record Whole(boolean signed) implements ColumnKind {}

    /** A whole number of so many decimals: {@code number / 10^scale}. */
    record Decimal(int scale) implements ColumnKind {}

    /** Days since 1970. */
    record Day() implements ColumnKind {}

    /** Instants as so many since 1970 UTC. */
    record Moment(Resolution resolution) implements ColumnKind {}

    /** Parts of a second. */
    enum Resolution {
        MILLIS,
        MICROS,
        NANOS
    }

    /** True is 1. */
    record Truth() implements ColumnKind {}

    /** What is not read: nested columns, floating point, local times, plain bytes and the rest. */
    record Unread() implements ColumnKind {}
}
