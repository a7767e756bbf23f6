package io.tamis.catalog.collaboration;

import static io.tamis.catalog.collaboration.CollaborationApi.active;
import static io.tamis.catalog.collaboration.CollaborationApi.attach;
import static io.tamis.catalog.collaboration.CollaborationApi.close;
import static io.tamis.catalog.collaboration.CollaborationApi.load;
import static io.tamis.catalog.collaboration.CollaborationApi.people;
import static io.tamis.catalog.collaboration.CollaborationApi.propose;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.tamis.catalog.collaboration.CollaborationApi.Caller;
import io.tamis.server.TamisTest;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@TamisTest
class CollaborationLimitsTest {
    private static final Caller LAB = Caller.platform("lab");
    private static final Caller OTHER = Caller.platform("lab-b");
    private static final Caller BUSY = Caller.platform("limits-busy");

    @Inject
    Jdbi jdbi;

    @Test
    void propose_withAThousandOpen_isTooLarge_untilOneIsClosed() {
        String id = propose(BUSY, OTHER).path("id");
        jdbi.useHandle(
                handle -> handle.createUpdate("INSERT INTO collaboration SELECT 'col_limit-' || n, creator, state,"
                                + " terms, agreement_hash, key_epoch, event_id, created_at, closed_at, closure_reason"
                                + " FROM collaboration, generate_series(1, 999) AS n WHERE collaboration = :id")
                        .bind("id", id)
                        .execute());
        propose(BUSY, OTHER).then().statusCode(400).body("code", equalTo("TOO_LARGE"));
        propose(OTHER, BUSY).then().statusCode(201);
        close(BUSY, id).then().statusCode(200);
        propose(BUSY, OTHER).then().statusCode(201);
        jdbi.useHandle(handle -> handle.execute("DELETE FROM collaboration WHERE collaboration LIKE 'col_limit-%'"));
    }

    @Test
    void attach_withSixtyFourAttached_isTooLarge() {
        load(LAB, "link-a", 1, people(0, 200, CollaborationApi::plain));
        load(LAB, "link-d", 1, people(0, 200, CollaborationApi::plain));
        String id = active(LAB, OTHER);
        attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
        // Other versions of another family: the day's rules of the families under test do not see them.
        jdbi.useHandle(handle -> handle.createUpdate("INSERT INTO collaboration_attachment"
                        + " SELECT gen_random_uuid(), collaboration, 'limit-' || n, version, key_epoch, owner, semantic,"
                        + " content_hash, units, gen_random_uuid(), kek_generation, wrapped, attached_at, detached_at"
                        + " FROM collaboration_attachment, generate_series(1, 63) AS n WHERE collaboration = :id")
                .bind("id", id)
                .execute());
        CollaborationApi.show(LAB, id).then().body("datasets", hasSize(64));
        attach(LAB, id, "link-d", 1, 1).then().statusCode(400).body("code", equalTo("TOO_LARGE"));
        attach(LAB, id, "link-a", 1, 1).then().statusCode(200);
        close(LAB, id).then().statusCode(200).body("datasets", hasSize(0));
    }
}
