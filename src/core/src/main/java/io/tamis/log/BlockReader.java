package io.tamis.log;

import io.tamis.data.Hash;
import io.tamis.data.TamisException;
import io.tamis.log.EntryBlock.End;
import io.tamis.log.EntryBlock.Subtree;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Reads the lines of one block: the work of an audit that needs no order, and is therefore done by several threads. */
final class BlockReader {
    private static final byte NODE = 1;

    private final byte[] bytes;
    private final int length;
    private final Set<EventType> wanted;
    private final QuickLine quick = new QuickLine();
    private final MessageDigest sha = Hash.newSha256();
    private final List<ExportEntry> entries = new ArrayList<>();
    private final byte[] leaves;
    private final long[] ids;
    private long base;
    private int count;
    private long opaque;

    private BlockReader(byte[] bytes, int length, Set<EventType> wanted) {
        this.bytes = bytes;
        this.length = length;
        this.wanted = wanted;
        int linesMax = length / ExportEntry.LINE_BYTES_MIN + 1;
        this.leaves = new byte[linesMax * Hash.LENGTH];
        this.ids = new long[2 * linesMax];
    }

    /**
     * Reads the lines in these bytes, which end with a newline unless the file does not.
     *
     * @param from entries before this index are only counted, somebody has looked at them before; a block that reaches it is
     *     read as a whole
     */
    static EntryBlock read(byte[] bytes, int length, Set<EventType> wanted, long from) {
        if (from > 0) {
            int lines = lines(bytes, length);
            long base = firstIndex(bytes, length);
            if (base >= 0 && lines > 0 && base + lines <= from) {
                return new EntryBlock(base, lines, false, new long[0], new byte[0], List.of(), List.of(), 0, End.WHOLE);
            }
        }
        return new BlockReader(bytes, length, wanted).block();
    }

    private EntryBlock block() {
        int at = 0;
        End end = End.WHOLE;
        while (at < length && end == End.WHOLE) {
            int newline = newline(at);
            end = newline < 0 ? End.MALFORMED : line(at, newline);
            at = newline + 1;
        }
        return new EntryBlock(base, count, true, ids, leaves, subtrees(), entries, opaque, end);
    }

    /** The end of the line that begins here, or -1 when it is too long or never ends. */
    private int newline(int from) {
        int most = Math.min(length, from + ExportEntry.LINE_BYTES_MAX + 1);
        for (int i = from; i < most; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private End line(int from, int to) {
        if (count == leaves.length / Hash.LENGTH) {
            return End.MALFORMED;
        }
        boolean plain = quick.read(bytes, from, to, leaves, count * Hash.LENGTH);
        return plain ? plain() : strict(Arrays.copyOfRange(bytes, from, to));
    }

    private End plain() {
        if (!place(quick.index(), quick.idHigh(), quick.idLow())) {
            return End.MISPLACED;
        }
        if (wanted.contains(quick.type())) {
            entries.add(quick.entry());
        }
        return End.WHOLE;
    }

    private End strict(byte[] line) {
        ExportEntry entry;
        try {
            entry = ExportEntry.parse(line);
        } catch (TamisException malformed) {
            return End.MALFORMED;
        }
        var id = entry.id().value();
        byte[] leaf = entry.entry().leaf().bytes();
        System.arraycopy(leaf, 0, leaves, count * Hash.LENGTH, Hash.LENGTH);
        if (!place(entry.index(), id.getMostSignificantBits(), id.getLeastSignificantBits())) {
            return End.MISPLACED;
        }
        switch (entry) {
            case ExportEntry.Erased erased -> entries.add(erased);
            case ExportEntry.Present present -> {
                var type = present.event().type();
                opaque += type.isEmpty() ? 1 : 0;
                type.filter(wanted::contains).ifPresent(_ -> entries.add(present));
            }
        }
        return End.WHOLE;
    }

    private boolean place(long index, long idHigh, long idLow) {
        if (count == 0) {
            base = index;
        } else if (index != base + count) {
            return false;
        }
        ids[2 * count] = idHigh;
        ids[2 * count + 1] = idLow;
        count++;
        return true;
    }

    private List<Subtree> subtrees() {
        var subtrees = new ArrayList<Subtree>();
        int line = 0;
        while (line < count) {
            int height = height(base + line, count - line);
            subtrees.add(new Subtree(height, subtree(line, 1 << height)));
            line += 1 << height;
        }
        return subtrees;
    }

    /** The greatest full subtree that begins at this index and has no more leaves than these. */
    private static int height(long index, int leaves) {
        int most = 31 - Integer.numberOfLeadingZeros(leaves);
        return index == 0 ? most : Math.min(most, Long.numberOfTrailingZeros(index));
    }

    /** Hashed in one array, level by level, each over the one below. */
    private Hash subtree(int line, int width) {
        byte[] nodes = Arrays.copyOfRange(leaves, line * Hash.LENGTH, (line + width) * Hash.LENGTH);
        try {
            for (int left = width / 2; left >= 1; left /= 2) {
                for (int i = 0; i < left; i++) {
                    sha.update(NODE);
                    sha.update(nodes, 2 * i * Hash.LENGTH, 2 * Hash.LENGTH);
                    sha.digest(nodes, i * Hash.LENGTH, Hash.LENGTH);
                }
            }
        } catch (DigestException impossible) {
            throw new IllegalStateException("there is room for a hash", impossible);
        }
        return Hash.of(Arrays.copyOf(nodes, Hash.LENGTH));
    }

    private static int lines(byte[] bytes, int length) {
        int lines = 0;
        for (int i = 0; i < length; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        return bytes[length - 1] == '\n' ? lines : 0;
    }

    /** The index its first line says, or -1 when that line is none. */
    private static long firstIndex(byte[] bytes, int length) {
        for (int i = 0; i < Math.min(length, ExportEntry.LINE_BYTES_MAX + 1); i++) {
            if (bytes[i] == '\n') {
                try {
                    return ExportEntry.parse(Arrays.copyOf(bytes, i)).index();
                } catch (TamisException malformed) {
                    return -1;
                }
            }
        }
        return -1;
    }
}
