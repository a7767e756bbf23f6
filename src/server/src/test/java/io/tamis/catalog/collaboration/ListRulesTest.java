package io.tamis.catalog.collaboration;

import static io.tamis.catalog.collaboration.CollaborationApi.active;
import static io.tamis.catalog.collaboration.CollaborationApi.attach;
import static io.tamis.catalog.collaboration.CollaborationApi.detach;
import static io.tamis.catalog.collaboration.CollaborationApi.load;
import static io.tamis.catalog.collaboration.CollaborationApi.people;
import static io.tamis.catalog.collaboration.CollaborationApi.rotate;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import io.tamis.catalog.Catalog;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.collaboration.CollaborationApi.Caller;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.ColumnName;
import io.tamis.data.DatasetId;
import io.tamis.data.DepartmentId;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Role;
import io.tamis.data.TamisException;
import io.tamis.policy.PolicyBundle;
import io.tamis.server.TamisTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lists that differ by few persons, and too many lists a day. Each test has a dataset of its own: the rules are per dataset. */
@TamisTest
class ListRulesTest {
    private static final Caller LAB = Caller.platform("lab");
    private static final Caller OTHER = Caller.platform("lab-b");
    private static final Actor ACTOR =
            new Actor(new PartyId("lab"), new PersonId("u-1"), Role.PLATFORM, new DepartmentId("data"));

    @Inject
    Doors doors;

    @Test
    void listsThatDifferByFewPersons_areRefused_whicheverWayTheyDiffer() {
        String id = active(LAB, OTHER);
        loadPeople("list-1", 1, 0, 200);
        loadPeople("list-1", 2, 0, 201);
        loadPeople("list-1", 3, 0, 151);
        loadPeople("list-1", 4, 24, 224);
        loadPeople("list-1", 5, 25, 225);
        loadPeople("list-1", 6, 0, 250);
        attach(LAB, id, "list-1", 1, 1).then().statusCode(201);
        assertTooSmall(attach(LAB, id, "list-1", 2, 1));
        assertTooSmall(attach(LAB, id, "list-1", 3, 1));
        assertTooSmall(attach(LAB, id, "list-1", 4, 1));
        attach(LAB, id, "list-1", 5, 1).then().statusCode(201);
        // 50 persons more than version 1, and 50 others than version 5.
        attach(LAB, id, "list-1", 6, 1).then().statusCode(201);
    }

    @Test
    void samePersonsUnderAnotherNumber_areNotADifference() {
        String id = active(LAB, OTHER);
        loadPeople("list-2", 1, 0, 200);
        loadPeople("list-2", 2, 0, 200);
        attach(LAB, id, "list-2", 1, 1).then().statusCode(201);
        attach(LAB, id, "list-2", 2, 1).then().statusCode(201);
        // Yesterday's people with today's columns: another content, no other list.
        load(LAB, "list-2", 3, people(0, 200, CollaborationApi::plain).replace("alpha", "beta"));
        attach(LAB, id, "list-2", 3, 1).then().statusCode(201);
    }

    @Test
    void nearlySameList_isRefusedInAnotherCollaborationEpochAndAfterADetachment() {
        String id = active(LAB, OTHER);
        String elsewhere = active(LAB, OTHER);
        loadPeople("list-3", 1, 0, 200);
        loadPeople("list-3", 2, 0, 201);
        attach(LAB, id, "list-3", 1, 1).then().statusCode(201);
        assertTooSmall(attach(LAB, elsewhere, "list-3", 2, 1));
        rotate(LAB, id).then().statusCode(200);
        assertTooSmall(attach(LAB, id, "list-3", 2, 2));
        detach(LAB, id, "list-3").then().statusCode(204);
        assertTooSmall(attach(LAB, id, "list-3", 2, 2));
        assertTooSmall(attach(LAB, elsewhere, "list-3", 2, 1));
    }

