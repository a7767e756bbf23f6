package io.tamis.cli.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tamis.cli.audit.DisclosureCheck.Step;
import io.tamis.crypto.KeyName;
import io.tamis.data.Json;
import io.tamis.log.Checkpoint;
import io.tamis.log.ExportEntry;
import io.tamis.log.LedgerEvent;
import io.tamis.log.Origin;
import io.tamis.log.Salt;
import io.tamis.log.TlogProof;
import io.tamis.log.TreeHead;
import io.tamis.log.VerifierKey;
import io.tamis.log.Witnesses;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DisclosureCheckTest {
    private static final Origin ORIGIN = new Origin("test.example/ledger/2026");
    private static final SigningKeys KEYS = new SigningKeys();
    private static final VerifierKey KEY = new VerifierKey(ORIGIN, KEYS.publicKey(KeyName.LEDGER_SIGNING));

    private final ExportEntry.Present entry = new ExportEntry.Present(
            0,
            Salt.of(new byte[32]),
            LedgerEvent.parse(Json.object()
                    .put("v", 1)
                    .put("id", "0190163d-8694-739b-aea5-966c26f8ad90")
                    .put("at", "2026-11-24T05:00:00.000Z")
                    .put("type", "access.reported")
                    .build()
                    .canonicalBytes()));

    @Test
    void of_whatTheServiceWrites_holds() {
        assertEquals(Optional.empty(), checked(disclosure()));
    }

    @Test
    void of_eventSaltAndProofAlone_holds() {
        assertEquals(Optional.empty(), checked(disclosure().without("index", "id", "commitment", "anchor")));
    }

    @Test
    void of_anotherNameOfTheEntry_isRefused() {
        for (var wrong : List.of(
                disclosure().with("index", Json.of(1)),
                disclosure().with("id", Json.of("0190163d-8694-739b-aea5-966c26f8ad91")),
                disclosure().with("commitment", Json.of("00".repeat(32))),
                disclosure().with("x", Json.of(1)))) {
            assertEquals(Optional.of(Step.FORM), checked(wrong));
        }
    }

    @Test
    void toString_ofAFindingInAFileOfAnybodysName_hasNoControlCharacters() {
        var finding = new Finding("bundles/\u001b[2JVALID\u202e\u009b", Finding.Kind.EXPORT_BROKEN, "x\ny");
        assertFalse(finding.toString().codePoints().anyMatch(c -> c < 0x20 || c == 0x9b || c == 0x202e));
    }

    private static Optional<Step> checked(Json.Obj file) {
        return DisclosureCheck.of(file, List.of(KEY), Witnesses.none(), Optional.empty())
                .step();
    }

    /** As the service writes it: the entry's line, its proof, and where it is anchored by which transaction. */
    private Json.Obj disclosure() {
        var note = new Checkpoint(ORIGIN, new TreeHead(1, entry.entry().leaf())).sign(KEYS, KeyName.LEDGER_SIGNING);
        return ((Json.Obj) Json.parse(entry.line()))
                .with("proof", Json.of(new TlogProof(entry.entry(), 0, List.of(), note).text()))
                .with(
                        "anchor",
                        Json.object()
                                .put("chainId", 1)
                                .put("contract", "0x" + "0a".repeat(20))
                                .put("logId", "0x" + "0b".repeat(32))
                                .put("size", 1)
                                .put("transaction", "0x" + "0c".repeat(32))
                                .build());
    }
}
