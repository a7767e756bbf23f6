package io.tamis.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.TamisException;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import io.tamis.log.MerkleTree;
import io.tamis.log.Proofs;
import io.tamis.log.TileId;
import io.tamis.log.TilePath;
import io.tamis.log.TlogProof;
import io.tamis.server.TamisTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log of several tiles: what is stored, what is read back, what is refused when somebody has changed it. */
@TamisTest
class TilesTest {
    private static final int ENTRIES = 2 * LogTree.WALK_MAX + 300;

    private LedgerNode node;
    private long epoch;

    @BeforeEach
    void startNode() {
        node = new LedgerNode(LedgerDatabase.create().jdbi());
        epoch = node.claim();
    }

    @AfterEach
    void stopNode() {
        node.stop();
    }

    @Test
    void tiles_areThoseOfATreeInMemory() {
        fill(ENTRIES);
        var whole = whole(node);
        assertEquals(whole.head(), node.tree().head());
        long full = whole.size() / Tiles.WIDTH;
        assertEquals(full + full / Tiles.WIDTH, node.count("ledger_tile"));
        var leaves = leaves(node);
        for (long index = 0; index < full; index++) {
            byte[] tile = node.tree().tiles().full(new TileId(0, index)).orElseThrow();
            assertEquals(Tiles.WIDTH * Hash.LENGTH, tile.length);
            assertArrayEquals(leaves.get((int) index * Tiles.WIDTH).bytes(), Arrays.copyOf(tile, Hash.LENGTH));
        }
    }

    @Test
    void restart_readsTheRightEdgeOnly_andProvesEverySize() {
        fill(ENTRIES);
        var restarted = new LedgerNode(node.jdbi);
        restarted.claim();
        assertEquals(node.tree().head(), restarted.tree().head());
        var whole = whole(node);
        var leaves = leaves(node);
        var random = new Random(20261124);
        for (int i = 0; i < 200; i++) {
            long to = 1 + random.nextLong(whole.size());
            long from = 1 + random.nextLong(to);
            assertEquals(whole.head(to), restarted.tree().headAt(to));
            assertTrue(Proofs.verifyConsistency(
                    whole.head(from), whole.head(to), restarted.tree().consistency(from, to)));
            long index = random.nextLong(whole.size());
            var row = node.jdbi
                    .withHandle(handle -> EntryRows.page(handle, EntryRows.LOG_ID, index, 1))
                    .getFirst();
            var proof = restarted.tree().proof(row.event().entry(), index).orElseThrow();
            assertEquals(leaves.get((int) index), row.event().entry().leaf());
            assertTrue(proof.verifies(node.verifierKey));
        }
    }

    @Test
    void restart_walksASmallGap_andContinues() {
        fill(300);
        var other = new LedgerNode(node.jdbi);
        other.claim();
        epoch = node.claim();
        fill(600);
        long theirs = other.claim();
        assertEquals(node.tree().head(), other.tree().head());
        other.append(event(other));
        other.step(theirs);
        assertEquals(whole(other).head(), other.tree().head());
    }

    @Test
    void tile_ofAPublishedSize_isAPrefixOfTheLaterRow() {
        fill(400);
        var partial = node.tree()
                .tile(new TilePath.Hashes(new TileId(0, 1), 100), 400)
                .orElseThrow();
        fill(400);
        byte[] full = node.tree()
                .tile(new TilePath.Hashes(new TileId(0, 1), 256), 600)
                .orElseThrow();
        assertArrayEquals(partial, Arrays.copyOf(full, partial.length));
        assertTrue(node.tree()
                .tile(new TilePath.Hashes(new TileId(0, 1), 256), 400)
                .isEmpty());
    }

    /** A tile below the edge: found out by whoever asks for a proof out of it, never handed out. */
    @Test
    void proof_outOfATamperedTile_isRefusedUntilItIsMended() {
        fill(2000);
        var row = node.jdbi
                .withHandle(handle -> EntryRows.page(handle, EntryRows.LOG_ID, 700, 1))
                .getFirst();
        byte[] before = node.tree().tiles().full(new TileId(0, 2)).orElseThrow();
        node.jdbi.useHandle(
                handle -> handle.execute(
                        "UPDATE ledger_tile SET data = overlay(data PLACING decode('00ff00ff', 'hex') FROM 1) WHERE level = 0 AND idx = 2"));
        node.tree().tiles().forget();
        var restarted = new LedgerNode(node.jdbi);
        assertRefused(row);
        node.jdbi.useHandle(handle -> handle.execute("DELETE FROM ledger_tile WHERE level = 0 AND idx = 2"));
        assertRefused(row);
        node.jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO ledger_tile (log_id, level, idx, data) VALUES (1, 0, 2, ?)", (Object) before));
        assertTrue(node.tree().proof(row.event().entry(), 700).orElseThrow().verifies(restarted.verifierKey));
    }

