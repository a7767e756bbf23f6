package io.tamis.data;

/** The declared type of a column. DECIMAL is kept as an integer of minor units, {@code scale} digits after the point. */
public enum ColumnType {
    STRING,
    INTEGER,
    DECIMAL,
    DATE,
    TIMESTAMP,
    BOOLEAN
}
