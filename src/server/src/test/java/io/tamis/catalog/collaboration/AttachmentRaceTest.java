package io.tamis.catalog.collaboration;

import static io.tamis.catalog.collaboration.CollaborationApi.active;
import static io.tamis.catalog.collaboration.CollaborationApi.close;
import static io.tamis.catalog.collaboration.CollaborationApi.detach;
import static io.tamis.catalog.collaboration.CollaborationApi.load;
import static io.tamis.catalog.collaboration.CollaborationApi.people;
import static io.tamis.catalog.collaboration.CollaborationApi.rotate;
import static io.tamis.catalog.collaboration.CollaborationApi.show;
import static io.tamis.catalog.collaboration.CollaborationApi.withdraw;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.catalog.collaboration.Attachments.Wanted;
import io.tamis.catalog.collaboration.CollaborationApi.Caller;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.DepartmentId;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Role;
import io.tamis.data.TamisException;
import io.tamis.log.EventType;
import io.tamis.server.TamisTest;
import io.tamis.server.TestServer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What happens between the derivation of link files and their transaction, and at the same time as it. */
@TamisTest
class AttachmentRaceTest {
    private static final Caller LAB = Caller.platform("lab");
    private static final Caller OTHER = Caller.platform("lab-b");
    private static final Actor ACTOR =
            new Actor(new PartyId("lab"), new PersonId("u-1"), Role.PLATFORM, new DepartmentId("data"));
    private static final DatasetId DATASET = new DatasetId("link-a");

    @Inject
    Doors doors;

    @BeforeAll
    static void loadLists() {
        load(LAB, "link-a", 1, people(0, 200, CollaborationApi::plain));
    }

    @Test
    void closure_whileDeriving_leavesNothing() throws IOException {
        String id = active(LAB, OTHER);
        assertEquals(
                Code.STATE_CONFLICT,
                interrupted(id, () -> close(OTHER, id).then().statusCode(200)));
        show(LAB, id).then().body("state", equalTo("CLOSED"));
        assertNothingLeft(id);
    }

    @Test
    void withdrawal_whileDeriving_leavesNothing() throws IOException {
        String id = active(LAB, OTHER, Caller.merchant("lab-c"));
        assertEquals(
                Code.NOT_FOUND, interrupted(id, () -> withdraw(LAB, id).then().statusCode(204)));
        show(OTHER, id).then().body("datasets", empty());
        assertNothingLeft(id);
    }

    @Test
    void rotation_whileDeriving_isVersionMismatch() throws IOException {
        String id = active(LAB, OTHER);
        assertEquals(
                Code.VERSION_MISMATCH,
                interrupted(id, () -> rotate(OTHER, id).then().statusCode(200)));
        assertNothingLeft(id);
    }

    @Test
    void sameAttachment_whileDeriving_wins_andIsTheAnswer() throws IOException {
        String id = active(LAB, OTHER);
        var event = new ArrayList<String>();
        var attached = attachments(() -> event.add(CollaborationApi.attach(LAB, id, "link-a", 1, 1)
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("eventId")))
                .attach(ACTOR, wanted(id));
        assertFalse(attached.created());
        assertEquals(event.getFirst(), attached.row().event().toString());
        show(LAB, id).then().body("datasets", hasSize(1));
        assertEquals(List.of(), temporaries());
    }

    @Test
    void detachmentOfTheWinner_whileDeriving_isAttachedAnew() throws IOException {
        String id = active(LAB, OTHER);
        var attached = attachments(() -> {
                    CollaborationApi.attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
                    detach(LAB, id, "link-a").then().statusCode(204);
                })
                .attach(ACTOR, wanted(id));
        assertTrue(attached.created());
        show(LAB, id).then().body("datasets", hasSize(1));
    }

    @Test
    void silentLedger_rollsBackRowAndFolder() throws IOException {
        String id = active(LAB, OTHER);
        var silent = new Witness(doors.ledger, EventType.KEY_CREATED);
        var attachments = doors.attachments(silent, doors.clock, doors.links(doors.catalog));
        var refused = assertThrows(TamisException.class, () -> attachments.attach(ACTOR, wanted(id)));
        assertEquals(Code.LEDGER_UNAVAILABLE, refused.code());
        show(LAB, id).then().body("datasets", empty());
        assertNothingLeft(id);
        CollaborationApi.attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
    }

