package io.tamis.ledger;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.ValidatableResponse;
import io.tamis.data.Actor;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import io.tamis.log.Checkpoint;
import io.tamis.log.EventType;
import io.tamis.log.ExportEntry;
import io.tamis.log.ExportResult;
import io.tamis.log.LogExport;
import io.tamis.log.NoteKeyType;
import io.tamis.log.SignedNote;
import io.tamis.log.TlogProof;
import io.tamis.log.TreeHead;
import io.tamis.log.VerifierKey;
import io.tamis.server.TamisTest;
import io.tamis.server.TestTokens;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TamisTest
class LedgerResourceTest {
    private static final String OFFICE = "audit-office";

    @Inject
    Ledger ledger;

    @Inject
    Events events;

    @Inject
    Logs logs;

    @Inject
    Jdbi jdbi;

    @Inject
    VerifierKey key;

    @Test
    void checkpoint_isPublicAndSigned() {
        byte[] note = given().get("/v1/ledger/checkpoint")
                .then()
                .statusCode(200)
                .contentType("text/plain")
                .extract()
                .asByteArray();
        assertTrue(Checkpoint.open(SignedNote.parse(note), key).isPresent());
    }

    @Test
    void key_isPublicAndHasALineForEachKind() {
        String lines = given().get("/v1/ledger/key")
                .then()
                .statusCode(200)
                .contentType("text/plain")
                .extract()
                .asString();
        var keys = lines.lines().map(VerifierKey::parse).toList();
        assertEquals(key, keys.getFirst());
        assertEquals(
                List.of(NoteKeyType.ED25519, NoteKeyType.ML_DSA_44),
                keys.stream().map(VerifierKey::type).toList());
    }

    @Test
    void entry_ofOwnParty_isReadWithItsSalt() {
        var id = recorded(EventType.JOB_SUBMITTED);
        String body = as(Role.MERCHANT, "brand-a", "/v1/ledger/entries/" + id)
                .statusCode(200)
                .body("event.tenant", equalTo("brand-a"))
                .extract()
                .asString();
        var entry =
                assertInstanceOf(ExportEntry.Present.class, ExportEntry.parse(body.getBytes(StandardCharsets.UTF_8)));
        assertEquals(id, entry.id());
        as(Role.MERCHANT, "brand-a", "/v1/ledger/entries/" + entry.index())
                .statusCode(200)
                .body("id", equalTo(id.toString()));
    }

    @Test
    void entry_ofAnotherParty_looksLikeNone() {
        var id = recorded(EventType.JOB_SUBMITTED);
        for (String path : new String[] {"", "/proof"}) {
            as(Role.MERCHANT, "brand-b", "/v1/ledger/entries/" + id + path)
                    .statusCode(404)
                    .body("code", equalTo("NOT_FOUND"));
            as(Role.OPERATOR, "an-operator", "/v1/ledger/entries/" + id + path).statusCode(404);
            as(Role.COMPLIANCE_OFFICER, OFFICE, "/v1/ledger/entries/" + id + path)
                    .statusCode(200);
        }
        as(Role.COMPLIANCE_OFFICER, OFFICE, "/v1/ledger/entries/00000000-0000-7000-8000-000000000000")
                .statusCode(404);
        as(Role.COMPLIANCE_OFFICER, OFFICE, "/v1/ledger/entries/999999999").statusCode(404);
    }

    /** Exact counts and rule ids: not even the party they concern reads them. */
    @Test
    void entry_forOfficersOnly_isHiddenFromItsParty() {
        for (var type : new EventType[] {EventType.ACCESS_COMPLETED, EventType.ACCESS_DECIDED}) {
            var id = recorded(type);
            as(Role.MERCHANT, "brand-a", "/v1/ledger/entries/" + id).statusCode(404);
            as(Role.MERCHANT, "brand-a", "/v1/ledger/entries/" + id + "/proof").statusCode(404);
            as(Role.COMPLIANCE_OFFICER, OFFICE, "/v1/ledger/entries/" + id).statusCode(200);
        }
    }

