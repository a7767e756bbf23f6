package io.tamis.catalog.collaboration;

import static io.tamis.catalog.collaboration.CollaborationApi.active;
import static io.tamis.catalog.collaboration.CollaborationApi.attach;
import static io.tamis.catalog.collaboration.CollaborationApi.load;
import static io.tamis.catalog.collaboration.CollaborationApi.people;
import static io.tamis.catalog.collaboration.CollaborationApi.propose;
import static io.tamis.catalog.collaboration.CollaborationApi.sign;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.catalog.collaboration.CollaborationApi.Caller;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.DepartmentId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Role;
import io.tamis.data.TamisException;
import io.tamis.log.EventType;
import io.tamis.server.TamisTest;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every key's birth and death is in the ledger, and dead means gone. */
@TamisTest
class CollaborationKeysTest {
    private static final Caller LAB = Caller.platform("lab");
    private static final Caller OTHER = Caller.platform("lab-b");
    private static final Actor ACTOR =
            new Actor(new PartyId("lab"), new PersonId("u-1"), Role.PLATFORM, new DepartmentId("data"));

    @Inject
    Doors doors;

    @Inject
    Collaborations collaborations;

    @BeforeAll
    static void loadLists() {
        load(LAB, "link-a", 1, people(0, 200, CollaborationApi::plain));
        load(OTHER, "link-b", 1, people(100, 300, CollaborationApi::spaced));
    }

    @Test
    void lastSignature_makesAKey_andTheLedgerNamesIt() {
        String id = propose(LAB, OTHER).path("id");
        sign(OTHER, id).then().statusCode(200);
        var witness = new Witness(doors.ledger);
        String hash = CollaborationApi.show(LAB, id).path("agreementHash");
        doors.agreements(witness).sign(ACTOR, new CollaborationId(id), Hash.parse(hash));
        assertEquals(living(id), named(witness.of(EventType.KEY_CREATED)));
        assertEquals(1, living(id).size());
        assertEquals(Set.of(id), collaborations(witness.of(EventType.KEY_CREATED)));
    }

    @Test
    void rotation_destroysTheOldKey_andKeepsTheLinks() {
        String id = active(LAB, OTHER);
        attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
        Set<String> before = living(id);
        var witness = new Witness(doors.ledger);
        doors.agreements(witness).rotate(ACTOR, new CollaborationId(id), 1);
        Set<String> destroyed = named(witness.of(EventType.KEY_DESTROYED));
        assertEquals(1, destroyed.size());
        assertTrue(before.containsAll(destroyed));
        var expected = new HashSet<>(before);
        expected.removeAll(destroyed);
        expected.addAll(named(witness.of(EventType.KEY_CREATED)));
        assertEquals(expected, living(id));
    }

    @Test
    void closure_destroysEveryKey_andTheLedgerNamesThemAll() {
        String id = active(LAB, OTHER);
        attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
        attach(OTHER, id, "link-b", 1, 1).then().statusCode(201);
        Set<String> before = living(id);
        assertEquals(3, before.size());
        var witness = new Witness(doors.ledger);
        doors.agreements(witness).close(ACTOR, new CollaborationId(id), "the test is over");
        assertEquals(before, named(witness.of(EventType.KEY_DESTROYED)));
        assertEquals(Set.of(), living(id));
        Json.Obj closed = witness.of(EventType.CATALOG_CHANGED).getFirst();
        assertEquals(Json.of("CLOSED"), closed.member("state").orElseThrow());
        assertEquals(Json.of("CLOSED"), closed.member("change").orElseThrow());
        assertTrue(closed.member("reason").isEmpty());
    }

    @Test
    void detachment_destroysItsLinkKeyAlone() {
        String id = active(LAB, OTHER);
        attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
        attach(OTHER, id, "link-b", 1, 1).then().statusCode(201);
        var witness = new Witness(doors.ledger);
        doors.detachments(witness).detach(ACTOR, new CollaborationId(id), new DatasetId("link-a"));
        assertEquals(1, named(witness.of(EventType.KEY_DESTROYED)).size());
        assertEquals(2, living(id).size());
        Json.Obj detached = witness.of(EventType.CATALOG_CHANGED).getFirst();
        assertEquals(Json.of("DETACHED"), detached.member("change").orElseThrow());
        assertEquals(Json.of("link-a"), detached.member("dataset").orElseThrow());
    }

    @Test
    void withdrawal_destroysThePartysLinkKeys() {
        String id = active(LAB, OTHER, Caller.merchant("lab-c"));
        attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
        attach(OTHER, id, "link-b", 1, 1).then().statusCode(201);
        var witness = new Witness(doors.ledger);
        doors.agreements(witness).withdraw(ACTOR, new CollaborationId(id));
        assertEquals(1, named(witness.of(EventType.KEY_DESTROYED)).size());
        assertEquals(2, living(id).size());
    }

    /** A thief of the database who may write it: keys are bound to their places. */
    @Test
    void wrappedKey_movedToAnotherPlace_opensNothing() {
        String id = active(LAB, OTHER);
        attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
        attach(OTHER, id, "link-b", 1, 1).then().statusCode(201);
        doors.jdbi.useHandle(handle -> handle.createUpdate("UPDATE collaboration_attachment AS target"
                        + " SET wrapped = source.wrapped FROM collaboration_attachment AS source"
                        + " WHERE target.collaboration = :id AND source.collaboration = :id"
                        + " AND target.dataset = 'link-a' AND source.dataset = 'link-b'")
                .bind("id", id)
                .execute());
        var collaboration = new CollaborationId(id);
        Attachment attachment = doors.jdbi
                .inTransaction(tx -> collaborations.find(tx, collaboration))
                .orElseThrow()
                .attachment(new DatasetId("link-a"), 1)
                .orElseThrow();
        var refused = assertThrows(TamisException.class, () -> collaborations.links(collaboration, attachment));
        assertEquals(Code.INTERNAL, refused.code());
    }

    /** The names of the keys that are left. */
    private Set<String> living(String id) {
        return doors.jdbi.withHandle(
                handle -> Set.copyOf(handle.createQuery("SELECT key_id::text FROM collaboration_key"
                                + " WHERE collaboration = :id AND wrapped IS NOT NULL"
                                + " UNION SELECT key_id::text FROM collaboration_attachment"
                                + " WHERE collaboration = :id AND wrapped IS NOT NULL")
                        .bind("id", id)
                        .mapTo(String.class)
                        .list()));
    }

    private static Set<String> named(List<Json.Obj> events) {
        return Set.copyOf(events.stream()
                .map(event -> (Json.Arr) event.member("keyIds").orElseThrow())
                .map(Json.Arr::items)
                .flatMap(Collection::stream)
                .map(item -> ((Json.Str) item).value())
                .toList());
    }

    private static Set<String> collaborations(List<Json.Obj> events) {
        return Set.copyOf(events.stream()
                .map(event -> ((Json.Str) event.member("collaborationId").orElseThrow()).value())
                .toList());
    }
}
