package io.tamis.holder.ticket;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.MemoryKeys;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.data.PredictableRandom;
import io.tamis.data.TimeOrderedIds;
import io.tamis.log.Checkpoint;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import io.tamis.log.LogEntry;
import io.tamis.log.MerkleTree;
import io.tamis.log.Origin;
import io.tamis.log.Salt;
import io.tamis.log.TlogProof;
import io.tamis.log.VerifierKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A ledger in memory, of seeded keys and salts, that hands out evidence. */
public final class LedgerOfTickets {
    public static final Origin ORIGIN = new Origin("example.com/tamis/2026");

    private final MemoryKeys keys;
    private final List<LedgerEvent> events = new ArrayList<>();

    public LedgerOfTickets(long seed) {
        keys = new MemoryKeys(seed);
    }

    public VerifierKey key() {
        return new VerifierKey(ORIGIN, keys.publicKey(KeyName.LEDGER_SIGNING));
    }

    /** Appends an event with these members and gives its id. */
    public EventId append(EventType type, Instant at, Json.Obj members) {
        var id = new EventId(new TimeOrderedIds(() -> at, new PredictableRandom(events.size() + 1L)).next());
        var body = Json.object()
                .put("v", 1)
                .put("id", id.toString())
                .put("at", at.toString().replace("Z", ".000Z"))
                .put("type", type.wire())
                .build();
        for (var member : members.members().entrySet()) {
            body = body.with(member.getKey(), member.getValue());
        }
        events.add(new LedgerEvent(body));
        return id;
    }

    /** The proof of this event under the newest tree. */
    public TicketEvidence evidence(EventId id) {
        var tree = new MerkleTree();
        int index = -1;
        for (int i = 0; i < events.size(); i++) {
            tree.append(entry(i).leaf());
            index = events.get(i).id().equals(id) ? i : index;
        }
        var note = new Checkpoint(ORIGIN, tree.head()).sign(keys, KeyName.LEDGER_SIGNING);
        return new TicketEvidence(
                events.get(index),
                salt(index),
                new TlogProof(entry(index), index, tree.inclusion(index, events.size()), note));
    }

    private LogEntry entry(int index) {
        return LogEntry.of(salt(index), events.get(index));
    }

    private static Salt salt(int index) {
        return Salt.fresh(new PredictableRandom(1000 + index));
    }
}
