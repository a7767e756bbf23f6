package io.tamis.catalog.load;

import io.tamis.catalog.parquet.ColumnCursor;
import io.tamis.catalog.parquet.ColumnKind;
import io.tamis.catalog.parquet.ParquetColumn;
import io.tamis.catalog.parquet.ParquetException;
import io.tamis.catalog.parquet.ParquetFile;
import io.tamis.catalog.parquet.ParquetSource;
import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.Dataset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a Parquet file row by row into a sink, by the very checks that a CSV meets. The file's columns are those of the
 * declaration, by name, each of a type that says the same (docs/api.md, "Uploads"); nothing is converted that could mean
 * two things. An empty text is no value, as in CSV.
 */
final class ParquetRows {
    private final int part;
    private final Dataset dataset;
    private final List<Column> declared;
    private final RowSink sink;
    private long textLeft;

    private ParquetRows(int part, Dataset dataset, RowSink sink, long textBytesMax) {
        this.part = part;
        this.dataset = dataset;
        this.declared = dataset.uploaded().columns();
        this.sink = sink;
        this.textLeft = textBytesMax;
    }

    /**
     * Reads the whole file, which is this part of the upload; throws BAD_ROW at the first row that does not fit. Its pages,
     * and the texts of its rows, may come to {@code bytesMax}: a dictionary lets few bytes stand for many. Tells how many they
     * came to, whichever are more, as the parts of an upload share one limit.
     */
    static long read(ParquetSource source, int part, Dataset dataset, RowSink sink, long bytesMax) throws IOException {
        try {
            var file = ParquetFile.open(source, bytesMax);
            var rows = new ParquetRows(part, dataset, sink, bytesMax);
            rows.read(file);
            return bytesMax - Math.min(rows.textLeft, file.unpackedLeft());
        } catch (ParquetException refused) {
            throw LoadException.refused(refused.code(), part);
        }
    }

    private void read(ParquetFile file) throws IOException {
        int[] positions = positions(file.columns());
        long before = 0;
        for (int group = 0; group < file.rowGroups(); group++) {
            before += readGroup(file, group, positions, before);
        }
    }

    private long readGroup(ParquetFile file, int group, int[] positions, long before) throws IOException {
        var read = new long[1];
        file.read(group, (rows, cursors) -> {
            var feeds = feeds(file.columns(), cursors, positions);
            for (long row = 1; row <= rows; row++) {
                readRow(feeds, before + row);
            }
            read[0] = rows;
        });
        return read[0];
    }

    private void readRow(List<ValueFeed> feeds, long row) throws IOException {
        int chars = 0;
        for (var feed : feeds) {
            boolean fits = feed.next();
            chars += feed.textBytes();
            if (!fits || chars > CsvRows.ROW_CHARS_MAX) {
                throw LoadException.badRow(
                        new RowPlace(part, row), declared.get(feed.position()).name());
            }
        }
        textLeft -= chars;
        if (textLeft < 0) {
            throw LoadException.refused(Code.TOO_LARGE, part);
        }
        sink.endRow(new RowPlace(part, row).packed());
    }

    private List<ValueFeed> feeds(List<ParquetColumn> columns, List<ColumnCursor> cursors, int[] positions) {
        var feeds = new ArrayList<ValueFeed>();
        for (int i = 0; i < positions.length; i++) {
            int position = positions[i];
            feeds.add(ValueFeed.of(columns.get(i), cursors.get(i), declared.get(position), position, sink));
        }
        return feeds;
    }

    /** Position in the declaration of each column of the file. */
    private int[] positions(List<ParquetColumn> columns) {
        var names = declared.stream().map(column -> column.name().value()).toList();
        var positions = new ArrayList<Integer>();
        for (var column : columns) {
            int position = names.indexOf(column.name());
            if (position < 0 || positions.contains(position)) {
                throw LoadException.unexpected(new RowPlace(part, 0), dataset, column.name());
            }
            if (!says(column.kind(), declared.get(position))) {
                throw bad(position);
            }
            positions.add(position);
        }
        for (int position = 0; position < names.size(); position++) {
            if (!positions.contains(position)) {
                throw bad(position);
            }
        }
        return positions.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * True when a column of the file says what the declared one does. Integers for decimals are not taken: nobody knows
     * whether they are whole or minor units.
     */
    private static boolean says(ColumnKind kind, Column column) {
        return switch (column.type()) {
            case STRING -> kind instanceof ColumnKind.Text;
            case INTEGER -> kind instanceof ColumnKind.Whole;
            case DECIMAL -> kind instanceof ColumnKind.Decimal(int scale) && scale <= column.scale();
            case DATE -> kind instanceof ColumnKind.Day;
            case TIMESTAMP -> kind instanceof ColumnKind.Moment;
            case BOOLEAN -> kind instanceof ColumnKind.Truth;
        };
    }

    private LoadException bad(int position) {
        return LoadException.badRow(
                new RowPlace(part, 0), declared.get(position).name());
    }
}
