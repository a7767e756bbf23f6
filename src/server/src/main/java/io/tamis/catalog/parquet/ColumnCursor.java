package io.tamis.catalog.parquet;

import static io.tamis.catalog.parquet.ParquetException.require;

import java.io.IOException;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Walks down one column of one row group, value by value; one page and one dictionary are held at a time. For use by one
 * thread; the accessors speak of the value that {@link #next} came to.
 */
public final class ColumnCursor {
    /** Greatest page, unpacked. Writers aim at one MiB; DuckDB's have a row group's 122,880 values. */
    static final int PAGE_BYTES_MAX = 32 << 20;

    /** Numbers of the enumeration Encoding. */
    private static final int PLAIN = 0;

    private static final int PLAIN_DICTIONARY = 2;
    private static final int RLE = 3;
    private static final int DELTA_BINARY_PACKED = 5;
    private static final int DELTA_LENGTH_BYTE_ARRAY = 6;
    private static final int DELTA_BYTE_ARRAY = 7;
    private static final int RLE_DICTIONARY = 8;

    private final ParquetSource source;
    private final ParquetColumn column;
    private final Codec codec;
    private final Budget budget;
    private final byte[] head = new byte[PageHeader.BYTES_MAX];
    private long at;
    private final long end;
    private long valuesLeft;
    private int pageLeft;
    private int pageHeld;
    private int dictionaryHeld;
    private Optional<Dictionary> dictionary = Optional.empty();
    private Optional<Hybrid> levels = Optional.empty();
    private Values values = new Nothing();

    ColumnCursor(ParquetSource source, ParquetColumn column, Footer.Chunk chunk, Budget budget) {
        this.source = source;
        this.column = column;
        this.codec = chunk.codec();
        this.budget = budget;
        this.at = chunk.from();
        this.end = chunk.from() + chunk.bytes();
        this.valuesLeft = chunk.values();
    }

    /** Moves to the next row; false when its value is null. */
    public boolean next() throws IOException {
        while (pageLeft == 0) {
            nextPage();
        }
        pageLeft--;
        if (levels.isPresent()) {
            int level = levels.get().next();
            require(level == 0 || level == 1);
            if (level == 0) {
                return false;
            }
        }
        values.next();
        return true;
    }

    /** The number; a truth is 1 or 0. */
    public long number() {
        return values.number();
    }

    /** The array that holds the value's bytes, which must not be changed. */
    public byte[] bytes() {
        return values.bytes();
    }

    /** Where the value's bytes begin. */
    public int from() {
        return values.from();
    }

    /** How many bytes the value has. */
    public int length() {
        return values.length();
    }

    /** The value's position in the dictionary of this row group, below {@link #codes}; -1 when it stands for itself. */
    public int code() {
        return values.code();
    }

    /** How many values the dictionary of this row group has so far. */
    public int codes() {
        return dictionary.map(Dictionary::size).orElse(0);
    }

    /** Ends the walk; malformed when there are more values than rows. */
    void finish() {
        require(pageLeft == 0 && valuesLeft == 0);
        budget.giveBack(pageHeld);
        budget.giveBack(dictionaryHeld);
    }

    private void nextPage() throws IOException {
        require(at < end);
        int length = (int) Math.min(head.length, end - at);
        source.read(at, head, length);
        var header = PageHeader.read(head, length);
        at += header.bytes();
        require(header.packed() <= end - at);
        if (Math.max(header.unpacked(), header.packed()) > PAGE_BYTES_MAX) {
            throw ParquetException.tooLarge();
        }
        switch (header.kind()) {
            case DICTIONARY -> dictionary(header);
            case DATA, DATA_V2 -> data(header);
            case INDEX -> {}
        }
        at += header.packed();
    }

    private void dictionary(PageHeader header) throws IOException {
        boolean plain = header.encoding() == PLAIN || header.encoding() == PLAIN_DICTIONARY;
        require(dictionary.isEmpty() && plain && header.values() <= 8L * PAGE_BYTES_MAX);
        dictionaryHeld = Dictionary.bytes(header.unpacked(), header.values());
        budget.take(dictionaryHeld);
        dictionary = Optional.of(new Dictionary(unpacked(header), header.values(), column));
    }

    private void data(PageHeader header) throws IOException {
        budget.giveBack(pageHeld);
        require(header.values() <= valuesLeft);
        pageHeld = header.unpacked();
        if (header.encoding() == DELTA_LENGTH_BYTE_ARRAY || header.encoding() == DELTA_BYTE_ARRAY) {
            if (header.values() > DeltaBytes.VALUES_MAX) {
                throw ParquetException.tooLarge();
            }
            pageHeld += header.values() * DeltaBytes.VALUE_BYTES;
        }
        budget.take(pageHeld);
        valuesLeft -= header.values();
        pageLeft = header.values();
        byte[] page = unpacked(header);
        var body = new Slice(page, 0, page.length);
        if (column.optional()) {
            int length = header.kind() == PageHeader.Kind.DATA ? body.int32() : header.levels();
            int from = body.pass(length);
            levels = Optional.of(new Hybrid(new Slice(page, from, from + length), 1));
        } else {
            body.pass(header.levels());
        }
        values = pageLeft == 0 ? new Nothing() : values(header, body);
    }

    /** The page with its levels; those of the second version stand unpacked before the packed values. */
    private byte[] unpacked(PageHeader header) throws IOException {
        var packed = new byte[header.packed()];
        source.read(at, packed, packed.length);
        if (header.checked()) {
            var crc = new CRC32();
            crc.update(packed);
            require((int) crc.getValue() == header.crc());
        }
        int levelBytes = header.levels();
        var how = header.compressed() ? codec : Codec.UNCOMPRESSED;
        if (levelBytes == 0) {
            return unpack(how, packed, 0, header.unpacked());
        }
        var page = new byte[header.unpacked()];
        System.arraycopy(packed, 0, page, 0, levelBytes);
        byte[] rest = unpack(how, packed, levelBytes, page.length - levelBytes);
        System.arraycopy(rest, 0, page, levelBytes, rest.length);
        return page;
    }

    private static byte[] unpack(Codec how, byte[] packed, int from, int length) {
        // Some writers leave nothing where nothing was to be packed.
        if (length == 0 && from == packed.length) {
            return new byte[0];
        }
        var page = new byte[length];
        how.unpack(packed, from, page);
        return page;
    }

    private Values values(PageHeader header, Slice body) {
        boolean bytes = column.hasBytes();
        boolean truth = column.physical() == Physical.BOOLEAN;
        return switch (header.encoding()) {
            case PLAIN ->
                bytes ? new Values.PlainBytes(body, column) : new Values.PlainNumbers(body, column.physical());
            case PLAIN_DICTIONARY, RLE_DICTIONARY ->
                body.left() == 0
                        ? new Nothing()
                        : dictionary.orElseThrow(ParquetException::malformed).values(body);
            case RLE -> {
                require(truth);
                yield body.left() == 0 ? new Nothing() : new Values.Truths(body);
            }
            case DELTA_BINARY_PACKED -> {
                require(!bytes && !truth);
                yield new Deltas(body, column.physical() == Physical.INT32);
            }
            case DELTA_LENGTH_BYTE_ARRAY -> {
                require(bytes);
                yield DeltaBytes.ofLengths(body, header.values(), column);
            }
            case DELTA_BYTE_ARRAY -> {
                require(bytes);
                yield DeltaBytes.ofPrefixes(body, header.values(), column);
            }
            default -> throw ParquetException.malformed();
        };
    }

    /** No values: all are null, or there is no page yet. */
    private static final class Nothing implements Values {
        @Override
        public void next() {
            throw ParquetException.malformed();
        }
    }
}
