package io.tamis.audience.keys;

import static io.tamis.audience.KeyGroup.officer;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.response.Response;
import io.tamis.audience.KeyGroup;
import io.tamis.audience.board.BlobShelf;
import io.tamis.audience.board.BoardId;
import io.tamis.audience.board.Boards;
import io.tamis.data.Actor;
import io.tamis.data.DepartmentId;
import io.tamis.data.IdSource;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Role;
import io.tamis.holder.ceremony.Stage;
import io.tamis.ledger.Events;
import io.tamis.ledger.Ledger;
import io.tamis.server.TamisTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** A ceremony that waits too long ends by itself, naming who was silent; nobody has to be there when it does. */
@TamisTest
class SilenceTest {
    private static final Actor OFFICER = new Actor(
            new PartyId("authority"), new PersonId("u-officer"), Role.COMPLIANCE_OFFICER, new DepartmentId("audit"));

    @Inject
    Jdbi jdbi;

    @Inject
    Boards boards;

    @Inject
    BlobShelf blobs;

    @Inject
    EpochRows epochs;

    @Inject
    Ledger ledger;

    @Inject
    Events events;

    @Inject
    IdSource ids;

    @Inject
    InstantSource clock;

    @Test
    void silentHolder_afterADay_abortsTheCeremony() {
        KeyGroup group = KeyGroup.of("silent");
        Response opened = group.open();
        var cast = group.new Cast(opened.path("id"), opened.path("keyEpoch"));
        for (int i = 1; i <= 2; i++) {
            cast.post(group.holder(i), cast.message(Stage.COMMIT, group.holder(i)))
                    .then()
                    .statusCode(201);
        }
        var id = new BoardId(opened.path("id"));
        var early = later(Duration.ofHours(23)).find(OFFICER, id);
        assertEquals(CeremonyRows.State.OPEN, early.state());
        var late = later(Duration.ofHours(25));
        var row = late.find(OFFICER, id);
        assertEquals(CeremonyRows.State.ABORTED, row.state());
        assertEquals(List.of(group.holder(3)), row.abortion().orElseThrow().parties());
        cast.show().then().body("fault", equalTo("SILENT")).body("faulty", contains("silent-h3"));
        cast.post(group.holder(3), cast.message(Stage.COMMIT, group.holder(3)))
                .then()
                .statusCode(409)
                .body("code", equalTo("STATE_CONFLICT"));
    }

    /** The next ceremony need not wait for somebody to look at the one before. */
    @Test
    void silentCeremony_isEndedByTheNextOpening() {
        KeyGroup group = KeyGroup.of("silent-b");
        String first = group.open().then().statusCode(201).extract().path("id");
        var second = later(Duration.ofHours(25)).open(OFFICER, group.roster());
        officer().get("/v1/key-ceremonies/" + first).then().body("state", equalTo("ABORTED"));
        later(Duration.ZERO).cancel(OFFICER, second.id());
    }

    private Ceremonies later(Duration by) {
        var minutes = new KeyMinutes(jdbi, ledger, events, () -> clock.instant().plus(by));
        return new Ceremonies(jdbi, boards, blobs, epochs, minutes, ids);
    }
}
