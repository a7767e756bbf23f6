package io.tamis.catalog.collaboration;

import static io.tamis.catalog.collaboration.CollaborationApi.active;
import static io.tamis.catalog.collaboration.CollaborationApi.attach;
import static io.tamis.catalog.collaboration.CollaborationApi.close;
import static io.tamis.catalog.collaboration.CollaborationApi.detach;
import static io.tamis.catalog.collaboration.CollaborationApi.event;
import static io.tamis.catalog.collaboration.CollaborationApi.load;
import static io.tamis.catalog.collaboration.CollaborationApi.people;
import static io.tamis.catalog.collaboration.CollaborationApi.rotate;
import static io.tamis.catalog.collaboration.CollaborationApi.show;
import static io.tamis.catalog.collaboration.CollaborationApi.withdraw;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import io.tamis.catalog.collaboration.AttachmentRows.Place;
import io.tamis.catalog.collaboration.CollaborationApi.Caller;
import io.tamis.catalog.link.LinkSet;
import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import io.tamis.server.TamisTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@TamisTest
class AttachmentsTest {
    private static final Caller LAB = Caller.platform("lab");
    private static final Caller OTHER = Caller.platform("lab-b");
    private static final Caller BRAND = Caller.merchant("lab-c");

    @Inject
    Jdbi jdbi;

    @Inject
    Collaborations collaborations;

    @Inject
    LinkFolders folders;

    /** Persons 0 to 199, 100 to 299 and 150 to 349; the second list writes its numbers otherwise. */
    @BeforeAll
    static void loadLists() {
        load(LAB, "link-a", 1, people(0, 200, CollaborationApi::plain));
        load(OTHER, "link-b", 1, people(100, 300, CollaborationApi::spaced));
        load(BRAND, "link-c", 1, people(150, 350, CollaborationApi::plain));
        load(LAB, "link-d", 1, people(0, 200, CollaborationApi::plain));
    }

    @Test
    void attach_isCreatedOnce_thenThere() throws IOException {
        String id = active(LAB, OTHER, BRAND);
        Response first = attach(LAB, id, "link-a", 1, 1);
        first.then()
                .statusCode(201)
                .header("Tamis-Event", first.<String>path("eventId"))
                .body("dataset", equalTo("link-a"))
                .body("version", equalTo(1))
                .body("keyEpoch", equalTo(1))
                .body("semantic", equalTo("CN_MOBILE"));
        String files = content(folder(id, "link-a", 1, 1));
        attach(LAB, id, "link-a", 1, 1).then().statusCode(200).body("eventId", equalTo(first.<String>path("eventId")));
        assertEquals(files, content(folder(id, "link-a", 1, 1)));
        show(OTHER, id)
                .then()
                .body("datasets.id", contains("link-a"))
                .body("datasets.owner", contains("lab"))
                .body("datasets.version", contains(1))
                .body("datasets[0].keySet()", contains("attachedAt", "id", "keyEpoch", "owner", "semantic", "version"));
        Json.Obj entry = event(LAB, first.path("eventId"));
        assertEquals(Optional.of(Json.of("ATTACHED")), entry.member("change"));
        assertEquals(Optional.of(Json.of("link-a")), entry.member("dataset"));
        assertEquals(Optional.of(Json.of(1)), entry.member("keyEpoch"));
        assertTrue(entry.member("rows").isEmpty());
    }

    @Test
    void attach_byAMerchant_ofItsOwnList_works() {
        String id = active(LAB, BRAND);
        attach(BRAND, id, "link-c", 1, 1).then().statusCode(201);
    }

    @Test
    void attach_ofWhatIsNotTheCallers_orNotThere_isNotFound() {
        String id = active(LAB, OTHER);
        for (Response refused : List.of(
                attach(LAB, id, "link-b", 1, 1),
                attach(LAB, id, "nowhere", 1, 1),
                attach(LAB, id, "link-a", 777_777, 1),
                attach(LAB, id, "No-Dataset", 1, 1))) {
            refused.then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        }
        show(LAB, id).then().body("datasets", empty());
    }

