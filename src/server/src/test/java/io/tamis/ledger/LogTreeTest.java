package io.tamis.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.log.Checkpoint;
import io.tamis.log.LogEntry;
import io.tamis.log.SignedNote;
import io.tamis.log.TreeHead;
import io.tamis.log.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LogTreeTest {
    private static final KeyProvider KEYS = LedgerNode.newKeys();
    private static final VerifierKey KEY = new VerifierKey(LedgerNode.ORIGIN, KEYS.publicKey(KeyName.LEDGER_SIGNING));

    private final LogTree tree =
            new LogTree(EntryRows.LOG_ID, KEY, new Tiles(NoDatabase.jdbi(), EntryRows.LOG_ID, new TileCache()));
    private final List<LogEntry> entries = entries(9);

    @Test
    void add_leavesThatAreThereAlready_areNotAddedTwice() {
        tree.add(0, leaves(0, 4));
        tree.add(0, leaves(0, 4));
        tree.add(2, leaves(2, 6));
        tree.add(1, leaves(1, 3));
        assertEquals(6, tree.head().size());
        var other = new LogTree(EntryRows.LOG_ID, KEY, new Tiles(NoDatabase.jdbi(), EntryRows.LOG_ID, new TileCache()));
        other.add(0, leaves(0, 6));
        assertEquals(other.head(), tree.head());
    }

    @Test
    void add_staged_isTheHeadThatWasStaged() {
        tree.add(0, leaves(0, 5));
        var staged = tree.stage(leaves(5, 9));
        assertEquals(5, tree.head().size());
        tree.add(staged, leaves(5, 9));
        assertEquals(staged.head(), tree.head());
    }

    /** A reader was quicker and has read half of the batch back from the database. */
    @Test
    void add_stagedThatIsThereInPart_addsTheRest() {
        tree.add(0, leaves(0, 5));
        var staged = tree.stage(leaves(5, 9));
        tree.add(5, leaves(5, 7));
        tree.add(staged, leaves(5, 9));
        assertEquals(staged.head(), tree.head());
        tree.add(staged, leaves(5, 9));
        assertEquals(staged.head(), tree.head());
    }

    @Test
    void publish_smallerCheckpoint_isIgnored() {
        tree.add(0, leaves(0, 3));
        TreeHead three = tree.head();
        tree.add(3, leaves(3, 5));
        publish(tree.head());
        publish(three);
        assertEquals(5, tree.published().orElseThrow().head().size());
    }

    @Test
    void proof_ofAnEntryNotCovered_isEmpty() {
        tree.add(0, leaves(0, 3));
        assertTrue(tree.proof(entries.getFirst(), 0).isEmpty());
        publish(tree.head());
        tree.add(3, leaves(3, 5));
        assertTrue(tree.proof(entries.get(2), 2).orElseThrow().verifies(KEY));
        assertTrue(tree.proof(entries.get(3), 3).isEmpty());
    }

    @Test
    void awaitLargerThan_whenPublished_returns() throws Exception {
        tree.add(0, leaves(0, 2));
        try (var threads = Executors.newSingleThreadExecutor()) {
            var waiting = threads.submit(() -> {
                tree.awaitLargerThan(-1, TimeUnit.MINUTES.toNanos(5));
                return tree.published().isPresent();
            });
            publish(tree.head());
            assertTrue(waiting.get());
        }
        // What is there already is not waited for.
        tree.awaitLargerThan(1, TimeUnit.MINUTES.toNanos(5));
    }

    private void publish(TreeHead head) {
        SignedNote note = new Checkpoint(LedgerNode.ORIGIN, head).sign(KEYS, KeyName.LEDGER_SIGNING);
        tree.publish(note, head);
    }

    private List<Hash> leaves(int from, int to) {
        return entries.subList(from, to).stream().map(LogEntry::leaf).toList();
    }

    private static List<LogEntry> entries(int count) {
        var entries = new ArrayList<LogEntry>();
        for (int i = 0; i < count; i++) {
            entries.add(new LogEntry(new EventId(new UUID(7, i)), Hash.sha256(new byte[] {(byte) i})));
        }
        return entries;
    }
}
