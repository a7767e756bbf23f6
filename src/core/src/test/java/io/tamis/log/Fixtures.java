package io.tamis.log;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.MemoryKeys;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.data.PredictableRandom;
import io.tamis.data.TimeOrderedIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A small log whose every byte follows from seeds. */
final class Fixtures {
    static final Origin ORIGIN = new Origin("example.com/tamis/2026");
    static final MemoryKeys KEYS = new MemoryKeys(1);
    static final VerifierKey KEY = new VerifierKey(ORIGIN, KEYS.publicKey(KeyName.LEDGER_SIGNING));

    private Fixtures() {}

    static LedgerEvent event(long seed) {
        var at = Instant.parse("2026-11-24T05:00:00Z").plusMillis(seed);
        var id = new EventId(new TimeOrderedIds(() -> at, new PredictableRandom(seed)).next());
        return new LedgerEvent(Json.object()
                .put("v", 1)
                .put("id", id.toString())
                .put("at", "2026-11-24T05:00:00." + String.format(java.util.Locale.ROOT, "%03d", seed % 1000) + "Z")
                .put("type", EventType.JOB_SUBMITTED.wire())
                .put("tenant", "brand-a")
                .put("job", "job_" + id)
                .build());
    }

    static Salt salt(long seed) {
        return Salt.fresh(new PredictableRandom(1000 + seed));
    }

    static final UUID KEY_ID = UUID.fromString("0190163d-8694-7000-8000-0000000000aa");

    static List<ExportEntry> entries(int count) {
        var entries = new ArrayList<ExportEntry>();
        for (int i = 0; i < count; i++) {
            entries.add(new ExportEntry.Present(i, salt(i), event(i)));
        }
        return entries;
    }

    static SignedNote checkpoint(List<ExportEntry> entries) {
        return new Checkpoint(ORIGIN, tree(entries).head()).sign(KEYS, KeyName.LEDGER_SIGNING);
    }

    static MerkleTree tree(List<ExportEntry> entries) {
        var tree = new MerkleTree();
        entries.forEach(entry -> tree.append(entry.entry().leaf()));
        return tree;
    }

    static byte[] flipped(byte[] bytes, int bit) {
        byte[] copy = bytes.clone();
        copy[bit / 8] ^= (byte) (1 << bit % 8);
        return copy;
    }
}
