package io.tamis.catalog.load;

import io.tamis.data.Code;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes one bucket: its rows come out ordered by the person's key, each person's rows in the order of the upload; the
 * person's rank is the serial of unit_no. Memory is one leaf of the spill, whatever the size of the bucket: a larger
 * bucket is dealt again by the next bits of the key, and the leaves, in order, are the bucket in order.
 */
final class BucketWriter {
    /** Deals after the first; by then 2^30 leaves, so what is still too large is one person. */
    private static final int DEPTH_MAX = 4;

    private final RowLayout layout;
    private final int[][] codes;
    private int bucket;
    private final ScanWriter scan;
    private final DataOutputStream sidecar;
    private final Effort effort;
    private final boolean rowTexts;
    private long serial;
    private long overfullPlace = Long.MAX_VALUE;

    /** A writer of this bucket to these two files, which the caller finishes. */
    BucketWriter(RowLayout layout, int[][] codes, Effort effort, ScanWriter scan, SealedFile sidecar) {
        this.layout = layout;
        this.codes = codes;
        this.effort = effort;
        this.scan = scan;
        this.sidecar = new DataOutputStream(sidecar);
        this.rowTexts = layout.sealed().size() > 1;
    }

    /**
     * Writes this bucket of the spill. Returns the packed place of the first row that a person has too many, or {@code Long.MAX_VALUE}.
     */
    long write(Spill spill, int part) throws IOException {
        bucket = part;
        walk(spill, bucket);
        return overfullPlace;
    }

    private void walk(Spill spill, int part) throws IOException {
        if (spill.rows(part) == 0) {
            return;
        }
        if (spill.rows(part) <= effort.leafRowsMax() && spill.bytes(part) <= effort.leafBytesMax()) {
            leaf(spill, part);
            spill.delete(part);
            return;
        }
        if (spill.depth() == DEPTH_MAX) {
            refuse(spill, part);
        }
        try (Spill finer = spill.finer(part)) {
            try (var rows = new DataInputStream(spill.open(part))) {
                deal(rows, spill.rows(part), finer);
            }
            finer.finish();
            spill.delete(part);
            for (int finerPart = 0; finerPart < Spill.PARTS; finerPart++) {
                walk(finer, finerPart);
            }
        }
    }

    private void deal(DataInputStream rows, long count, Spill finer) throws IOException {
        var row = new byte[1 << 12];
        for (long i = 0; i < count; i++) {
            int length = layout.textsAt();
            rows.readFully(row, 0, length);
            for (int text = 0; text < layout.sealed().size(); text++) {
                int size = rows.readInt();
                int end = length + Integer.BYTES + Math.max(size, 0);
                row = end <= row.length ? row : Arrays.copyOf(row, 2 * end);
                var view = ByteBuffer.wrap(row);
                view.putInt(length, size);
                rows.readFully(row, length + Integer.BYTES, Math.max(size, 0));
                length = end;
            }
            finer.add(ByteBuffer.wrap(row).getLong(0), row, length);
        }
    }

    /** One person's rows alone are over a limit: more rows than declared, or more text than we sort. */
    private void refuse(Spill spill, int part) throws IOException {
        long rowsMax = layout.unit().rowsMax();
        if (spill.rows(part) <= rowsMax) {
            throw new LoadException(Code.TOO_LARGE);
        }
        try (var rows = new DataInputStream(spill.open(part))) {
            for (long i = 0; ; i++) {
                rows.skipNBytes(2 * Long.BYTES);
                long place = rows.readLong();
                if (i == rowsMax) {
                    throw LoadException.badRow(
                            RowPlace.unpacked(place), layout.unit().column());
                }
                rows.skipNBytes(layout.textsAt() - RowLayout.VALUES_AT);
                for (int text = 0; text < layout.sealed().size(); text++) {
                    rows.skipNBytes(Math.max(rows.readInt(), 0));
                }
            }
        }
    }

    private void leaf(Spill spill, int part) throws IOException {
        var data = new byte[(int) spill.bytes(part)];
        try (var in = spill.open(part)) {
            if (in.readNBytes(data, 0, data.length) != data.length) {
                throw new LoadException(Code.INTERNAL);
            }
        }
        var rows = ByteBuffer.wrap(data);
        int[] offsets = offsets(rows, (int) spill.rows(part));
        int personFrom = 0;
        int[] order = KeyOrder.of(rows, offsets);
        for (int at = 0; at < order.length; at++) {
            int row = order[at];
            if (at == 0 || !KeyOrder.sameKey(rows, order[at - 1], row)) {
                serial++;
                personFrom = at;
                unitText(rows, row);
            } else if (at - personFrom == layout.unit().rowsMax()) {
                overfullPlace = Math.min(overfullPlace, rows.getLong(row + 2 * Long.BYTES));
            }
            scan.row(unit(), rows, row + RowLayout.VALUES_AT, codes);
            if (rowTexts) {
                rowTexts(rows, row);
            }
        }
    }

    private long unit() {
        return ((long) bucket << BucketFile.SERIAL_BITS) + serial;
    }

    private int[] offsets(ByteBuffer rows, int count) {
        var offsets = new int[count];
        int at = 0;
        for (int i = 0; i < count; i++) {
            offsets[i] = at;
            at += layout.textsAt();
            for (int text = 0; text < layout.sealed().size(); text++) {
                at += Integer.BYTES + Math.max(rows.getInt(at), 0);
            }
        }
        return offsets;
    }

    /** Once a person: {@code 1 unit_no[8] length[4] utf8}, the normalised identifier. */
    private void unitText(ByteBuffer rows, int row) throws IOException {
        int at = row + layout.textsAt();
        for (int text = 0; text < layout.unitText(); text++) {
            at += Integer.BYTES + Math.max(rows.getInt(at), 0);
        }
        sidecar.writeByte(1);
        sidecar.writeLong(unit());
        text(rows, at);
    }

    /** Once a row, when there are other sealed columns: {@code 2 (length[4] utf8)*}, length -1 for NULL. */
    private void rowTexts(ByteBuffer rows, int row) throws IOException {
        sidecar.writeByte(2);
        int at = row + layout.textsAt();
        for (int text = 0; text < layout.sealed().size(); text++) {
            if (text != layout.unitText()) {
                text(rows, at);
            }
            at += Integer.BYTES + Math.max(rows.getInt(at), 0);
        }
    }

    private void text(ByteBuffer rows, int at) throws IOException {
        int size = rows.getInt(at);
        sidecar.writeInt(size);
        if (size > 0) {
            var utf8 = new byte[size];
            rows.get(at + Integer.BYTES, utf8);
            sidecar.write(utf8);
        }
    }
}