    /** One entry read by an officer leaves as much of a trace as a page of them; one of their own party leaves none. */
    @Test
    void entry_readByAnOfficer_isLoggedUnlessItIsTheirOwn() {
        var id = recorded(EventType.JOB_SUBMITTED);
        as(Role.MERCHANT, "brand-a", "/v1/ledger/entries/" + id).statusCode(200);
        as(Role.COMPLIANCE_OFFICER, "brand-a", "/v1/ledger/entries/" + id).statusCode(200);
        as(Role.COMPLIANCE_OFFICER, "brand-a", "/v1/ledger/entries/" + id + "/proof")
                .statusCode(200);
        assertEquals(List.of(), viewsOf(id));
        as(Role.COMPLIANCE_OFFICER, OFFICE, "/v1/ledger/entries/" + id).statusCode(200);
        assertEquals(List.of("entry"), viewsOf(id));
        as(Role.COMPLIANCE_OFFICER, OFFICE, "/v1/ledger/entries/" + id + "/proof")
                .statusCode(200);
        assertEquals(List.of("entry", "proof"), viewsOf(id));
    }

    /** What of this entry was read according to the log, in order. */
    private List<String> viewsOf(EventId id) {
        recorded(EventType.JOB_SUBMITTED);
        var views = new ArrayList<String>();
        String cursor = "0";
        while (cursor != null) {
            var page = as(Role.COMPLIANCE_OFFICER, OFFICE, "/v1/ledger/entries?limit=200&cursor=" + cursor)
                    .statusCode(200)
                    .extract();
            views.addAll(page.path(
                    "items.event.findAll { it.type == 'audit.viewed' && it.of == '%s' }.format".formatted(id)));
            cursor = page.path("next");
        }
        return views;
    }

    @Test
    void entry_withoutTokenOrWithABadReference_isRefused() {
        given().get("/v1/ledger/entries/0").then().statusCode(401).body("code", equalTo("UNAUTHENTICATED"));
        for (String reference : new String[] {"x", "-1", "0190163D-8694-739B-AEA5-966C26F8AD90", "9".repeat(17)}) {
            as(Role.COMPLIANCE_OFFICER, OFFICE, "/v1/ledger/entries/" + reference)
                    .statusCode(400)
                    .body("code", equalTo("INVALID_REQUEST"));
        }
    }

    @Test
    void proof_ofOwnEntry_verifies() {
        var id = recorded(EventType.JOB_SUBMITTED);
        String text = as(Role.MERCHANT, "brand-a", "/v1/ledger/entries/" + id + "/proof")
                .statusCode(200)
                .contentType("text/plain")
                .extract()
                .asString();
        var proof = TlogProof.parse(text);
        assertTrue(proof.verifies(key));
        assertEquals(id, proof.entry().id());
    }

    /** Anchored by hand: the smallest anchored checkpoint that covers it, whose root the chain has. */
    @Test
    void proof_atAnchored_isUnderTheSmallestAnchoredCheckpoint_and202Before() {
        var id = recorded(EventType.JOB_SUBMITTED);
        String path = "/v1/ledger/entries/" + id + "/proof";
        as(Role.MERCHANT, "brand-a", path + "?at=anchored").statusCode(202).header("Retry-After", "1");
        as(Role.MERCHANT, "brand-a", path + "?at=once").statusCode(400);
        var head = logs.open().latest().orElseThrow().head();
        anchor(head);
        recorded(EventType.JOB_SUBMITTED);
        String text = as(Role.MERCHANT, "brand-a", path + "?at=anchored")
                .statusCode(200)
                .extract()
                .asString();
        var proof = TlogProof.parse(text);
        assertTrue(proof.verifies(key));
        assertEquals(head, Checkpoint.open(proof.note(), key).orElseThrow().head());
    }

