package io.tamis.cli.holder;

import io.tamis.cli.client.OwnerOnly;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.holder.ticket.OpenedTicket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The holder's own log: a line for each ticket it opened, appended and forced to disk before the share leaves. Each line names
 * the SHA-256 of the one before, so that a line in the middle that was changed or taken away stops the holder.
 *
 * <p>A crash while a line is written leaves a tail without its newline: the share of such a line has not left, and the tail is
 * cut off. A crash after it leaves the line, and the retry sends the stored share. NOT promised: to notice that whole lines
 * are missing at the end; never put an old copy back.
 */
final class OpenedLog implements AutoCloseable {
    /** Largest file read: some 100,000 tickets. */
    static final long BYTES_MAX = 256L << 20;

    private static final int LINE_BYTES_MAX = 64 << 10;
    private static final Hash BEGIN = Hash.sha256("tamis-opened-v1".getBytes(StandardCharsets.UTF_8));

    private final FileChannel channel;
    private final List<OpenedTicket> lines;
    private Hash last;

    /** After a write that failed nobody knows what is in the file: only a new start, which cuts the tail off, appends again. */
    private boolean broken;

    private OpenedLog(FileChannel channel, List<OpenedTicket> lines, Hash last) {
        this.channel = channel;
        this.lines = lines;
        this.last = last;
    }

    /** Opens the file, made when it is not there; {@code INTERNAL} when a whole line is not the one that was written. */
    static OpenedLog open(Path file) {
        try {
            FileChannel channel = OwnerOnly.kept(file);
            if (channel.size() > BYTES_MAX) {
                throw new StoreException(Code.TOO_LARGE);
            }
            byte[] all = read(channel);
            var lines = new ArrayList<OpenedTicket>();
            Hash last = BEGIN;
            int from = 0;
            for (int i = 0; i < all.length; i++) {
                if (all[i] == '\n') {
                    byte[] line = Arrays.copyOfRange(all, from, i);
                    lines.add(parse(line, last));
                    last = Hash.sha256(line);
                    from = i + 1;
                }
            }
            channel.truncate(from);
            channel.position(from);
            channel.force(true);
            return new OpenedLog(channel, lines, last);
        } catch (IOException unusable) {
            throw new StoreException(Code.INTERNAL, unusable);
        } catch (DataException damaged) {
            throw new StoreException(Code.INTERNAL, damaged);
        }
    }

    /** All lines, oldest first. */
    synchronized List<OpenedTicket> lines() {
        return List.copyOf(lines);
    }

    /** Appends a line; when this returns it survives a power cut, and only then may the share leave. */
    synchronized void append(OpenedTicket ticket) {
        byte[] line = Json.object()
                .put("prev", last.hex())
                .put("opened", ticket.toJson())
                .build()
                .canonicalBytes();
        if (line.length > LINE_BYTES_MAX) {
            throw new StoreException(Code.TOO_LARGE);
        }
        if (broken) {
            throw new StoreException(Code.INTERNAL);
        }
        var out =
                ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
        try {
            while (out.hasRemaining()) {
                channel.write(out);
            }
            channel.force(true);
        } catch (IOException unwritable) {
            broken = true;
            throw new StoreException(Code.INTERNAL, unwritable);
        }
        lines.add(ticket);
        last = Hash.sha256(line);
    }

    private static byte[] read(FileChannel channel) throws IOException {
        var buffer = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // Until the file's end.
        }
        return buffer.array();
    }

    private static OpenedTicket parse(byte[] line, Hash before) {
        Json json = Json.parse(line);
        var fields = new JsonFields(json);
        Hash prev = Hash.parse(fields.string("prev", 2 * Hash.LENGTH));
        var opened = OpenedTicket.fromJson(fields.value("opened"));
        fields.end();
        boolean whole = prev.equals(before) && Arrays.equals(json.canonicalBytes(), line);
        return Optional.of(opened).filter(_ -> whole).orElseThrow(() -> new DataException(Code.INVALID_REQUEST));
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException ending) {
            throw new StoreException(Code.INTERNAL, ending);
        }
    }
}
