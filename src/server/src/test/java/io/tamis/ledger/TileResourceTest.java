package io.tamis.ledger;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tamis.data.Hash;
import io.tamis.data.Role;
import io.tamis.log.Checkpoint;
import io.tamis.log.EntryBundle;
import io.tamis.log.EventType;
import io.tamis.log.Proofs;
import io.tamis.log.SignedNote;
import io.tamis.log.TreeHead;
import io.tamis.log.VerifierKey;
import io.tamis.server.TamisTest;
import io.tamis.server.TestTokens;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TamisTest
class TileResourceTest {
    @Inject
    Ledger ledger;

    @Inject
    Events events;

    @Inject
    Jdbi jdbi;

    private TreeHead head;
    private String year;

    @BeforeEach
    void record() {
        var event = events.of(EventType.JOB_SUBMITTED, LedgerContract.MERCHANT).build();
        jdbi.useTransaction(tx -> ledger.append(tx, event));
        ledger.await(event.id());
        Response logs = given().get("/v1/ledger/logs");
        logs.then().statusCode(200);
        year = logs.jsonPath().getString("items[-1].year");
        head = checkpoint("/v1/ledger/checkpoint");
    }

    @Test
    void logs_arePublic_andTheLastIsOpen() {
        Response logs = given().get("/v1/ledger/logs");
        assertTrue(logs.jsonPath().getBoolean("items[-1].open"));
        assertTrue(logs.jsonPath().getString("items[-1].origin").endsWith("/" + year));
        assertTrue(logs.jsonPath().getLong("items[-1].size") >= head.size());
    }

    @Test
    void checkpointAndKeyOfAYear_verify() {
        var key = VerifierKey.parse(given().get("/v1/ledger/logs/" + year + "/key")
                .asString()
                .lines()
                .findFirst()
                .orElseThrow());
        var note = SignedNote.parse(given().get("/v1/ledger/logs/" + year + "/checkpoint")
                .asString()
                .getBytes(StandardCharsets.UTF_8));
        assertTrue(Checkpoint.open(note, key).isPresent());
        for (String other : List.of("1999", "year", "02026")) {
            given().get("/v1/ledger/logs/" + other + "/checkpoint").then().statusCode(404);
        }
    }

    /** The tests' log may have any size: its last tile of level 0 is looked at, and the entries it was made of. */
    @Test
    void tile_hashesAreThoseOfTheEntries() {
        long index = (head.size() - 1) / Tiles.WIDTH;
        long width = head.size() - index * Tiles.WIDTH;
        String path = "%03d%s".formatted(index, width == Tiles.WIDTH ? "" : ".p/" + width);
        byte[] tile = given().get("/v1/ledger/tile/0/" + path)
                .then()
                .statusCode(200)
                .contentType("application/octet-stream")
                .header("Cache-Control", "max-age=31536000, immutable")
                .extract()
                .asByteArray();
        assertArrayEquals(
                tile, given().get("/v1/ledger/logs/" + year + "/tile/0/" + path).asByteArray());
        byte[] bundle = as(Role.COMPLIANCE_OFFICER)
                .get("/v1/ledger/tile/entries/" + path)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        var leaves = EntryBundle.parse(bundle).leaves();
        assertEquals(width, leaves.size());
        for (int i = 0; i < width; i++) {
            var hash = new byte[Hash.LENGTH];
            System.arraycopy(tile, i * Hash.LENGTH, hash, 0, Hash.LENGTH);
            assertEquals(leaves.get(i), Hash.of(hash));
        }
    }

    @Test
    void entryBundle_isTheOfficersOnly_andLogged() {
        given().get("/v1/ledger/tile/entries/000.p/1").then().statusCode(401);
        as(Role.MERCHANT).get("/v1/ledger/tile/entries/000.p/1").then().statusCode(403);
        long before = checkpoint("/v1/ledger/checkpoint").size();
        as(Role.COMPLIANCE_OFFICER)
                .get("/v1/ledger/logs/" + year + "/tile/entries/000.p/1")
                .then()
                .statusCode(200);
        record();
        assertTrue(head.size() >= before + 2);
    }

    @Test
    void tile_ofASizeNotPublished_isNotFound() {
        given().get("/v1/ledger/tile/0/x999/x999/999").then().statusCode(404);
        given().get("/v1/ledger/tile/7/000").then().statusCode(404);
        as(Role.COMPLIANCE_OFFICER)
                .get("/v1/ledger/tile/entries/x999/x999/999")
                .then()
                .statusCode(404);
    }

    /** Each tile has one address; another spelling of it is none. */
    @Test
    void tile_ofAnotherSpelling_isRefused() {
        // A slash at the end is none to the framework, here as at every address.
        for (String path : List.of("0/0", "0/x000/000", "0/000.p/0", "0/000.p/256", "0/000.p/01", "8/000", "0/..")) {
            int status = given().urlEncodingEnabled(false)
                    .get("/v1/ledger/tile/" + path)
                    .statusCode();
            assertTrue(status == 400 || status == 404, path + " gives " + status);
        }
    }

    @Test
    void consistency_isProven() {
        record();
        TreeHead earlier = head;
        record();
        String body = given().get("/v1/ledger/consistency?from=" + earlier.size() + "&to=" + head.size())
                .then()
                .statusCode(200)
                .contentType("text/plain")
                .extract()
                .asString();
        var proof = body.lines()
                .map(line -> Hash.of(Base64.getDecoder().decode(line)))
                .toList();
        assertTrue(Proofs.verifyConsistency(earlier, head, proof));
        given().get("/v1/ledger/consistency?from=1").then().statusCode(200);
    }

    @Test
    void consistency_ofSizesThatAreNone_isRefused() {
        for (String query : List.of(
                "",
                "?from=0",
                "?from=2&to=1",
                "?from=1&to=9007199254740991",
                "?from=x",
                "?from=-1",
                "?from=01",
                "?from=1&to=99999999999999999999")) {
            given().get("/v1/ledger/consistency" + query).then().statusCode(400);
        }
    }

    private static TreeHead checkpoint(String path) {
        var note = SignedNote.parse(given().get(path).asString().getBytes(StandardCharsets.UTF_8));
        var key = VerifierKey.parse(
                given().get("/v1/ledger/key").asString().lines().findFirst().orElseThrow());
        return Checkpoint.open(note, key).orElseThrow().head();
    }

    private static RequestSpecification as(Role role) {
        return given().auth().oauth2(TestTokens.of(role, "somebody"));
    }
}
