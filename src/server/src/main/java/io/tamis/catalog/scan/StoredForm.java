package io.tamis.catalog.scan;

import io.tamis.data.Column;
import io.tamis.data.ColumnType;
import java.util.List;

/** How a column's values lie in the scan files (see {@link io.tamis.catalog.Snapshot}). */
public enum StoredForm {
    /** 1 + position in the public domain, 0 for NULL. */
    DOMAIN_CODE,
    /** Code of the private dictionary, 0 for NULL. */
    PRIVATE_CODE,
    /** Minor units. */
    AMOUNT,
    /** Epoch day. */
    DAY,
    /** Epoch microseconds, UTC. */
    MICROS;

    private static final List<String> BOOLEANS = List.of("false", "true");

    /** That of this column. */
    public static StoredForm of(Column column) {
        return switch (column.type()) {
            case STRING -> column.domain().isEmpty() ? PRIVATE_CODE : DOMAIN_CODE;
            case BOOLEAN -> DOMAIN_CODE;
            case INTEGER, DECIMAL -> AMOUNT;
            case DATE -> DAY;
            case TIMESTAMP -> MICROS;
        };
    }

    /** The public values of a column; a boolean has two whether it declares them or not. */
    public static List<String> domain(Column column) {
        return column.type() == ColumnType.BOOLEAN && column.domain().isEmpty() ? BOOLEANS : column.domain();
    }

    /** True when 0 stands for NULL. */
    public boolean coded() {
        return this == DOMAIN_CODE || this == PRIVATE_CODE;
    }

    /** True when values have an order. */
    public boolean ordered() {
        return !coded();
    }

    /** True when values are moments of a calendar. */
    public boolean dated() {
        return this == DAY || this == MICROS;
    }
}