    @Test
    void attach_ofAMalformedBody_isRefusedAndRecorded() {
        String id = active(LAB, OTHER);
        for (String body :
                List.of("", "{}", "{\"version\":0,\"keyEpoch\":1}", "{\"version\":1,\"keyEpoch\":0}", "[]")) {
            LAB.json(body)
                    .put("/v1/collaborations/" + id + "/datasets/link-a")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("INVALID_REQUEST"))
                    .body("eventId", notNullValue());
        }
        LAB.json("{\"version\":1,\"keyEpoch\":1,\"x\":1}")
                .put("/v1/collaborations/" + id + "/datasets/link-a")
                .then()
                .statusCode(400)
                .body("code", equalTo("UNKNOWN_FIELD"));
    }

    @Test
    void attach_inAnotherEpoch_isVersionMismatch() {
        String id = active(LAB, OTHER);
        attach(LAB, id, "link-a", 1, 2).then().statusCode(412).body("code", equalTo("VERSION_MISMATCH"));
        String first =
                attach(LAB, id, "link-a", 1, 1).then().statusCode(201).extract().path("eventId");
        rotate(OTHER, id).then().statusCode(200);
        attach(LAB, id, "link-a", 1, 1).then().statusCode(200).body("eventId", equalTo(first));
        attach(OTHER, id, "link-b", 1, 1).then().statusCode(412).body("code", equalTo("VERSION_MISMATCH"));
        attach(LAB, id, "link-a", 1, 2).then().statusCode(201).body("keyEpoch", equalTo(2));
        show(LAB, id).then().body("datasets.keyEpoch", contains(1, 2));
    }

    @Test
    void samePerson_spelledOtherwise_isTheSameUnitOfACollaboration() {
        String id = active(LAB, OTHER, BRAND);
        attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
        attach(OTHER, id, "link-b", 1, 1).then().statusCode(201);
        attach(BRAND, id, "link-c", 1, 1).then().statusCode(201);
        Set<Long> a = units(id, "link-a", 1);
        Set<Long> b = units(id, "link-b", 1);
        Set<Long> c = units(id, "link-c", 1);
        assertEquals(List.of(200, 200, 200), List.of(a.size(), b.size(), c.size()));
        assertEquals(List.of(100, 50, 150), List.of(common(a, b), common(a, c), common(b, c)));
    }

    @Test
    void samePerson_inAnotherCollaboration_epochOrSemantic_isAnotherUnit() {
        String id = active(LAB, OTHER);
        String elsewhere = active(LAB, OTHER);
        attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
        attach(LAB, id, "link-d", 1, 1).then().statusCode(201).body("semantic", equalTo("ACCOUNT_ID"));
        attach(LAB, elsewhere, "link-a", 1, 1).then().statusCode(201);
        Set<Long> before = units(id, "link-a", 1);
        rotate(LAB, id).then().statusCode(200);
        attach(LAB, id, "link-a", 1, 2).then().statusCode(201);
        assertEquals(before, units(id, "link-a", 1));
        assertEquals(0, common(before, units(id, "link-a", 2)));
        assertEquals(0, common(before, units(elsewhere, "link-a", 1)));
        assertEquals(0, common(before, units(id, "link-d", 1)));
    }

    @Test
    void detach_destroysTheLinks_andCanBeRepeatedAndUndone() {
        String id = active(LAB, OTHER);
        attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
        Attachment attachment = attachment(id, "link-a", 1);
        detach(OTHER, id, "link-a").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        detach(LAB, id, "link-a").then().statusCode(204).header("Tamis-Event", matchesPattern("[0-9a-f-]{36}"));
        detach(LAB, id, "link-a").then().statusCode(204).header("Tamis-Event", nullValue());
        assertGone(id, attachment);
        attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
        assertEquals(200, units(id, "link-a", 1).size());
        detach(LAB, id, "link-b").then().statusCode(404);
        detach(LAB, id, "nowhere").then().statusCode(404);
    }

    @Test
    void detach_takesEveryVersionAndEpoch() {
        String id = active(LAB, OTHER);
        attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
        rotate(LAB, id).then().statusCode(200);
        attach(LAB, id, "link-a", 1, 2).then().statusCode(201);
        attach(LAB, id, "link-d", 1, 2).then().statusCode(201);
        detach(LAB, id, "link-a").then().statusCode(204);
        show(LAB, id).then().body("datasets.id", contains("link-d"));
        assertFalse(Files.exists(folder(id, "link-a", 1, 1)));
        assertFalse(Files.exists(folder(id, "link-a", 1, 2)));
        assertTrue(Files.exists(folder(id, "link-d", 1, 2)));
    }

    @Test
    void withdraw_detachesThePartysDatasets_andNoOthers() {
        String id = active(LAB, OTHER, BRAND);
        attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
        attach(OTHER, id, "link-b", 1, 1).then().statusCode(201);
        Attachment attachment = attachment(id, "link-b", 1);
        withdraw(OTHER, id).then().statusCode(204);
        show(LAB, id).then().body("state", equalTo("ACTIVE")).body("datasets.id", contains("link-a"));
        assertGone(id, attachment);
        assertEquals(200, units(id, "link-a", 1).size());
    }

    @Test
    void close_leavesNoKeyNoFileAndNoWayBack() {
        String id = active(LAB, OTHER);
        attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
        attach(OTHER, id, "link-b", 1, 1).then().statusCode(201);
        rotate(LAB, id).then().statusCode(200);
        attach(LAB, id, "link-a", 1, 2).then().statusCode(201);
        Attachment attachment = attachment(id, "link-b", 1);
        close(OTHER, id).then().statusCode(200).body("state", equalTo("CLOSED")).body("datasets", empty());
        assertGone(id, attachment);
        assertEquals(0, keysLeft(id));
        assertFalse(Files.exists(folder(id, "link-a", 1, 1).getParent().getParent()));
        attach(LAB, id, "link-a", 1, 2).then().statusCode(409).body("code", equalTo("STATE_CONFLICT"));
        detach(LAB, id, "link-a").then().statusCode(204);
        close(LAB, id).then().statusCode(200);
    }

    private int keysLeft(String id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT"
                        + " (SELECT count(*) FROM collaboration_key WHERE collaboration = :id AND wrapped IS NOT NULL)"
                        + " + (SELECT count(*) FROM collaboration_attachment"
                        + " WHERE collaboration = :id AND wrapped IS NOT NULL)")
                .bind("id", id)
                .mapTo(Integer.class)
                .one());
    }

    private void assertGone(String id, Attachment attachment) {
        var refused =
                assertThrows(TamisException.class, () -> collaborations.links(new CollaborationId(id), attachment));
        assertEquals(Code.STATE_CONFLICT, refused.code());
        assertFalse(
                Files.exists(folder(id, attachment.dataset().value(), attachment.version(), attachment.keyEpoch())));
    }

    private Attachment attachment(String id, String dataset, int epoch) {
        return jdbi
                .inTransaction(tx -> collaborations.find(tx, new CollaborationId(id)))
                .orElseThrow()
                .attachments()
                .stream()
                .filter(found -> found.dataset().value().equals(dataset) && found.keyEpoch() == epoch)
                .findFirst()
                .orElseThrow();
    }

    private Set<Long> units(String id, String dataset, int epoch) {
        try (LinkSet links = collaborations.links(new CollaborationId(id), attachment(id, dataset, epoch))) {
            var units = new HashSet<Long>();
            for (int part = 0; part < LinkSet.PARTS; part++) {
                try (var cursor = links.part(part)) {
                    while (cursor.next()) {
                        assertTrue(units.add(cursor.collaborationUnit()));
                    }
                }
            }
            return units;
        }
    }

    private Path folder(String id, String dataset, int version, int epoch) {
        return folders.folder(new Place(new CollaborationId(id), new DatasetId(dataset), version, epoch));
    }

    /** Sealing is randomised: files derived again would be others. */
    private static String content(Path folder) throws IOException {
        var digests = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                digests.append(file.getFileName()).append(Hash.sha256(Files.readAllBytes(file)));
            }
        }
        return digests.toString();
    }

    private static int common(Set<Long> one, Set<Long> other) {
        var both = new HashSet<>(one);
        both.retainAll(other);
        return both.size();
    }
}
