package io.tamis.log;

import io.tamis.data.Hash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Up to 256 consecutive entries (C2SP tlog-tiles, "Log entries"): each after its length in two bytes, most significant
 * first. They hash to the tile of level 0 of the same index. All entries of this log are 49 bytes long.
 */
public record EntryBundle(List<LogEntry> entries) {
    /** Longest bundle. */
    public static final int BYTES_MAX = TileId.WIDTH * (Short.BYTES + LogEntry.BYTES);

    public EntryBundle {
        entries = List.copyOf(entries);
        if (entries.isEmpty() || entries.size() > TileId.WIDTH) {
            throw LogException.malformed();
        }
    }

    /** Reads a bundle; one with a byte too many or too few, or an entry of another form, is refused. */
    public static EntryBundle parse(byte[] bundle) {
        if (bundle.length > BYTES_MAX || bundle.length % (Short.BYTES + LogEntry.BYTES) != 0) {
            throw LogException.malformed();
        }
        var entries = new ArrayList<LogEntry>();
        var left = ByteBuffer.wrap(bundle);
        while (left.hasRemaining()) {
            if (left.getShort() != LogEntry.BYTES) {
                throw LogException.malformed();
            }
            var entry = new byte[LogEntry.BYTES];
            left.get(entry);
            entries.add(LogEntry.parse(entry));
        }
        return new EntryBundle(entries);
    }

    /** The bundle as it is served. */
    public byte[] bytes() {
        var out = ByteBuffer.allocate(entries.size() * (Short.BYTES + LogEntry.BYTES));
        entries.forEach(entry -> out.putShort((short) LogEntry.BYTES).put(entry.bytes()));
        return out.array();
    }

    /** The leaves, in order. */
    public List<Hash> leaves() {
        return entries.stream().map(LogEntry::leaf).toList();
    }
}
