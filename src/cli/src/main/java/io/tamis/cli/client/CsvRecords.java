package io.tamis.cli.client;

import io.tamis.data.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The records of a CSV (RFC 4180: comma, double quote, CRLF or LF) as the bytes they are, one at a time, in the memory of
 * one record. Strict as the service is: a quote inside an unquoted field, text after a closing quote, an open quote at the
 * end are BAD_ROW, because from there on nobody could say which column a value is of. The caller closes the stream.
 */
public final class CsvRecords {
    /** Longest record, line break included. */
    public static final int RECORD_BYTES_MAX = 1 << 22;

    /** Most fields of a record. */
    public static final int FIELDS_MAX = 4_096;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private enum At {
        START,
        PLAIN,
        QUOTED,
        AFTER_QUOTE
    }

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int bufferAt;
    private int bufferEnd;
    private byte[] bytes = new byte[1_024];
    private int length;
    private final int[] ends = new int[FIELDS_MAX];
    private int fields;
    private long line;
    private long nextLine = 1;

    /** The records of this stream, from the first, which is the header. */
    public CsvRecords(InputStream in) {
        this.in = in;
    }

    /** Goes to the next record; false after the last. BAD_ROW, with the line, when it is none. */
    public boolean next() throws IOException {
        length = 0;
        fields = 0;
        line = nextLine;
        At at = At.START;
        while (true) {
            if (bufferAt == bufferEnd && !fill()) {
                if (at == At.QUOTED) {
                    throw bad();
                }
                if (length > 0) {
                    endField(length);
                }
                return length > 0;
            }
            byte b = buffer[bufferAt++];
            put(b);
            if (b == '\n') {
                nextLine++;
                if (at != At.QUOTED) {
                    endField(length - (length > 1 && bytes[length - 2] == '\r' ? 2 : 1));
                    return true;
                }
            } else {
                at = step(at, b);
            }
        }
    }

    private At step(At at, byte b) {
        return switch (at) {
            case START, PLAIN, AFTER_QUOTE -> {
                if (b == ',') {
                    endField(length - 1);
                    yield At.START;
                }
                if (b == '"') {
                    if (at == At.PLAIN) {
                        throw bad();
                    }
                    yield At.QUOTED;
                }
                if (at == At.AFTER_QUOTE) {
                    if (b != '\r') {
                        throw bad();
                    }
                    yield At.AFTER_QUOTE;
                }
                yield At.PLAIN;
            }
            case QUOTED -> b == '"' ? At.AFTER_QUOTE : At.QUOTED;
        };
    }

    private boolean fill() throws IOException {
        bufferAt = 0;
        bufferEnd = Math.max(0, in.read(buffer));
        return bufferEnd > 0;
    }

    private void put(byte b) {
        if (length == bytes.length) {
            if (length == RECORD_BYTES_MAX) {
                throw bad();
            }
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = b;
    }

    private void endField(int end) {
        if (fields == FIELDS_MAX) {
            throw bad();
        }
        ends[fields++] = end;
    }

    /** The line on which the record begins, from 1. */
    public long line() {
        return line;
    }

    /** How many fields the record has; an empty line is one empty field. */
    public int fields() {
        return fields;
    }

    /** True for an empty line, which is no row. */
    public boolean isEmpty() {
        return fields == 1 && ends[0] == 0;
    }

    private int begin(int field) {
        return field == 0 ? 0 : ends[field - 1] + 1;
    }

    /** A field's text, without its quotes; bytes that are not UTF-8 become U+FFFD. */
    public String text(int field) {
        int from = begin(field);
        int to = ends[field];
        boolean quoted = to > from && bytes[from] == '"';
        String text =
                new String(bytes, quoted ? from + 1 : from, quoted ? to - from - 2 : to - from, StandardCharsets.UTF_8);
        return quoted ? text.replace("\"\"", "\"") : text;
    }

    /** The names of the columns, when this is the first record; a byte order mark before them is passed over. */
    public List<String> header() {
        boolean marked = length >= BYTE_ORDER_MARK.length
                && Arrays.equals(bytes, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
        var names = new ArrayList<String>();
        for (int field = 0; field < fields; field++) {
            names.add(field == 0 && marked ? text(0).substring(1) : text(field));
        }
        return names;
    }

    /** Writes the record as it is, without the fields marked. */
    void copyTo(OutputStream out, boolean[] without) throws IOException {
        boolean begun = false;
        for (int field = 0; field < fields; field++) {
            if (!without[field]) {
                if (begun) {
                    out.write(',');
                }
                out.write(bytes, begin(field), ends[field] - begin(field));
                begun = true;
            }
        }
        int end = ends[fields - 1];
        out.write(bytes, end, length - end);
    }

    /** BAD_ROW for this record. */
    public ClientException bad() {
        return new ClientException(
                Code.BAD_ROW, ExitCode.NO, "line " + line + " is no row of this table (RFC 4180); nothing was sent");
    }
}
