package io.tamis.log;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.log.ExportResult.Broken;
import io.tamis.log.ExportResult.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Joins the blocks of {@code entries.jsonl}: order, ids, tree, and what the visitor wants to see. Ends at the first thing
 * that is wrong, which it names by the entry it is in.
 */
final class EntryPass {
    private static final int ID_BYTES = 24;

    private final Path file;
    private final TreeHead signed;
    private final Hash digest;
    private final ExportVisitor visitor;
    private final long from;
    private final Set<EventType> wanted;
    private final TreeSet<Long> rootsAt;
    private final Erasures erasures = new Erasures();
    private final RootHasher tree;
    private final IdSet ids;
    private long passed;

    EntryPass(Path file, TreeHead signed, Hash digest, ExportVisitor.Start start, ExportVisitor visitor)
            throws IOException {
        this.file = file;
        this.signed = signed;
        this.digest = digest;
        this.visitor = visitor;
        this.from = start.from().size();
        this.tree = start.from().continued();
        this.wanted = visitor.wanted();
        this.rootsAt = new TreeSet<>(start.rootsAt());
        this.ids = ids(Math.min(signed.size(), Files.size(file) / ExportEntry.LINE_BYTES_MIN) - from);
        tell();
    }

    /** Memory that is not there is said before the work, not in the middle of it. */
    private static IdSet ids(long entries) {
        long most = Runtime.getRuntime().maxMemory() / 4 * 3 / ID_BYTES;
        if (entries > Math.min(most, ExportReader.ENTRIES_MAX)) {
            throw new LogException(Code.TOO_LARGE);
        }
        return new IdSet(Math.max(0, entries));
    }

    /** What is erased, after {@link #run}. */
    Erasures erasures() {
        return erasures;
    }

    /** The edge after the last entry, after {@link #run}. */
    RightEdge edge() {
        return tree.edge();
    }

    /** Goes through the file; returns what is wrong. */
    Optional<Broken> run() throws IOException {
        var looked = EnumSet.of(EventType.KEY_DESTROYED);
        looked.addAll(wanted);
        try (var blocks = new EntryBlocks(file, looked, from)) {
            for (var block = blocks.next(); block.isPresent(); block = blocks.next()) {
                Optional<Broken> broken = join(block.get());
                if (broken.isPresent()) {
                    return broken;
                }
            }
            if (passed < signed.size()) {
                return entry(passed, Problem.ENTRIES_TOO_FEW);
            }
            if (!blocks.digest().equals(digest)) {
                return Optional.of(new Broken(LogExport.ENTRIES, Problem.FILE_CHANGED));
            }
        }
        return tree.head().equals(signed)
                ? Optional.empty()
                : Optional.of(new Broken(LogExport.ENTRIES, Problem.ROOT_DIFFERS));
    }

    private Optional<Broken> join(EntryBlock block) {
        if (block.count() > 0 && passed == signed.size()) {
            return entry(passed, Problem.ENTRIES_TOO_MANY);
        }
        if (block.count() > 0 && block.base() != passed) {
            return entry(passed, Problem.ENTRY_OUT_OF_ORDER);
        }
        Optional<Broken> wrong = block.looked() ? entries(block) : Optional.empty();
        if (wrong.isPresent()) {
            return wrong;
        }
        passed += block.count();
        visitor.passed(passed, block.opaque());
        return switch (block.end()) {
            case WHOLE -> Optional.empty();
            case MALFORMED -> entry(passed, Problem.ENTRY_MALFORMED);
            case MISPLACED ->
                entry(passed, passed == signed.size() ? Problem.ENTRIES_TOO_MANY : Problem.ENTRY_OUT_OF_ORDER);
        };
    }

    private Optional<Broken> entries(EntryBlock block) {
        // Where an earlier pass ended inside a block, the lines before were verified by that one.
        int first = (int) Math.min(block.count(), Math.max(0, from - passed));
        for (int line = first; line < block.count(); line++) {
            if (passed + line == signed.size()) {
                return entry(signed.size(), Problem.ENTRIES_TOO_MANY);
            }
            if (!ids.add(block.ids()[2 * line], block.ids()[2 * line + 1])) {
                return entry(passed + line, Problem.ENTRY_REPEATED);
            }
        }
        append(block, first);
        for (ExportEntry entry : block.entries()) {
            if (entry.index() >= from) {
                erasures.add(entry);
                boolean asked = switch (entry) {
                    case ExportEntry.Erased _ -> true;
                    case ExportEntry.Present present ->
                        present.event().type().filter(wanted::contains).isPresent();
                };
                if (asked) {
                    visitor.entry(entry);
                }
            }
        }
        return Optional.empty();
    }

    private void append(EntryBlock block, int first) {
        boolean whole = first == 0 && (rootsAt.isEmpty() || rootsAt.first() > passed + block.count());
        if (whole) {
            block.appendTo(tree);
            return;
        }
        for (int line = first; line < block.count(); line++) {
            tree.append(block.leaf(line));
            tell();
        }
    }

    /** Tells the root when it is asked for at this size. */
    private void tell() {
        while (!rootsAt.isEmpty() && rootsAt.first() <= tree.size()) {
            if (rootsAt.removeFirst() == tree.size()) {
                visitor.root(tree.head());
            }
        }
    }

    private static Optional<Broken> entry(long index, Problem problem) {
        return Optional.of(new Broken("entry " + index, problem));
    }
}