    @Test
    void start_overATamperedEdge_refuses() {
        fill(ENTRIES);
        for (String tampering : List.of(
                "UPDATE ledger_tile SET data = overlay(data PLACING decode('00ff00ff', 'hex') FROM 100) WHERE level = 0 AND idx = 31",
                "DELETE FROM ledger_tile WHERE level = 0 AND idx = 30",
                "UPDATE ledger_event SET commitment = decode(repeat('00', 32), 'hex') WHERE seq = (SELECT max(seq) FROM ledger_event)",
                "DELETE FROM ledger_event WHERE seq = (SELECT max(seq) - 1 FROM ledger_event)")) {
            var victim = new LedgerNode(node.jdbi);
            node.jdbi.useHandle(handle -> {
                handle.execute("CREATE TEMPORARY TABLE tile_before AS TABLE ledger_tile");
                handle.execute("CREATE TEMPORARY TABLE event_before AS TABLE ledger_event");
                handle.execute(tampering);
                var head = LogHead.read(handle).orElseThrow();
                assertFalse(victim.tree().catchUp(handle, head.tree()), tampering);
                handle.execute("TRUNCATE ledger_tile, ledger_event");
                handle.execute("INSERT INTO ledger_tile TABLE tile_before");
                handle.execute("INSERT INTO ledger_event TABLE event_before");
            });
        }
        new LedgerNode(node.jdbi).claim();
    }

    /** A log of an earlier version has no tiles. */
    @Test
    void start_withoutTiles_writesThemOnce() {
        fill(1000);
        var before = node.tree().tiles().full(new TileId(0, 1)).orElseThrow();
        node.jdbi.useHandle(handle -> handle.execute("DELETE FROM ledger_tile"));
        var restarted = new LedgerNode(node.jdbi);
        node.jdbi.useHandle(handle -> TileBackfill.run(
                handle, LogHead.read(handle).orElseThrow(), restarted.tree().tiles()));
        restarted.claim();
        assertEquals(3, node.count("ledger_tile"));
        assertArrayEquals(
                before, restarted.tree().tiles().full(new TileId(0, 1)).orElseThrow());
        node.jdbi.useHandle(handle -> TileBackfill.run(
                handle, LogHead.read(handle).orElseThrow(), restarted.tree().tiles()));
        assertEquals(3, node.count("ledger_tile"));
    }

    @Test
    void checkpoint_carriesALineOfEachKind() {
        fill(3);
        var note = node.tree().published().orElseThrow().note();
        var verifiers = node.signers.verifierKeys(LedgerNode.ORIGIN);
        assertEquals(2, verifiers.size());
        verifiers.forEach(key -> assertTrue(note.verifiedBy(key), key.type().name()));
        var row = node.jdbi
                .withHandle(handle -> EntryRows.page(handle, EntryRows.LOG_ID, 0, 1))
                .getFirst();
        var receipt = node.ledger.receipt(row.event().id()).orElseThrow();
        assertEquals(2, TlogProof.parse(receipt.tlogProof()).note().signatures().size());
    }

    private void assertRefused(EntryRows.Row row) {
        assertEquals(
                Code.LEDGER_UNAVAILABLE,
                assertThrows(
                                TamisException.class,
                                () -> node.tree().proof(row.event().entry(), row.index()))
                        .code());
    }

    private void fill(int entries) {
        var ids = new ArrayList<EventId>();
        for (int left = entries; left > 0; left -= Ledger.RECORD_MAX) {
            var events = Stream.generate(() -> event(node))
                    .limit(Math.min(left, Ledger.RECORD_MAX))
                    .toList();
            events.forEach(event -> ids.add(event.id()));
            assertTrue(node.queue.offer(new Pending(node.vault.sealAll(events))));
        }
        while (!node.queue.isEmpty()) {
            node.step(epoch);
        }
    }

    private static LedgerEvent event(LedgerNode on) {
        return on.events.of(EventType.ACCESS_REPORTED, LedgerContract.MERCHANT).build();
    }

    private static List<Hash> leaves(LedgerNode on) {
        var leaves = new ArrayList<Hash>();
        on.jdbi.useHandle(handle ->
                EntryRows.leaves(handle, EntryRows.LOG_ID, 0, on.tree().head().size(), leaves::add));
        return leaves;
    }

    private static MerkleTree whole(LedgerNode on) {
        var tree = new MerkleTree();
        leaves(on).forEach(tree::append);
        return tree;
    }
}
