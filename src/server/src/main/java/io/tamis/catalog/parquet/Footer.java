package io.tamis.catalog.parquet;

import static io.tamis.catalog.parquet.ParquetException.require;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The end of the file, which says what is in it (parquet.thrift, FileMetaData): {@code thrift length[4] "PAR1"}. Checked
 * as a whole before anything else is read: every column chunk lies in the file, has as many values as its row group has
 * rows, and the row groups add up.
 */
record Footer(List<ParquetColumn> columns, List<RowGroup> rowGroups) {
    /** A footer has about a hundred bytes a column and row group; a file of 32 GiB has thousands of them. */
    static final int BYTES_MAX = 16 << 20;

    /** Greatest number of column chunks, all row groups together. */
    static final int CHUNKS_MAX = 1 << 17;

    /** Greatest number of row groups; DuckDB's have 122,880 rows, others more. */
    static final int ROW_GROUPS_MAX = 1 << 16;

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL_BYTES = Integer.BYTES + 4;

    Footer {
        columns = List.copyOf(columns);
        rowGroups = List.copyOf(rowGroups);
    }

    /** Rows that lie together, each column in one piece. */
    record RowGroup(long rows, List<Chunk> chunks) {
        RowGroup {
            chunks = List.copyOf(chunks);
        }
    }

    /** Where a column's values of one row group lie: its pages, one behind the other. */
    record Chunk(Codec codec, long values, long from, long bytes) {}

    static Footer read(ParquetSource source) throws IOException {
        long length = source.length();
        require(length >= MAGIC.length + TAIL_BYTES);
        var head = new byte[MAGIC.length];
        source.read(0, head, head.length);
        var tail = new byte[TAIL_BYTES];
        source.read(length - TAIL_BYTES, tail, TAIL_BYTES);
        require(Arrays.equals(head, MAGIC) && Arrays.equals(tail, Integer.BYTES, TAIL_BYTES, MAGIC, 0, MAGIC.length));
        int size = Bits.int32(tail, 0);
        require(size > 0 && size <= length - TAIL_BYTES - MAGIC.length);
        if (size > BYTES_MAX) {
            throw ParquetException.tooLarge();
        }
        var bytes = new byte[size];
        long from = length - TAIL_BYTES - size;
        source.read(from, bytes, size);
        return new Reading(new Thrift(bytes, size), from).footer();
    }

    /** Reads FileMetaData; pages end where it begins. */
    private static final class Reading {
        private final Thrift in;
        private final long pagesEnd;
        private int chunks;

        Reading(Thrift in, long pagesEnd) {
            this.in = in;
            this.pagesEnd = pagesEnd;
        }

        Footer footer() {
            List<ParquetColumn> columns = List.of();
            List<RowGroup> groups = List.of();
            long rows = -1;
            in.enter();
            for (int field = in.next(); field != 0; field = in.next()) {
                switch (field) {
                    case 2 -> columns = SchemaReader.read(in);
                    case 3 -> rows = in.offset();
                    case 4 -> groups = rowGroups();
                    // Field 8 is the algorithm of an encrypted file.
                    case 8 -> throw ParquetException.malformed();
                    default -> in.skip();
                }
            }
            require(!columns.isEmpty());
            long sum = 0;
            boolean flat = columns.stream().noneMatch(column -> column.kind() instanceof ColumnKind.Unread);
            for (var group : groups) {
                sum = Math.addExact(sum, group.rows());
                require(!flat || group.chunks().size() == columns.size());
            }
            require(sum == rows);
            return new Footer(columns, groups);
        }

        private List<RowGroup> rowGroups() {
            int count = in.structs();
            if (count > ROW_GROUPS_MAX) {
                throw ParquetException.tooLarge();
            }
            var groups = new ArrayList<RowGroup>();
            for (int i = 0; i < count; i++) {
                groups.add(rowGroup());
            }
            return groups;
        }

        private RowGroup rowGroup() {
            List<Chunk> columns = List.of();
            long rows = -1;
            in.enter();
            for (int field = in.next(); field != 0; field = in.next()) {
                switch (field) {
                    case 1 -> columns = chunks();
                    case 3 -> rows = in.offset();
                    default -> in.skip();
                }
            }
            // A sum of so many cannot overflow, and no dataset has as many rows.
            require(rows >= 0 && rows <= Integer.MAX_VALUE);
            return new RowGroup(rows, columns);
        }

        private List<Chunk> chunks() {
            int count = in.structs();
            chunks += count;
            if (chunks > CHUNKS_MAX) {
                throw ParquetException.tooLarge();
            }
            var columns = new ArrayList<Chunk>();
            for (int i = 0; i < count; i++) {
                columns.add(chunk());
            }
            return columns;
        }

        private Chunk chunk() {
            var found = new ArrayList<Chunk>();
            in.enter();
            for (int field = in.next(); field != 0; field = in.next()) {
                switch (field) {
                    case 3 -> found.add(metaData());
                    // Another file's bytes (1), encrypted ones (8, 9): none of ours.
                    case 1, 8, 9 -> throw ParquetException.malformed();
                    default -> in.skip();
                }
            }
            require(found.size() == 1);
            return found.getFirst();
        }

        private Chunk metaData() {
            int codec = -1;
            long values = -1;
            long bytes = -1;
            long data = -1;
            long dictionary = 0;
            in.struct();
            for (int field = in.next(); field != 0; field = in.next()) {
                switch (field) {
                    case 4 -> codec = in.natural();
                    case 5 -> values = in.offset();
                    case 7 -> bytes = in.offset();
                    case 9 -> data = in.offset();
                    case 11 -> dictionary = in.offset();
                    default -> in.skip();
                }
            }
            // Some writers set the dictionary's place to 0 when there is none.
            long from = dictionary > 0 ? Math.min(dictionary, data) : data;
            require(values >= 0 && from >= MAGIC.length && bytes >= 0 && bytes <= pagesEnd - from);
            return new Chunk(Codec.of(codec), values, from, bytes);
        }
    }
}
