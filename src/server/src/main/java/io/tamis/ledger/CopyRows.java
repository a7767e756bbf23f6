package io.tamis.ledger;

import io.tamis.data.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import org.postgresql.PGConnection;

/**
 * Rows in PostgreSQL's binary COPY format (COPY, "Binary Format"): a fixed header, for each row its number of fields and each
 * field's length and bytes, big-endian. Nothing is parsed on the other side, and a batch is one message.
 */
final class CopyRows {
    private static final byte[] SIGNATURE = "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int UUID_BYTES = 16;
    private static final short END = -1;

    private ByteBuffer out;

    /** Room for about so many bytes; it grows. */
    CopyRows(int bytes) {
        out = ByteBuffer.allocate(Math.max(bytes, 64));
        out.put(SIGNATURE).putInt(0).putInt(0);
    }

    CopyRows row(int fields) {
        room(Short.BYTES).putShort((short) fields);
        return this;
    }

    CopyRows smallint(short value) {
        room(Integer.BYTES + Short.BYTES).putInt(Short.BYTES).putShort(value);
        return this;
    }

    CopyRows bigint(long value) {
        room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
        return this;
    }

    CopyRows uuid(UUID value) {
        room(Integer.BYTES + UUID_BYTES)
                .putInt(UUID_BYTES)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits());
        return this;
    }

    CopyRows bytes(byte[] value) {
        room(Integer.BYTES + value.length).putInt(value.length).put(value);
        return this;
    }

    CopyRows hash(Hash value) {
        return bytes(value.bytes());
    }

    /** Sends the rows by this COPY statement; they are the transaction's like inserted ones. Returns how many there were. */
    long send(Connection connection, String copy) throws SQLException {
        room(Short.BYTES).putShort(END);
        var sending = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
        try {
            sending.writeToCopy(out.array(), 0, out.position());
            return sending.endCopy();
        } finally {
            // After an error the connection would still be in COPY mode, and the rollback could not be sent.
            if (sending.isActive()) {
                sending.cancelCopy();
            }
        }
    }

    private ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            int wanted = Math.addExact(out.position(), bytes);
            out = ByteBuffer.wrap(Arrays.copyOf(out.array(), Math.max(wanted, Math.multiplyExact(out.capacity(), 2))))
                    .position(out.position());
        }
        return out;
    }
}