    private void anchor(TreeHead head) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                INSERT INTO ledger_anchor (origin, size, root, chain_id, contract, chain_log, state, sent_at)
                VALUES (:origin, :size, :root, 1, :contract, :root, 'FINAL', now())""")
                .bind("origin", logs.open().origin().value())
                .bind("size", head.size())
                .bind("root", head.root().bytes())
                .bind("contract", "0x" + "99".repeat(20))
                .execute());
    }

    @Test
    void entries_toTheOfficer_arePagedAndLogged() {
        recorded(EventType.JOB_SUBMITTED);
        String next = as(Role.COMPLIANCE_OFFICER, OFFICE, "/v1/ledger/entries?limit=2")
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items[0].index", equalTo(0))
                .body("items.event.type", hasItem("log.opened"))
                .extract()
                .path("next");
        assertEquals("2", next);
        as(Role.COMPLIANCE_OFFICER, OFFICE, "/v1/ledger/entries?limit=1&cursor=" + next)
                .statusCode(200)
                .body("items[0].index", equalTo(2));
        recorded(EventType.JOB_SUBMITTED);
        assertTrue(allTypes().contains("audit.viewed"));
    }

    /** Page by page, as other tests have filled the log too. */
    private static List<String> allTypes() {
        var types = new ArrayList<String>();
        String cursor = "0";
        while (cursor != null) {
            var page = as(Role.COMPLIANCE_OFFICER, OFFICE, "/v1/ledger/entries?limit=200&cursor=" + cursor)
                    .statusCode(200)
                    .extract();
            types.addAll(page.path("items.event.type"));
            cursor = page.path("next");
        }
        return types;
    }

    @Test
    void entries_limitsAndRoles_areHeld() {
        for (String query : new String[] {"limit=201", "limit=0", "limit=x", "cursor=-1", "cursor=1e3"}) {
            as(Role.COMPLIANCE_OFFICER, OFFICE, "/v1/ledger/entries?" + query).statusCode(400);
        }
        for (Role role : Role.values()) {
            if (role != Role.COMPLIANCE_OFFICER) {
                as(role, "brand-a", "/v1/ledger/entries").statusCode(403).body("code", equalTo("ROLE_REQUIRED"));
                as(role, "brand-a", "/v1/ledger/export").statusCode(403);
            }
        }
    }

    @Test
    void export_toTheOfficer_verifiesOfflineAndTellsOfItself(@TempDir Path folder) throws IOException {
        var id = recorded(EventType.JOB_SUBMITTED);
        var bundle = Hash.sha256("rest test".getBytes(StandardCharsets.UTF_8));
        jdbi.useHandle(
                handle -> handle.createUpdate("INSERT INTO policy_bundle (hash, path, content) VALUES (:h, :p, :c)")
                        .bind("h", bundle.bytes())
                        .bind("p", "datasets/a.yaml")
                        .bind("c", "id: a\n".getBytes(StandardCharsets.UTF_8))
                        .execute());
        byte[] zip = as(Role.COMPLIANCE_OFFICER, OFFICE, "/v1/ledger/export")
                .statusCode(200)
                .contentType("application/zip")
                .extract()
                .asByteArray();
        unzip(zip, folder);
        var verified = assertInstanceOf(ExportResult.Verified.class, LogExport.read(folder, key));
        assertEquals(
                "id: a\n", new String(verified.bundles().get(bundle).get("datasets/a.yaml"), StandardCharsets.UTF_8));
        var read = new ArrayList<ExportEntry>();
        verified.entries().forEach(read::add);
        assertTrue(read.stream().anyMatch(entry -> entry.id().equals(id)));
        var last = assertInstanceOf(ExportEntry.Present.class, read.getLast());
        assertEquals(Optional.of(EventType.AUDIT_VIEWED), last.event().type());
    }

    @Test
    void health_whenTheLogMoves_isReady() {
        recorded(EventType.JOB_SUBMITTED);
        given().get("/q/health/ready").then().body("checks.find { it.name == 'ledger' }.status", equalTo("UP"));
    }

    @Test
    void metrics_tellTheSizeAndNothingByParty() {
        recorded(EventType.JOB_SUBMITTED);
        String metrics =
                given().get("/q/metrics").then().statusCode(200).extract().asString();
        assertTrue(metrics.contains("tamis_ledger_size"));
        assertTrue(
                metrics.lines().filter(line -> line.startsWith("tamis_ledger")).noneMatch(line -> line.contains("{")));
    }

    private EventId recorded(EventType type) {
        var actor = new Actor(
                new PartyId("brand-a"),
                LedgerContract.MERCHANT.person(),
                Role.MERCHANT,
                LedgerContract.MERCHANT.department());
        var event = events.of(type, actor).build();
        jdbi.useTransaction(tx -> ledger.append(tx, event));
        return ledger.await(event.id()).eventId();
    }

    private static ValidatableResponse as(Role role, String party, String path) {
        return given().header("Authorization", "Bearer " + TestTokens.of(role, party))
                .get(path)
                .then();
    }

    private static void unzip(byte[] zip, Path folder) throws IOException {
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, in.readAllBytes());
            }
        }
    }
}
