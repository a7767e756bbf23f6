package io.tamis.catalog.link;

import io.tamis.catalog.load.BucketFile;
import io.tamis.catalog.load.LoadException;
import io.tamis.crypto.CryptoException;
import io.tamis.data.Code;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads records {@code collaborationUnit[8] unit_no[8]}, big-endian, and trusts neither their order nor their number. */
final class PartCursor implements LinkCursor {
    /** Length of a record. */
    static final int RECORD_BYTES = 2 * Long.BYTES;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final long UNIT_NO_MAX = ((long) BucketFile.BUCKETS << BucketFile.SERIAL_BITS) - 1;

    private final InputStream in;
    private final int part;
    private final long unitsMax;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private long read;
    private long unit;
    private long unitNo;

    PartCursor(InputStream in, int part, long units) {
        this.in = in;
        this.part = part;
        this.unitsMax = units;
    }

    @Override
    public boolean next() {
        if (end - at < RECORD_BYTES && !fill()) {
            if (read != unitsMax) {
                throw damaged();
            }
            return false;
        }
        long next = (long) LONGS.get(buffer, at);
        unitNo = (long) LONGS.get(buffer, at + Long.BYTES);
        at += RECORD_BYTES;
        boolean ascends = read == 0 || Long.compareUnsigned(next, unit) > 0;
        if (!ascends || next >>> (Long.SIZE - LinkSet.PART_BITS) != part || unitNo < 0 || unitNo > UNIT_NO_MAX) {
            throw damaged();
        }
        unit = next;
        read++;
        return true;
    }

    @Override
    public long collaborationUnit() {
        return unit;
    }

    @Override
    public long unitNo() {
        return unitNo;
    }

    @Override
    public void close() {
        Arrays.fill(buffer, (byte) 0);
        at = 0;
        end = 0;
        try {
            in.close();
        } catch (IOException unreadable) {
            throw new LinkException(Code.INTERNAL, unreadable);
        }
    }

    /** False at the end of the part; true when there is a whole record. */
    private boolean fill() {
        System.arraycopy(buffer, at, buffer, 0, end - at);
        end -= at;
        at = 0;
        try {
            while (end < RECORD_BYTES) {
                int got = in.read(buffer, end, BUFFER_BYTES - end);
                if (got < 0) {
                    if (end > 0) {
                        throw damaged();
                    }
                    return false;
                }
                end += got;
            }
            return true;
        } catch (IOException | LoadException | CryptoException | IllegalStateException unreadable) {
            // IllegalStateException: the set was closed, and its key with it.
            throw new LinkException(Code.INTERNAL, unreadable);
        }
    }

    private static LinkException damaged() {
        return new LinkException(Code.INTERNAL);
    }
}
