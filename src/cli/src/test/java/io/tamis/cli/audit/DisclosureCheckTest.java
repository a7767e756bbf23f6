package io.tamis.cli.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tamis.cli.audit.DisclosureCheck.ChainView;
import io.tamis.cli.audit.DisclosureCheck.Step;
import io.tamis.cli.chain.NotaryContract.Place;
import io.tamis.crypto.KeyName;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.log.NoteKeyType;
import io.tamis.log.NoteSigner;
import io.tamis.log.Origin;
import io.tamis.log.TreeHead;
import io.tamis.log.Witnesses;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DisclosureCheckTest {
    private static final String CONTRACT = "0x" + "0a".repeat(20);
    private static final String LOG_ID = "0x" + "0b".repeat(32);
    private static final ReceiptFixture LOG =
            new ReceiptFixture("0190163d-8694-739b-aea5-966c26f8ad90", "tenant", "brand-a");
    private static final NoteSigner WITNESS = new NoteSigner(
            new Origin("witness.example/w1"), NoteKeyType.COSIGNATURE, new SigningKeys(), KeyName.WITNESS_SIGNING);

    /** The members are those of the server's EntriesExport: the entry's line, its proof, and where it is anchored. */
    private static Json.Obj disclosure() {
        return LOG.line()
                .with("proof", Json.of(LOG.proof()))
                .with(
                        "anchor",
                        Json.object()
                                .put("chainId", 1)
                                .put("contract", CONTRACT)
                                .put("logId", LOG_ID)
                                .put("size", 1)
                                .put("transaction", "0x" + "0c".repeat(32))
                                .build());
    }

    private static DisclosureCheck check(Json.Obj file, Witnesses witnesses, Optional<ChainView> chain) {
        return DisclosureCheck.of(file, List.of(LOG.verifierKey()), witnesses, chain);
    }

    private static DisclosureCheck check(Json.Obj file) {
        return check(file, Witnesses.none(), Optional.empty());
    }

    private static Json.Obj anchor(String name, Json value) {
        return disclosure()
                .with("anchor", ((Json.Obj) disclosure().member("anchor").orElseThrow()).with(name, value));
    }

    @Test
    void of_whatTheServiceWrites_holds() {
        assertEquals(Optional.empty(), check(disclosure()).step());
        assertEquals(
                Optional.empty(),
                check(disclosure().without("index", "id", "commitment", "anchor"))
                        .step());
        var anchor = (Json.Obj) disclosure().member("anchor").orElseThrow();
        assertEquals(
                Optional.empty(),
                check(disclosure().with("anchor", anchor.without("transaction")))
                        .step());
    }

    /** As the service writes an entry whose key was destroyed. */
    @Test
    void of_anErasedEntry_isInTheLogAndNothingMore() {
        Json.Obj erased =
                disclosure().without("event", "salt").with("keyId", Json.of("0190163d-8694-739b-aea5-966c26f8ad99"));
        assertEquals(Optional.of(Step.ERASED), check(erased).step());
        assertEquals(Optional.empty(), check(erased).event());
        assertEquals(
                Optional.of(Step.INCLUSION),
                DisclosureCheck.of(erased, List.of(LogBook.KEY), Witnesses.none(), Optional.empty())
                        .step());
    }

    @Test
    void of_aWrongMember_namesIt() {
        Map<String, Json.Obj> wrong = Map.ofEntries(
                Map.entry("index", disclosure().with("index", Json.of(1))),
                Map.entry("id", disclosure().with("id", Json.of("0190163d-8694-739b-aea5-966c26f8ad91"))),
                Map.entry("commitment", disclosure().with("commitment", Json.of("00".repeat(32)))),
                Map.entry("x", disclosure().with("x", Json.of(1))),
                Map.entry("proof", disclosure().without("proof")),
                Map.entry("event", disclosure().without("event")),
                Map.entry("salt", disclosure().with("salt", Json.of("00"))),
                Map.entry("keyId", disclosure().with("keyId", Json.of("0190163d-8694-739b-aea5-966c26f8ad99"))),
                Map.entry("anchor", anchor("y", Json.of(1))),
                Map.entry("anchor.size", anchor("size", Json.of(2))));
        wrong.forEach((member, file) -> {
            assertEquals(Optional.of(Step.FORM), check(file).step(), member);
            assertEquals(Optional.of(member), check(file).member());
        });
        assertEquals(
                Optional.of("anchor"),
                check(anchor("contract", Json.of("0x00"))).member());
    }

    @Test
    void of_anotherSalt_doesNotOpenTheCommitment() {
        assertEquals(
                Optional.of(Step.COMMITMENT),
                check(disclosure().with("salt", Json.of("01".repeat(32)))).step());
    }

    /** Too few cosignatures are one thing, a wrong one is another. */
    @Test
    void of_aProofWithCosignatures_tellsMissingFromWrong() {
        var one = new Witnesses(List.of(WITNESS.verifierKey()), 1);
        var at = Instant.parse("2026-11-24T05:00:00Z");
        assertEquals(
                Optional.of(Step.WITNESSES),
                check(disclosure(), one, Optional.empty()).step());
        String cosigned = LOG.proof(note -> note.with(List.of(WITNESS.sign(note.text(), at))));
        assertEquals(
                Optional.empty(),
                check(disclosure().with("proof", Json.of(cosigned)), one, Optional.empty())
                        .step());
        String wrong = LOG.proof(note -> note.with(List.of(WITNESS.sign("other\n", at))));
        assertEquals(
                Optional.of(Step.WITNESS_WRONG),
                check(disclosure().with("proof", Json.of(wrong)), one, Optional.empty())
                        .step());
    }

    @Test
    void of_aChain_isHeldAgainstItsRoot() {
        assertEquals(Optional.empty(), onChain(LOG_ID, new MemoryChain().with(LOG.head())));
        assertEquals(Optional.of(Step.NOT_ANCHORED), onChain(LOG_ID, new MemoryChain()));
        var other = new TreeHead(1, Hash.sha256(new byte[1]));
        assertEquals(Optional.of(Step.ANCHOR), onChain(LOG_ID, new MemoryChain().with(other)));
        assertEquals(
                Optional.of(Step.ANCHOR_ELSEWHERE),
                onChain("0x" + "0d".repeat(32), new MemoryChain().with(LOG.head())));
        assertEquals(Optional.of(Step.CHAIN), onChain(LOG_ID, new MemoryChain().silent()));
    }

    private static Optional<Step> onChain(String logId, MemoryChain chain) {
        var view = new ChainView(new Place(1, CONTRACT, logId), chain);
        return check(disclosure(), Witnesses.none(), Optional.of(view)).step();
    }

    @Test
    void toString_ofAFindingInAFileOfAnybodysName_hasNoControlCharacters() {
        var finding = new Finding("bundles/\u001b[2JVALID\u202e\u009b", Finding.Kind.EXPORT_BROKEN, "x\ny");
        assertFalse(finding.toString().codePoints().anyMatch(c -> c < 0x20 || c == 0x9b || c == 0x202e));
    }
}
