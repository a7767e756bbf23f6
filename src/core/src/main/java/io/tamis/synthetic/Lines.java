package io.tamis.synthetic;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/** Rows of one file as bytes: ASCII, comma between fields, line feed after a row. For one thread. */
final class Lines {
    private static final LocalDate FIRST_DAY = LocalDate.of(2015, 1, 1);

    /** How many days before the year's begin the spelled days begin. */
    private static final int OFFSET = (int) (Planted.YEAR_BEGIN.toEpochDay() - FIRST_DAY.toEpochDay());

    private static final byte[][] DAYS = FIRST_DAY
            .datesUntil(Planted.YEAR_BEGIN.plusDays(Planted.YEAR_DAYS))
            .map(day -> day.toString().getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);

    private static final int DAY_SECONDS = 86_400;

    /** Longest field any table has, with room; grown to before each write. */
    private static final int FIELD_MAX = 64;

    private byte[] bytes = new byte[1 << 16];
    private int length;
    private boolean rowBegun;
    private long rows;

    /** Ends the row. */
    void end() {
        room();
        bytes[length++] = '\n';
        rowBegun = false;
        rows++;
    }

    Lines text(String ascii) {
        field();
        put(ascii);
        return this;
    }

    Lines text(byte[] ascii) {
        field();
        System.arraycopy(ascii, 0, bytes, length, ascii.length);
        length += ascii.length;
        return this;
    }

    Lines number(long value) {
        field();
        digits(value);
        return this;
    }

    Lines flag(boolean value) {
        return text(value ? "true" : "false");
    }

    /** Fen as yuan with two decimals. */
    Lines yuan(long fen) {
        field();
        digits(fen / 100);
        bytes[length++] = '.';
        pair((int) (fen % 100));
        return this;
    }

    /** A day, counted from the year's first; those before it are negative. */
    Lines day(int day) {
        return text(DAYS[day + OFFSET]);
    }

    /** A second of the year in RFC 3339, UTC. */
    Lines second(int second) {
        day(second / DAY_SECONDS);
        int left = second % DAY_SECONDS;
        bytes[length++] = 'T';
        pair(left / 3_600);
        bytes[length++] = ':';
        pair(left / 60 % 60);
        bytes[length++] = ':';
        pair(left % 60);
        bytes[length++] = 'Z';
        return this;
    }

    /** Eleven digits the way a platform writes them. */
    Lines phone(long number, Platform platform) {
        field();
        put(platform.prefix());
        int from = length;
        digits(number);
        if (!platform.separator().isEmpty()) {
            byte separator = (byte) platform.separator().charAt(0);
            System.arraycopy(bytes, from + 7, bytes, from + 9, 4);
            System.arraycopy(bytes, from + 3, bytes, from + 4, 4);
            bytes[from + 3] = separator;
            bytes[from + 8] = separator;
            length += 2;
        }
        return this;
    }

    /** Rows ended so far. */
    long rows() {
        return rows;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }

    private void field() {
        room();
        if (rowBegun) {
            bytes[length++] = ',';
        }
        rowBegun = true;
    }

    private void room() {
        if (bytes.length - length < FIELD_MAX) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
    }

    private void put(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
    }

    private void pair(int value) {
        bytes[length++] = (byte) ('0' + value / 10);
        bytes[length++] = (byte) ('0' + value % 10);
    }

    private void digits(long value) {
        int count = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            count++;
        }
        length += count;
        long left = value;
        for (int at = length - 1; at >= length - count; at--) {
            bytes[at] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }
}
