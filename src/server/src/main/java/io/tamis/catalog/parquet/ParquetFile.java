package io.tamis.catalog.parquet;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A file of one flat table. Its writer is not trusted: every number in it is checked before it is used, nothing is made
 * larger than {@link ColumnCursor#PAGE_BYTES_MAX} at once or {@link Budget#HELD_BYTES_MAX} together, and work is linear in
 * the bytes unpacked and the rows read. Rows may be many more than bytes, so the caller bounds them.
 *
 * <p>Read are pages of both versions, the encodings PLAIN, RLE, dictionaries and the three DELTAs, and the codecs of
 * {@link Codec}. NOT read: nested columns, BYTE_STREAM_SPLIT, BIT_PACKED levels, encrypted files, bytes that lie in other files. Statistics
 * and indexes are not looked at.
 */
public final class ParquetFile {
    private final ParquetSource source;
    private final Footer footer;
    private final Budget budget;

    private ParquetFile(ParquetSource source, Footer footer, Budget budget) {
        this.source = source;
        this.footer = footer;
        this.budget = budget;
    }

    /** Reads what the file says of itself; its pages may unpack to at most so many bytes. */
    public static ParquetFile open(ParquetSource source, long unpackedBytesMax) throws IOException {
        return new ParquetFile(source, Footer.read(source), new Budget(unpackedBytesMax));
    }

    /** The columns in the order of the file; only {@link ColumnKind.Unread} ones cannot be read. */
    public List<ParquetColumn> columns() {
        return footer.columns();
    }

    /** How many row groups there are. */
    public int rowGroups() {
        return footer.rowGroups().size();
    }

    /** How many bytes pages may still unpack to. */
    public long unpackedLeft() {
        return budget.unpackedLeft();
    }

    /** Takes the rows of a row group. */
    public interface Rows {
        /** Moves every cursor once for each of the rows; the cursors are in the order of {@link #columns}. */
        void read(long rows, List<ColumnCursor> cursors) throws IOException;
    }

    /** Hands one row group to {@code rows}; no column may be Unread. */
    public void read(int rowGroup, Rows rows) throws IOException {
        var group = footer.rowGroups().get(rowGroup);
        ParquetException.require(
                footer.columns().stream().noneMatch(column -> column.kind() instanceof ColumnKind.Unread));
        var cursors = IntStream.range(0, footer.columns().size())
                .mapToObj(i -> new ColumnCursor(
                        source, footer.columns().get(i), group.chunks().get(i), budget))
                .toList();
        rows.read(group.rows(), cursors);
        cursors.forEach(ColumnCursor::finish);
    }
}
