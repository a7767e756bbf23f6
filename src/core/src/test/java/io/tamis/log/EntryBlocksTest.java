package io.tamis.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.MemoryKeys;
import io.tamis.data.Hash;
import io.tamis.log.ExportResult.Broken;
import io.tamis.log.ExportResult.Problem;
import io.tamis.log.ExportResult.Verified;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading by blocks against reading line by line, wherever the blocks' borders fall. */
class EntryBlocksTest {
    private static final int SIZE = 700;
    private static final List<ExportEntry> ENTRIES = mixed();

    @TempDir
    private Path folder;

    private static List<ExportEntry> mixed() {
        var entries = new ArrayList<>(Fixtures.entries(SIZE));
        for (int i = 13; i < SIZE; i += 29) {
            entries.set(i, new ExportEntry.Erased(i, entries.get(i).entry(), Fixtures.KEY_ID));
        }
        return entries;
    }

    private Path file(List<ExportEntry> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var entry : entries) {
            bytes.writeBytes(entry.line());
            bytes.write('\n');
        }
        return Files.write(folder.resolve("entries.jsonl"), bytes.toByteArray());
    }

    @Test
    void blocks_ofAnySize_makeTheTreeOfTheLines() throws IOException {
        Path file = file(ENTRIES);
        TreeHead expected = Fixtures.tree(ENTRIES).head();
        var random = new SplittableRandom(5);
        for (int round = 0; round < 30; round++) {
            int blockBytes = random.nextInt(ExportEntry.LINE_BYTES_MAX + 1, 60_000);
            var tree = new RootHasher();
            var seen = new ArrayList<ExportEntry>();
            try (var blocks = new EntryBlocks(file, Set.of(EventType.JOB_SUBMITTED), 0, blockBytes)) {
                for (var block = blocks.next(); block.isPresent(); block = blocks.next()) {
                    assertEquals(tree.size(), block.get().base());
                    assertEquals(EntryBlock.End.WHOLE, block.get().end());
                    block.get().appendTo(tree);
                    seen.addAll(block.get().entries());
                }
                assertEquals(Hash.sha256(Files.readAllBytes(file)), blocks.digest());
            }
            assertEquals(expected, tree.head(), "blocks of " + blockBytes);
            assertEquals(ENTRIES, seen);
        }
    }

    @Test
    void blocks_ofLinesBeforeTheStart_areOnlyCounted() throws IOException {
        Path file = file(ENTRIES);
        long counted = 0;
        long looked = 0;
        try (var blocks = new EntryBlocks(file, Set.of(), 600, 20_000)) {
            for (var block = blocks.next(); block.isPresent(); block = blocks.next()) {
                assertEquals(counted + looked, block.get().base());
                if (block.get().looked()) {
                    looked += block.get().count();
                } else {
                    assertEquals(0, looked, "counted ones come first");
                    counted += block.get().count();
                }
            }
        }
        assertEquals(SIZE, counted + looked);
        assertTrue(looked >= 100 && counted > 400, "counted " + counted);
    }

    @Test
    void blocks_closedInTheMiddle_endTheirThreads() throws IOException, InterruptedException {
        Path file = file(ENTRIES);
        for (int round = 0; round < 50; round++) {
            try (var blocks = new EntryBlocks(file, Set.of(), 0, ExportEntry.LINE_BYTES_MAX + 1)) {
                assertTrue(blocks.next().isPresent());
            }
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("tamis-audit")) {
                thread.join(10_000);
                assertFalse(thread.isAlive());
            }
        }
    }

    @Test
    void blocks_ofAFileThatIsNotThere_fail() {
        try (var blocks = new EntryBlocks(folder.resolve("none"), Set.of(), 0)) {
            assertThrows(IOException.class, blocks::next);
        }
    }

    /** What a visitor hears, and where a second pass goes on: everything twice, from every kind of place. */
    @Test
    void read_fromAnyEdge_comesToTheSameRootAndTellsTheRest() throws IOException {
        write(ENTRIES);
        var random = new SplittableRandom(11);
        for (int round = 0; round < 25; round++) {
            int from = round == 0 ? SIZE : random.nextInt(SIZE);
            var edge = RightEdge.EMPTY.plus(leaves(from));
            assertEquals(Fixtures.tree(ENTRIES.subList(0, from)).head(), edge.head());
            var sizes = new TreeSet<Long>();
            random.longs(5, 0, SIZE + 50).forEach(sizes::add);
            var heard = new Heard(new ExportVisitor.Start(edge, sizes));
            var verified = assertInstanceOf(
                    Verified.class, LogExport.read(folder, List.of(Fixtures.KEY), heard), "from " + from);
            assertEquals(ENTRIES.subList(from, SIZE), heard.entries);
            assertEquals(SIZE, heard.passed);
            assertEquals(RightEdge.EMPTY.plus(leaves(SIZE)), verified.edge());
            var told = sizes.subSet((long) from, true, (long) SIZE, true).stream()
                    .map(size ->
                            Fixtures.tree(ENTRIES.subList(0, size.intValue())).head())
                    .toList();
            assertEquals(told, heard.roots, "from " + from + " at " + sizes);
        }
    }

    @Test
    void read_fromAnotherLogsEdge_breaksTheRoot() throws IOException {
        write(ENTRIES);
        var other = RightEdge.EMPTY.plus(leaves(9).reversed());
        var result = LogExport.read(folder, List.of(Fixtures.KEY), new Heard(new ExportVisitor.Start(other, Set.of())));
        assertEquals(new Broken("entries.jsonl", Problem.ROOT_DIFFERS), result);
    }

    @Test
    void read_withAKeyThatDidNotSign_isBroken() throws IOException {
        write(ENTRIES);
        var other = new VerifierKey(Fixtures.ORIGIN, new MemoryKeys(99).publicKey(KeyName.LEDGER_SIGNING));
        var broken = new Broken("checkpoint", Problem.CHECKPOINT_NOT_SIGNED);
        assertEquals(broken, LogExport.read(folder, List.of(Fixtures.KEY, other), new ExportVisitor() {}));
        assertEquals(broken, LogExport.read(folder, List.of(other, Fixtures.KEY), new ExportVisitor() {}));
        assertThrows(LogException.class, () -> LogExport.read(folder, List.of(), new ExportVisitor() {}));
    }

    @Test
    void edge_ofAnotherNumberOfPeaks_isRefused() {
        assertThrows(LogException.class, () -> new RightEdge(3, List.of(Hash.sha256())));
        assertThrows(LogException.class, () -> new RightEdge(-1, List.of()));
        assertEquals(TreeHead.EMPTY, RightEdge.EMPTY.head());
    }

    private static List<Hash> leaves(int to) {
        return ENTRIES.subList(0, to).stream()
                .map(entry -> entry.entry().leaf())
                .toList();
    }

    private void write(List<ExportEntry> entries) throws IOException {
        var export = new LogExport(LogExport.Target.folder(folder));
        export.lines(() -> entries.stream().map(ExportEntry::line).iterator());
        export.checkpoint(Fixtures.checkpoint(entries));
        export.finish();
    }

    /** Keeps what it hears. */
    private static final class Heard implements ExportVisitor {
        private final Start start;
        private final List<ExportEntry> entries = new ArrayList<>();
        private final List<TreeHead> roots = new ArrayList<>();
        private long passed;

        Heard(Start start) {
            this.start = start;
        }

        @Override
        public Start opened(Checkpoint checkpoint, SignedNote note, Map<Hash, Map<String, byte[]>> bundles) {
            return start;
        }

        @Override
        public Set<EventType> wanted() {
            return Set.of(EventType.JOB_SUBMITTED);
        }

        @Override
        public void entry(ExportEntry entry) {
            entries.add(entry);
        }

        @Override
        public void root(TreeHead head) {
            roots.add(head);
        }

        @Override
        public void passed(long size, long opaque) {
            assertEquals(0, opaque);
            passed = size;
        }
    }
}