    @Test
    void silentLedger_keepsWhatWasToBeClosed() {
        String id = active(LAB, OTHER);
        CollaborationApi.attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
        var agreements = doors.agreements(new Witness(doors.ledger, EventType.KEY_DESTROYED));
        var collaboration = new CollaborationId(id);
        assertThrows(TamisException.class, () -> agreements.close(ACTOR, collaboration, "the test is over"));
        show(LAB, id).then().body("state", equalTo("ACTIVE")).body("datasets", hasSize(1));
        assertTrue(Files.exists(folder(id)));
    }

    /** Whoever comes first: at the end it is closed, and nothing is left of what was attached. */
    @RepeatedTest(6)
    void closureAndAttachmentAtOnce_endClosed() throws Exception {
        String id = active(LAB, OTHER);
        List<Integer> statuses = atOnce(
                () -> CollaborationApi.attach(LAB, id, "link-a", 1, 1).statusCode(),
                () -> close(OTHER, id).statusCode());
        assertTrue(List.of(201, 409).contains(statuses.getFirst()), statuses.toString());
        assertEquals(200, statuses.getLast());
        show(LAB, id).then().body("state", equalTo("CLOSED")).body("datasets", empty());
        assertNothingLeft(id);
    }

    /** A second request of one party is told to wait, or finds the first one's work. */
    @RepeatedTest(3)
    void sameAttachmentTwiceAtOnce_isOne() throws Exception {
        String id = active(LAB, OTHER);
        List<Integer> statuses = atOnce(
                () -> CollaborationApi.attach(LAB, id, "link-a", 1, 1).statusCode(),
                () -> CollaborationApi.attach(LAB, id, "link-a", 1, 1).statusCode());
        assertTrue(statuses.contains(201), statuses.toString());
        assertTrue(List.of(200, 201, 429).containsAll(statuses), statuses.toString());
        assertEquals(1, statuses.stream().filter(status -> status == 201).count());
        show(LAB, id).then().body("datasets", hasSize(1));
        assertEquals(List.of(), temporaries());
    }

    /** Two who leave at once are two too many for an agreement of three. */
    @RepeatedTest(3)
    void withdrawalsAtOnce_closeOnce() throws Exception {
        Caller brand = Caller.merchant("lab-c");
        String id = active(LAB, OTHER, brand);
        List<Integer> statuses = atOnce(
                () -> withdraw(LAB, id).statusCode(), () -> withdraw(OTHER, id).statusCode());
        assertEquals(List.of(204, 204), statuses);
        show(brand, id).then().body("state", equalTo("CLOSED"));
    }

    private Code interrupted(String id, Runnable event) {
        var attachments = attachments(event);
        return assertThrows(TamisException.class, () -> attachments.attach(ACTOR, wanted(id)))
                .code();
    }

    private Attachments attachments(Runnable event) {
        return doors.attachments(doors.ledger, doors.clock, doors.linksInterruptedBy(event));
    }

    private static Wanted wanted(String id) {
        return new Wanted(new CollaborationId(id), DATASET, 1, 1);
    }

    private Path folder(String id) {
        return doors.folders.folder(wanted(id).place());
    }

    private void assertNothingLeft(String id) throws IOException {
        assertFalse(Files.exists(folder(id)));
        assertEquals(List.of(), temporaries());
    }

    private static List<Path> temporaries() throws IOException {
        try (var entries = Files.list(TestServer.DATA.resolve("links"))) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(".import-"))
                    .toList();
        }
    }

    private static List<Integer> atOnce(Callable<Integer> one, Callable<Integer> other)
            throws InterruptedException, ExecutionException {
        var barrier = new CyclicBarrier(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> {
                barrier.await();
                return one.call();
            });
            var second = threads.submit(() -> {
                barrier.await();
                return other.call();
            });
            return List.of(first.get(), second.get());
        }
    }
}