    @Test
    void nearlySameList_isTakenADayAfterTheOtherWasDetached() {
        String id = active(LAB, OTHER);
        loadPeople("list-4", 1, 0, 200);
        loadPeople("list-4", 2, 0, 201);
        attach(LAB, id, "list-4", 1, 1).then().statusCode(201);
        var tomorrow = tomorrow();
        // It is attached still, however long ago that was.
        assertEquals(Code.LIST_DELTA_TOO_SMALL, refused(tomorrow, doors.catalog, wanted(id, "list-4", 2)));
        detach(LAB, id, "list-4").then().statusCode(204);
        assertEquals(Code.LIST_DELTA_TOO_SMALL, refused(doors.clock, doors.catalog, wanted(id, "list-4", 2)));
        var attached = doors.attachments(doors.ledger, tomorrow, doors.links(doors.catalog))
                .attach(ACTOR, wanted(id, "list-4", 2));
        assertTrue(attached.created());
    }

    @Test
    void listThatCannotBeCompared_isRefused() {
        String id = active(LAB, OTHER);
        loadPeople("list-5", 1, 0, 200);
        loadPeople("list-5", 2, 0, 249);
        attach(LAB, id, "list-5", 1, 1).then().statusCode(201);
        detach(LAB, id, "list-5").then().statusCode(204);
        assertEquals(
                Code.LIST_DELTA_TOO_SMALL,
                refused(doors.clock, new Without(doors.catalog, 1), wanted(id, "list-5", 2)));
    }

    @Test
    void sixthVersionOfADay_isRefused_inWhicheverCollaboration() {
        String id = active(LAB, OTHER);
        String elsewhere = active(LAB, OTHER);
        for (int version = 1; version <= 6; version++) {
            loadPeople("list-6", version, 1000 * version, 1000 * version + 100);
        }
        for (int version = 1; version <= 4; version++) {
            attach(LAB, id, "list-6", version, 1).then().statusCode(201);
        }
        attach(LAB, elsewhere, "list-6", 5, 1).then().statusCode(201);
        for (String collaboration : java.util.List.of(id, elsewhere)) {
            attach(LAB, collaboration, "list-6", 6, 1).then().statusCode(429).body("code", equalTo("RATE_LIMITED"));
        }
        // The day's five may be attached elsewhere and again.
        attach(LAB, elsewhere, "list-6", 1, 1).then().statusCode(201);
        detach(LAB, id, "list-6").then().statusCode(204);
        attach(LAB, id, "list-6", 2, 1).then().statusCode(201);
        var attached = doors.attachments(doors.ledger, tomorrow(), doors.links(doors.catalog))
                .attach(ACTOR, wanted(id, "list-6", 6));
        assertTrue(attached.created());
    }

    private Code refused(InstantSource clock, Catalog catalog, Attachments.Wanted wanted) {
        var attachments = doors.attachments(doors.ledger, clock, doors.links(catalog));
        return assertThrows(TamisException.class, () -> attachments.attach(ACTOR, wanted))
                .code();
    }

    private InstantSource tomorrow() {
        return () -> doors.clock.instant().plus(ListRules.DAY).plus(Duration.ofMinutes(1));
    }

    private static Attachments.Wanted wanted(String id, String dataset, int version) {
        return new Attachments.Wanted(new CollaborationId(id), new DatasetId(dataset), version, 1);
    }

    private static void loadPeople(String dataset, int version, int from, int to) {
        load(LAB, dataset, version, people(from, to, CollaborationApi::plain));
    }

    private static void assertTooSmall(Response refused) {
        refused.then().statusCode(422).body("code", equalTo("LIST_DELTA_TOO_SMALL"));
    }

    /** A catalog in which one version is damaged. */
    private record Without(Catalog catalog, int version) implements Catalog {
        @Override
        public PolicyBundle policy() {
            return catalog.policy();
        }

        @Override
        public Optional<Snapshot> snapshot(DatasetId id, int wanted) {
            return catalog.snapshot(id, wanted).filter(found -> found.version() != version);
        }

        @Override
        public Map<String, Integer> codesOf(Snapshot snapshot, ColumnName column, Set<String> values) {
            return catalog.codesOf(snapshot, column, values);
        }
    }
}
