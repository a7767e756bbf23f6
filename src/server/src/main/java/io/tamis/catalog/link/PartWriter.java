package io.tamis.catalog.link;

import io.tamis.catalog.load.Effort;
import io.tamis.catalog.load.KeyOrder;
import io.tamis.catalog.load.SealedStream;
import io.tamis.catalog.load.Spill;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Code;
import io.tamis.data.RandomSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes one part in order of units. Memory is one leaf of the spill: a larger part is dealt again by the next bits, and
 * the leaves, in order, are the part in order. Equal units share all their bits and so never part.
 */
final class PartWriter implements AutoCloseable {
    /** Deals after the first; keyed pseudonyms are uniform, so the first of them does for 2^32 persons. */
    private static final int DEPTH_MAX = 4;

    private final int part;
    private final Effort effort;
    private final OutputStream out;
    private final ByteBuffer record = ByteBuffer.allocate(PartCursor.RECORD_BYTES);
    private long written;

    /** A writer of this file. */
    PartWriter(Path file, int part, SecretBytes linkKey, RandomSource random, Effort effort) throws IOException {
        this.part = part;
        this.effort = effort;
        this.out = SealedStream.sealing(Files.newOutputStream(file), linkKey, LinkIndex.partScope(part), random);
    }

    /** Writes what was dealt to this part, and says how many persons are in it. */
    long write(List<Spill> dealt) throws IOException {
        walk(dealt, part);
        return written;
    }

    /** Ends the file. */
    @Override
    public void close() throws IOException {
        out.close();
    }

    private void walk(List<Spill> spills, int spillPart) throws IOException {
        long rows = 0;
        for (var spill : spills) {
            rows += spill.rows(spillPart);
        }
        if (rows == 0) {
            return;
        }
        if (rows <= effort.leafRowsMax() && rows * LinkDerivation.ROW_BYTES <= effort.leafBytesMax()) {
            leaf(spills, spillPart, (int) rows);
            return;
        }
        if (spills.getFirst().depth() == DEPTH_MAX) {
            throw new LinkException(Code.TOO_LARGE);
        }
        try (Spill finer = spills.getFirst().finer(spillPart)) {
            dealAgain(spills, spillPart, finer);
            for (int finerPart = 0; finerPart < Spill.PARTS; finerPart++) {
                walk(List.of(finer), finerPart);
            }
        }
    }

    private static void dealAgain(List<Spill> spills, int spillPart, Spill finer) throws IOException {
        var row = ByteBuffer.allocate(LinkDerivation.ROW_BYTES);
        for (var spill : spills) {
            if (spill.rows(spillPart) == 0) {
                continue;
            }
            try (var in = new BufferedInputStream(spill.open(spillPart), SealedStream.CHUNK_BYTES)) {
                for (long i = 0; i < spill.rows(spillPart); i++) {
                    readFully(in, row.array(), 0, LinkDerivation.ROW_BYTES);
                    finer.add(row.getLong(0), row.array(), LinkDerivation.ROW_BYTES);
                }
            }
            spill.delete(spillPart);
        }
        finer.finish();
    }

    private void leaf(List<Spill> spills, int spillPart, int count) throws IOException {
        var data = new byte[count * LinkDerivation.ROW_BYTES];
        int end = 0;
        for (var spill : spills) {
            int length = (int) spill.bytes(spillPart);
            if (length > 0) {
                try (var in = spill.open(spillPart)) {
                    readFully(in, data, end, length);
                }
                end += length;
                spill.delete(spillPart);
            }
        }
        var offsets = new int[count];
        for (int i = 0; i < count; i++) {
            offsets[i] = i * LinkDerivation.ROW_BYTES;
        }
        write(ByteBuffer.wrap(data), offsets);
    }

    private void write(ByteBuffer rows, int[] offsets) throws IOException {
        int[] order = KeyOrder.of(rows, offsets);
        long last = 0;
        for (int i = 0; i < order.length; i++) {
            int row = order[i];
            if (i > 0 && KeyOrder.sameKey(rows, order[i - 1], row)) {
                throw new LinkException(Code.INTERNAL);
            }
            long unit = rows.getLong(row);
            if (i > 0 && unit == last) {
                // Another person with this unit is in already.
                continue;
            }
            last = unit;
            record.putLong(0, unit).putLong(Long.BYTES, rows.getLong(row + 2 * Long.BYTES));
            out.write(record.array());
            written++;
        }
    }

    private static void readFully(InputStream in, byte[] bytes, int from, int length) throws IOException {
        if (in.readNBytes(bytes, from, length) != length) {
            throw new LinkException(Code.INTERNAL);
        }
    }
}
