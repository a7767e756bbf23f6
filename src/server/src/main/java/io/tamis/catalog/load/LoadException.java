package io.tamis.catalog.load;

import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.Dataset;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What could not be known before the upload was read, or a stored version before it was opened: a row that does not fit,
 * too much of something, a damaged file. A bad row is named by part, line and column, never by value.
 */
public final class LoadException extends TamisException {
    private static final long serialVersionUID = 1L;
    private static final int NO_PART = 0;
    private static final long NO_LINE = 0;
    private static final String NO_COLUMN = "";

    private final int part;
    private final long line;
    private final String column;

    /** An exception with this code. */
    public LoadException(Code code) {
        super(code);
        part = NO_PART;
        line = NO_LINE;
        column = NO_COLUMN;
    }

    /** An exception with this code; the cause is for our own log only. */
    public LoadException(Code code, Throwable cause) {
        super(code, cause);
        part = NO_PART;
        line = NO_LINE;
        column = NO_COLUMN;
    }

    /** INTERNAL for a failure of DuckDB, whose words may carry cell values: only its kind is kept, even for our log. */
    static LoadException ofDuckDb(SQLException failure) {
        return new LoadException(
                Code.INTERNAL,
                new IllegalStateException("DuckDB: " + failure.getClass() + " " + failure.getSQLState()));
    }

    private LoadException(Code code, RowPlace place, String column) {
        super(code);
        this.part = place.part();
        this.line = place.line();
        this.column = column;
    }

    /** BAD_ROW: the row at this place does not fit in this declared column. */
    static LoadException badRow(RowPlace place, ColumnName column) {
        return new LoadException(Code.BAD_ROW, place, column.value());
    }

    /** BAD_ROW where no declared column is at fault, for example a field too many. */
    static LoadException badRow(RowPlace place) {
        return new LoadException(Code.BAD_ROW, place, NO_COLUMN);
    }

    /**
     * BAD_ROW for a column that an upload may not have, which is named only when it is a declared one that its owner
     * withholds: other names may be data by mistake.
     */
    static LoadException unexpected(RowPlace place, Dataset declared, String name) {
        return declared.columns().stream()
                .filter(Column::isWithheld)
                .filter(column -> column.name().value().equals(name))
                .findFirst()
                .map(column -> badRow(place, column.name()))
                .orElseGet(() -> badRow(place));
    }

    /** INVALID_REQUEST: this part, or with 0 the whole upload, is not of the kind that it is called. */
    static LoadException malformed(int part) {
        return refused(Code.INVALID_REQUEST, part);
    }

    /** Another refusal of this part, or with 0 of the whole upload. */
    static LoadException refused(Code code, int part) {
        return new LoadException(code, new RowPlace(part, NO_LINE), NO_COLUMN);
    }

    /** Position of the part file at fault, from 1, when the upload has parts. */
    public OptionalInt part() {
        return part == NO_PART ? OptionalInt.empty() : OptionalInt.of(part);
    }

    /** Where the bad row begins in its file. */
    public OptionalLong line() {
        return line == NO_LINE ? OptionalLong.empty() : OptionalLong.of(line);
    }

    /** The declared column at fault. */
    public Optional<ColumnName> column() {
        return column.equals(NO_COLUMN) ? Optional.empty() : Optional.of(new ColumnName(column));
    }

    @Override
    public Json.Obj members() {
        var members = Json.object();
        part().ifPresent(number -> members.put("part", number));
        line().ifPresent(number -> members.put("line", number));
        column().ifPresent(name -> members.put("column", name.value()));
        return members.build();
    }
}
