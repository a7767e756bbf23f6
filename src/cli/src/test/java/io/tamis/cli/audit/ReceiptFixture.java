package io.tamis.cli.audit;

import io.tamis.crypto.KeyName;
import io.tamis.data.Json;
import io.tamis.log.Checkpoint;
import io.tamis.log.ExportEntry;
import io.tamis.log.LedgerEvent;
import io.tamis.log.Origin;
import io.tamis.log.Salt;
import io.tamis.log.SignedNote;
import io.tamis.log.TlogProof;
import io.tamis.log.TreeHead;
import io.tamis.log.VerifierKey;
import java.util.List;
import java.util.function.UnaryOperator;

/** A log of one entry, which has one more member; for tests of other packages too. */
public final class ReceiptFixture {
    private static final Origin ORIGIN = new Origin("test.example/ledger/2026");

    private final SigningKeys keys = new SigningKeys();
    private final ExportEntry.Present entry;

    public ReceiptFixture(String id, String name, String value) {
        entry = new ExportEntry.Present(
                0,
                Salt.of(new byte[32]),
                new LedgerEvent(Json.object()
                        .put("v", 1)
                        .put("id", id)
                        .put("at", "2026-11-24T05:00:00.000Z")
                        .put("type", "release.published")
                        .put(name, value)
                        .build()));
    }

    /** The log's key. */
    public String key() {
        return verifierKey().toString();
    }

    /** As an export's line. */
    public String entry() {
        return line().canonical();
    }

    /** The receipt. */
    public String proof() {
        return proof(note -> note);
    }

    VerifierKey verifierKey() {
        return new VerifierKey(ORIGIN, keys.publicKey(KeyName.LEDGER_SIGNING));
    }

    Json.Obj line() {
        return (Json.Obj) Json.parse(entry.line());
    }

    ExportEntry.Present present() {
        return entry;
    }

    TreeHead head() {
        return new TreeHead(1, entry.entry().leaf());
    }

    String proof(UnaryOperator<SignedNote> cosigned) {
        var note = new Checkpoint(ORIGIN, head()).sign(keys, KeyName.LEDGER_SIGNING);
        return new TlogProof(entry.entry(), 0, List.of(), cosigned.apply(note)).text();
    }
}
