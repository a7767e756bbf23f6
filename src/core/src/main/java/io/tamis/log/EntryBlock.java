package io.tamis.log;

import io.tamis.data.Hash;
import java.util.Arrays;
import java.util.List;

/**
 * What some consecutive lines of {@code entries.jsonl} came to, found by {@link BlockReader} without knowledge of the others.
 * The index of the first line is believed here; whoever joins blocks holds it against the entries before.
 *
 * @param base the index its first line says
 * @param count how many lines are good
 * @param looked false when the lines were only counted
 * @param ids two longs a line
 * @param leaves the leaf hashes, one after the other
 * @param subtrees the same leaves, hashed up to full subtrees
 * @param entries those of a wanted type, and the erased ones
 * @param opaque how many are of a type this version does not know
 * @param end what follows the good lines
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one thread to one other, compared by nobody
record EntryBlock(
        long base,
        int count,
        boolean looked,
        long[] ids,
        byte[] leaves,
        List<Subtree> subtrees,
        List<ExportEntry> entries,
        long opaque,
        End end) {
    /** The root of a full subtree of 2^height leaves. */
    record Subtree(int height, Hash root) {}

    /** How a block ends. */
    enum End {
        WHOLE,
        /** A line that is none. */
        MALFORMED,
        /** A line whose index is not the next. */
        MISPLACED
    }

    Hash leaf(int line) {
        return Hash.of(Arrays.copyOfRange(leaves, Hash.LENGTH * line, Hash.LENGTH * (line + 1)));
    }

    /** Appends all its leaves. */
    void appendTo(RootHasher tree) {
        subtrees.forEach(subtree -> tree.appendSubtree(subtree.root(), subtree.height()));
    }
}
