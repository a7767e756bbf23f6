package io.tamis.catalog.load;

import io.tamis.data.Code;
import io.tamis.data.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Checks each field by its column's type, and packs each whole row (see {@link RowLayout}) for the spill. */
final class RowSink implements CsvRows.Sink {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final RowLayout layout;
    private final UnitKeys unitKeys;
    private final Spill spill;
    private final FieldReader[] readers;
    private final int[] slots;
    private final int unitPosition;
    private final byte[][] texts;
    private final int[] textLengths;
    private byte[] row;
    private boolean unitSeen;
    private long rows;

    RowSink(RowLayout layout, List<Optional<Dictionary>> dictionaries, UnitKeys unitKeys, Spill spill) {
        this.layout = layout;
        this.unitKeys = unitKeys;
        this.spill = spill;
        var columns = layout.dataset().columns();
        this.readers = new FieldReader[columns.size()];
        this.slots = new int[columns.size()];
        this.texts = new byte[layout.sealed().size()][64];
        this.textLengths = new int[texts.length];
        this.row = new byte[layout.textsAt() + 1_024];
        for (int position = 0; position < slots.length; position++) {
            Column column = columns.get(position);
            int scanSlot = layout.scanned().indexOf(column);
            slots[position] = scanSlot >= 0 ? scanSlot : -1 - layout.sealed().indexOf(column);
            readers[position] = scanSlot >= 0
                    ? FieldReader.ofScan(column, dictionaries.get(scanSlot))
                    : FieldReader.ofSealed(column);
        }
        this.unitPosition =
                columns.indexOf(layout.dataset().column(layout.unit().column()).orElseThrow());
        beginRow();
    }

    /** How many rows were taken. */
    long rows() {
        return rows;
    }

    @Override
    public boolean field(int position, char[] text, int from, int length) {
        int slot = slots[position];
        long value = readers[position].read(text, from, length);
        if (value == FieldReader.BAD) {
            return false;
        }
        if (slot >= 0) {
            put(position, value);
            return true;
        }
        if (position == unitPosition) {
            unitSeen = unitKeys.read(text, from, length);
            return unitSeen;
        }
        keepText(-1 - slot, text, from, length);
        return true;
    }

    /** True when the values of the column at this position are scanned, as numbers or codes. */
    boolean scans(int position) {
        return slots[position] >= 0;
    }

    /** The code of a non-empty text of a scanned column, or {@link FieldReader#BAD}. */
    long read(int position, char[] text, int from, int length) {
        return readers[position].read(text, from, length);
    }

    /** Puts what {@link #read} gave into the row. */
    void put(int position, long value) {
        LONGS.set(row, RowLayout.VALUES_AT + slots[position] * Long.BYTES, value);
    }

    /** True when {@link #number} takes the values of the column at this position, else their text is needed. */
    boolean takesNumbers(int position) {
        return slots[position] >= 0
                && !RowLayout.isCoded(layout.dataset().columns().get(position));
    }

    /** A value as the number that a scan file holds: false when it is not one of the column at this position. */
    boolean number(int position, long number) {
        long value = readers[position].take(number);
        if (value == FieldReader.BAD) {
            return false;
        }
        put(position, value);
        return true;
    }

    @Override
    public void endRow(long place) {
        if (!unitSeen) {
            throw LoadException.badRow(RowPlace.unpacked(place), layout.unit().column());
        }
        if (rows == layout.dataset().rowCapacity()) {
            throw new LoadException(Code.TOO_LARGE);
        }
        rows++;
        LONGS.set(row, 0, unitKeys.high());
        LONGS.set(row, Long.BYTES, unitKeys.low());
        LONGS.set(row, 2 * Long.BYTES, place);
        int at = layout.textsAt();
        for (int slot = 0; slot < texts.length; slot++) {
            boolean unit = slot == layout.unitText();
            at = append(at, unit ? unitKeys.normal() : texts[slot], unit ? unitKeys.normalLength() : textLengths[slot]);
        }
        try {
            spill.add(unitKeys.high(), row, at);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        beginRow();
    }

    private void beginRow() {
        unitSeen = false;
        Arrays.fill(textLengths, RowLayout.NO_TEXT);
        for (int at = RowLayout.VALUES_AT; at < layout.textsAt(); at += Long.BYTES) {
            LONGS.set(row, at, FieldReader.NULL);
        }
    }

    private void keepText(int slot, char[] text, int from, int length) {
        byte[] utf8 = new String(text, from, length).getBytes(StandardCharsets.UTF_8);
        texts[slot] = utf8;
        textLengths[slot] = utf8.length;
    }

    private int append(int at, byte[] text, int length) {
        int end = at + Integer.BYTES + Math.max(length, 0);
        if (end > row.length) {
            row = Arrays.copyOf(row, 2 * end);
        }
        INTS.set(row, at, length);
        System.arraycopy(text, 0, row, at + Integer.BYTES, Math.max(length, 0));
        return end;
    }
}
