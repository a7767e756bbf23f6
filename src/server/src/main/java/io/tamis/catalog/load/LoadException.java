package io.tamis.catalog.load;

import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What could not be known before the upload was read, or a stored version before it was opened: a row that does not fit,
 * too much of something, a damaged file. A bad row is named by line and column, never by value.
 */
public final class LoadException extends TamisException {
    private static final long serialVersionUID = 1L;
    private static final long NO_LINE = 0;
    private static final String NO_COLUMN = "";

    private final long line;
    private final String column;

    /** An exception with this code. */
    public LoadException(Code code) {
        super(code);
        line = NO_LINE;
        column = NO_COLUMN;
    }

    /** An exception with this code; the cause is for our own log only. */
    public LoadException(Code code, Throwable cause) {
        super(code, cause);
        line = NO_LINE;
        column = NO_COLUMN;
    }

    /** INTERNAL for a failure of DuckDB, whose words may carry cell values: only its kind is kept, even for our log. */
    static LoadException ofDuckDb(SQLException failure) {
        return new LoadException(
                Code.INTERNAL,
                new IllegalStateException("DuckDB: " + failure.getClass() + " " + failure.getSQLState()));
    }

    private LoadException(Code code, long line, String column) {
        super(code);
        this.line = line;
        this.column = column;
    }

    /** BAD_ROW: the row that begins on this line (the header is line 1) does not fit in this declared column. */
    static LoadException badRow(long line, ColumnName column) {
        return new LoadException(Code.BAD_ROW, line, column.value());
    }

    /** BAD_ROW where no declared column is at fault, for example a field too many. */
    static LoadException badRow(long line) {
        return new LoadException(Code.BAD_ROW, line, NO_COLUMN);
    }

    /** Where the bad row begins. */
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
        line().ifPresent(number -> members.put("line", number));
        column().ifPresent(name -> members.put("column", name.value()));
        return members.build();
    }
}
