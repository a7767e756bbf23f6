package io.tamis.log;

import io.tamis.crypto.KeyName;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.PredictableRandom;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** What the tree and its signatures cost in processor time; a {@code main}, no test. Three rounds, the last one counts. */
final class TreeBench {
    private static final int LEAVES = 2_000_000;
    private static final int BATCH = 4_096;

    private TreeBench() {}

    public static void main(String[] arguments) {
        for (int round = 0; round < 3; round++) {
            roots();
            commitments();
            tiles();
            notes();
        }
    }

    private static void roots() {
        byte[] leaves = new PredictableRandom(1).bytes(32 * 65_536);
        long start = cpu();
        var hasher = new RootHasher();
        for (int i = 0; i < LEAVES; i++) {
            hasher.append(leaves, (i & 0xffff) * 32);
        }
        print("root, a leaf", start, LEAVES);
    }

    private static void commitments() {
        var salt = Salt.fresh(new PredictableRandom(2));
        var id = new EventId(new UUID(0x0190163d8694739bL, 0xaea5966c26f8ad90L));
        byte[] event = new PredictableRandom(3).bytes(482);
        long start = cpu();
        for (int i = 0; i < LEAVES / 10; i++) {
            LogEntry.commit(salt, id, event).leaf();
        }
        print("commitment and leaf, 482-byte event", start, LEAVES / 10);
    }

    private static void tiles() {
        var random = new PredictableRandom(4);
        List<Hash> batch = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            batch.add(Hash.of(random.bytes(32)));
        }
        var tiles = new MemoryTiles();
        var tree = new TiledTree(tiles);
        long start = cpu();
        for (int at = 0; at < LEAVES; at += BATCH) {
            MemoryTiles.append(tree, tiles, batch);
        }
        print("tiled tree, a leaf of a batch of 4,096", start, tree.size());
        int proofs = 5_000;
        var places = new SplittableRandom(5);
        start = cpu();
        for (int i = 0; i < proofs; i++) {
            tree.inclusion(places.nextLong(tree.size()), tree.size());
        }
        print("inclusion proof out of cached tiles", start, proofs);
        start = cpu();
        for (int i = 0; i < proofs; i++) {
            tree.consistency(1 + places.nextLong(tree.size()), tree.size());
        }
        print("consistency proof out of cached tiles", start, proofs);
    }

    private static void notes() {
        var checkpoint = new Checkpoint(Fixtures.ORIGIN, new TreeHead(3, Hash.sha256()));
        var signer = new NoteSigner(Fixtures.ORIGIN, NoteKeyType.ML_DSA_44, Fixtures.KEYS, KeyName.LEDGER_SIGNING_PQ);
        int rounds = 200;
        long start = cpu();
        SignedNote note = checkpoint.sign(List.of(signer), Instant.EPOCH);
        for (int i = 1; i < rounds; i++) {
            note = checkpoint.sign(List.of(signer), Instant.ofEpochSecond(i));
        }
        print("ML-DSA-44 line made", start, rounds);
        var key = signer.verifierKey();
        start = cpu();
        for (int i = 0; i < rounds; i++) {
            if (!note.verifiedBy(key)) {
                throw new AssertionError("not verified");
            }
        }
        print("ML-DSA-44 line verified", start, rounds);
    }

    private static void print(String what, long start, long count) {
        System.out.printf("%-40s %8.2f us%n", what, (cpu() - start) / 1e3 / count);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
