package io.tamis.catalog.parquet;

import static io.tamis.catalog.parquet.ParquetException.require;

/**
 * What stands before a page (parquet.thrift, PageHeader).
 *
 * @param bytes length of this header
 * @param unpacked length of the page, levels among it
 * @param packed length of the page in the file
 * @param levels bytes of definition levels that stand unpacked before the values; of pages of the second version
 */
record PageHeader(
        Kind kind,
        int bytes,
        int unpacked,
        int packed,
        boolean checked,
        int crc,
        int values,
        int encoding,
        int levels,
        boolean compressed) {
    /** Longest header: its statistics may hold the least and the greatest value. */
    static final int BYTES_MAX = 64 << 10;

    /** Kinds of pages. */
    enum Kind {
        DATA,
        DICTIONARY,
        DATA_V2,
        /** No values in it. */
        INDEX
    }

    /** Numbers of the enumeration PageType. */
    private static final int TYPE_DATA = 0;

    private static final int TYPE_INDEX = 1;
    private static final int TYPE_DICTIONARY = 2;
    private static final int TYPE_DATA_V2 = 3;

    /** Number in the enumeration Encoding. */
    private static final int RLE = 3;

    /** Reads the header that the first of these bytes begin. */
    static PageHeader read(byte[] bytes, int length) {
        var reading = new Reading(new Thrift(bytes, length));
        return reading.header();
    }

    /** A header while it is read. */
    private static final class Reading {
        private final Thrift in;
        private int type = -1;
        private int described = -1;
        private int unpacked = -1;
        private int packed = -1;
        private boolean checked;
        private int crc;
        private int values;
        private int encoding;
        private int levels;
        private boolean compressed = true;

        Reading(Thrift in) {
            this.in = in;
        }

        PageHeader header() {
            in.enter();
            for (int field = in.next(); field != 0; field = in.next()) {
                switch (field) {
                    case 1 -> type = in.natural();
                    case 2 -> unpacked = in.natural();
                    case 3 -> packed = in.natural();
                    case 4 -> {
                        checked = true;
                        crc = (int) in.integer();
                    }
                    case 5 -> data();
                    case 7 -> dictionary();
                    case 8 -> dataV2();
                    default -> in.skip();
                }
            }
            var kind = kind();
            require(unpacked >= 0 && packed >= 0 && levels <= Math.min(packed, unpacked));
            return new PageHeader(
                    kind, in.position(), unpacked, packed, checked, crc, values, encoding, levels, compressed);
        }

        private Kind kind() {
            var kind = switch (type) {
                case TYPE_DATA -> Kind.DATA;
                case TYPE_INDEX -> Kind.INDEX;
                case TYPE_DICTIONARY -> Kind.DICTIONARY;
                case TYPE_DATA_V2 -> Kind.DATA_V2;
                default -> throw ParquetException.malformed();
            };
            require(kind == Kind.INDEX || described == type);
            return kind;
        }

        private void data() {
            described = TYPE_DATA;
            in.struct();
            for (int field = in.next(); field != 0; field = in.next()) {
                switch (field) {
                    case 1 -> values = in.natural();
                    case 2 -> encoding = in.natural();
                    // The old BIT_PACKED levels are read by nobody's default any more.
                    case 3 -> require(in.natural() == RLE);
                    default -> in.skip();
                }
            }
        }

        private void dictionary() {
            described = TYPE_DICTIONARY;
            in.struct();
            for (int field = in.next(); field != 0; field = in.next()) {
                switch (field) {
                    case 1 -> values = in.natural();
                    case 2 -> encoding = in.natural();
                    default -> in.skip();
                }
            }
        }

        private void dataV2() {
            described = TYPE_DATA_V2;
            in.struct();
            for (int field = in.next(); field != 0; field = in.next()) {
                switch (field) {
                    case 1 -> values = in.natural();
                    case 4 -> encoding = in.natural();
                    case 5 -> levels = in.natural();
                    // A flat column repeats nothing.
                    case 6 -> require(in.natural() == 0);
                    case 7 -> compressed = in.bool();
                    default -> in.skip();
                }
            }
        }
    }
}
