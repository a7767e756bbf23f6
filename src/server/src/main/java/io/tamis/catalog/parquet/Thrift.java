package io.tamis.catalog.parquet;

import static io.tamis.catalog.parquet.ParquetException.require;

import java.nio.charset.StandardCharsets;

/**
 * Pulls structs out of Thrift's compact protocol (Apache Thrift, thrift-compact-protocol.md). Every length is checked
 * against the bytes that are there before anything is made of it, every element takes at least a byte, and structs nest at
 * most {@link #DEPTH_MAX} deep: work and memory are linear in the input.
 */
final class Thrift {
    static final int DEPTH_MAX = 16;

    private static final int STOP = 0;
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int I16 = 4;
    private static final int I64 = 6;
    private static final int DOUBLE = 7;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int MAP = 11;
    private static final int STRUCT = 12;

    /** A list of more than 14 elements says so here, and its size in a varint. */
    private static final int LONG_LIST = 15;

    private static final int VARINT_BYTES_MAX = 10;

    private final byte[] bytes;
    private final int end;
    private final int[] outerFields = new int[DEPTH_MAX];
    private int at;
    private int depth;
    private int field;
    private int type;

    Thrift(byte[] bytes, int length) {
        this.bytes = bytes;
        this.end = length;
    }

    /** How many bytes were read. */
    int position() {
        return at;
    }

    /** Enters a struct: the input's first one, or the value of the field or list element that is next. */
    void enter() {
        require(depth < DEPTH_MAX);
        outerFields[depth++] = field;
        field = 0;
    }

    /** Moves to the struct's next field and tells its id; 0 at its end, which leaves it. */
    int next() {
        int head = octet();
        type = head & 0x0f;
        if (head == STOP) {
            field = outerFields[--depth];
            return 0;
        }
        int delta = head >>> 4;
        long id = delta == 0 ? zigzag() : field + delta;
        require(id > 0 && id <= Short.MAX_VALUE);
        field = (int) id;
        return field;
    }

    /** The field's integer, of any width. */
    long integer() {
        require(type >= BYTE && type <= I64);
        return type == BYTE ? (byte) octet() : zigzag();
    }

    /** The field's integer, which is an offset or a count: never negative. */
    long offset() {
        long value = integer();
        require(value >= 0);
        return value;
    }

    /** The field's integer, which is a size or a number of an enumeration: never negative. */
    int natural() {
        long value = offset();
        require(value <= Integer.MAX_VALUE);
        return (int) value;
    }

    boolean bool() {
        require(type == TRUE || type == FALSE);
        return type == TRUE;
    }

    /** The field's text. */
    String text() {
        require(type == BINARY);
        return string();
    }

    /** The text that is a list's element. */
    String string() {
        int length = length();
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    /** Enters the field that is a struct. */
    void struct() {
        require(type == STRUCT);
        enter();
    }

    /** The number of elements of the field that is a list of structs; {@link #enter} each. */
    int structs() {
        return list(STRUCT);
    }

    /** The number of elements of the field that is a list of texts; read each with {@link #string}. */
    int strings() {
        return list(BINARY);
    }

    /** Passes over the field's value. */
    void skip() {
        skip(type);
    }

    private int list(int elements) {
        require(type == LIST);
        int head = octet();
        require((head & 0x0f) == elements);
        return size(head >>> 4);
    }

    private int size(int shortSize) {
        long size = shortSize == LONG_LIST ? varint() : shortSize;
        require(size >= 0 && size <= end - at);
        return (int) size;
    }

    private void skip(int what) {
        switch (what) {
            case TRUE, FALSE -> {}
            case BYTE -> octet();
            case I16, I16 + 1, I64 -> varint();
            case DOUBLE -> pass(Double.BYTES);
            case BINARY -> pass(length());
            case LIST, SET -> skipList();
            case MAP -> skipMap();
            case STRUCT -> {
                enter();
                while (next() != 0) {
                    skip(type);
                }
            }
            default -> throw ParquetException.malformed();
        }
    }

    private void skipList() {
        int head = octet();
        int size = size(head >>> 4);
        nest(() -> {
            for (int i = 0; i < size; i++) {
                skipElement(head & 0x0f);
            }
        });
    }

    private void skipMap() {
        long size = varint();
        require(size >= 0 && size <= end - at);
        if (size > 0) {
            int types = octet();
            nest(() -> {
                for (long i = 0; i < size; i++) {
                    skipElement(types >>> 4);
                    skipElement(types & 0x0f);
                }
            });
        }
    }

    private void skipElement(int what) {
        if (what == TRUE || what == FALSE) {
            octet();
        } else {
            skip(what);
        }
    }

    /** Lists nest like structs. */
    private void nest(Runnable elements) {
        enter();
        elements.run();
        field = outerFields[--depth];
    }

    private int length() {
        long length = varint();
        require(length >= 0 && length <= end - at);
        return (int) length;
    }

    private void pass(int length) {
        require(length <= end - at);
        at += length;
    }

    private long zigzag() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    private long varint() {
        long value = 0;
        for (int i = 0; i < VARINT_BYTES_MAX; i++) {
            int octet = octet();
            value |= (long) (octet & 0x7f) << (7 * i);
            if (octet < 0x80) {
                return value;
            }
        }
        throw ParquetException.malformed();
    }

    private int octet() {
        require(at < end);
        return bytes[at++] & 0xff;
    }
}
