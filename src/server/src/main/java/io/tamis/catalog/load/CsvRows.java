package io.tamis.catalog.load;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.Dataset;
import io.tamis.data.TamisException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads CSV of RFC 4180 (comma, double quote, CRLF or LF, header line) field by field in constant memory. Strict where
 * the RFC leaves room: a quote inside an unquoted field, text after a closing quote, an open quote at the end, a row
 * shorter or longer than the header are all bad rows. An empty line is skipped, a byte order mark before the header too.
 *
 * <p>A header that names a withheld column is refused before a row is read: what its owner may only give encrypted is not
 * looked at, let alone stored.
 *
 * <p>The bytes are UTF-8; others become U+FFFD here and are refused by the field readers, which know line and column.
 */
final class CsvRows extends AbstractBaseCsvCallbackHandler<Boolean> {
    /** Longest field in UTF-16 units. */
    static final int FIELD_CHARS_MAX = 4_096;

    /** Longest row in UTF-16 units. */
    static final int ROW_CHARS_MAX = 1 << 20;

    /** FastCSV's read buffer: no field can be longer, and smaller ones make it misread the end of short inputs. */
    private static final int BUFFER_CHARS = 1 << 16;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Takes the fields of the rows, in the order of the declaration's columns or not. */
    interface Sink {
        /** A non-empty field: false when it is not a value of the column at this position of the uploaded declaration. */
        boolean field(int position, char[] text, int from, int length);

        /** The row is whole; {@code place} is its packed {@link RowPlace}. */
        void endRow(long place);
    }

    private final Dataset declared;
    private final List<Column> columns;
    private final Sink sink;
    private final int part;
    private final long firstPlace;
    private final List<Integer> positions = new ArrayList<>();
    private int[] order = {};
    private boolean headerRead;
    private long line = 1;
    private int fields;
    private int chars;

    private CsvRows(Dataset dataset, Sink sink, int part) {
        this.declared = dataset;
        this.columns = dataset.uploaded().columns();
        this.sink = sink;
        this.part = part;
        this.firstPlace = new RowPlace(part, 0).packed();
    }

    /** Reads the whole input, which is this part of the upload; throws BAD_ROW at the first row that does not fit. */
    static void read(InputStream csv, int part, Dataset dataset, Sink sink) throws IOException {
        var rows = new CsvRows(dataset, sink, part);
        var reader = CsvReader.builder()
                .maxBufferSize(BUFFER_CHARS)
                .allowUnclosedQuote(false)
                .build(rows, new InputStreamReader(csv, StandardCharsets.UTF_8));
        try (var records = reader.iterator()) {
            while (records.hasNext()) {
                records.next();
            }
        } catch (CsvParseException malformed) {
            throw rows.cause(malformed);
        }
        if (!rows.headerRead) {
            throw LoadException.badRow(new RowPlace(part, 1));
        }
    }

    @Override
    protected void handleBegin(long startingLine) {
        line = startingLine;
        fields = 0;
        chars = 0;
    }

    @Override
    protected void handleField(int index, char[] text, int from, int length, boolean quoted) {
        chars += length;
        if (!headerRead) {
            headerField(index, text, from, length);
        } else if (index >= order.length) {
            throw LoadException.badRow(place());
        } else {
            field(order[index], text, from, length, quoted);
        }
        fields = index + 1;
    }

    @Override
    protected Boolean buildRecord() {
        if (!headerRead) {
            endHeader();
        } else if (fields < order.length) {
            throw bad(order[fields]);
        } else {
            sink.endRow(firstPlace + line);
        }
        return Boolean.TRUE;
    }

    private void field(int position, char[] text, int from, int length, boolean quoted) {
        if (length == 0) {
            return;
        }
        boolean tooLong = length > FIELD_CHARS_MAX || chars > ROW_CHARS_MAX;
        if (tooLong || (!quoted && contains(text, from, length)) || !sink.field(position, text, from, length)) {
            throw bad(position);
        }
    }

    private static boolean contains(char[] text, int from, int length) {
        for (int at = from; at < from + length; at++) {
            if (text[at] == '"') {
                return true;
            }
        }
        return false;
    }

    private void headerField(int index, char[] text, int from, int length) {
        boolean marked = index == 0 && length > 0 && text[from] == BYTE_ORDER_MARK;
        String name = marked ? new String(text, from + 1, length - 1) : new String(text, from, length);
        // A header cell may be data by mistake, so an unknown one is not repeated in the answer.
        int position = columns.stream().map(c -> c.name().value()).toList().indexOf(name);
        if (position < 0 || positions.contains(position)) {
            throw LoadException.unexpected(place(), declared, name);
        }
        positions.add(position);
    }

    private void endHeader() {
        for (int position = 0; position < columns.size(); position++) {
            if (!positions.contains(position)) {
                throw bad(position);
            }
        }
        order = positions.stream().mapToInt(Integer::intValue).toArray();
        headerRead = true;
    }

    /** FastCSV wraps what a callback or the stream throws; its own words hold text of the file and are dropped. */
    private TamisException cause(CsvParseException malformed) {
        if (malformed.getCause() instanceof TamisException ours) {
            return ours;
        }
        return headerRead && fields < order.length ? bad(order[fields]) : LoadException.badRow(place());
    }

    private LoadException bad(int position) {
        ColumnName name = columns.get(position).name();
        return LoadException.badRow(place(), name);
    }

    private RowPlace place() {
        return new RowPlace(part, line);
    }
}
