package io.tamis.jobs;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.JobId;
import io.tamis.server.TamisTest;
import io.tamis.server.TestApi;
import jakarta.inject.Inject;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A job under encryption after its work: charged, waiting for shares, opened, released, or ended otherwise. */
@TamisTest
class SealedJobsTest {
    @Inject
    Jdbi jdbi;

    @Inject
    SealedTestJob type;

    @Inject
    SealedJobs sealed;

    @Inject
    Recovery recovery;

    @BeforeAll
    static void load() {
        SealedScene.load("seal-a");
    }

    @Test
    void opened_afterARestart_isAnswered_andNotChargedAgain() {
        JobId job = scene().waiting("sealed-open", "q-open");
        assertEquals(List.of("SPENT"), scene().charges(job));
        recovery.run();
        assertEquals("AWAITING_SHARES", scene().stored(job));
        jdbi.useTransaction(tx ->
                sealed.opened(tx, job, SealedTestJob.opened(type.stored.get(job).plan(), 500, 900)));
        TestApi.await("sealed-open", job.toString())
                .then()
                .body("state", equalTo("SUCCEEDED"))
                .body("stateHistory.state", hasItems("RUNNING", "AWAITING_SHARES", "RELEASE_CHECK"));
        TestApi.result("sealed-open", job.toString()).then().statusCode(200);
        assertEquals(List.of("SPENT"), scene().charges(job));
        assertFalse(awaits(job));
    }

    @Test
    void sealFails_theJobFails_charged() {
        type.failingSeals.add("q-seal-fails");
        JobId job = scene().submitted("sealed-fails", "q-seal-fails");
        TestApi.await("sealed-fails", job.toString()).then().body("state", equalTo("FAILED"));
        assertEquals(List.of("SPENT"), scene().charges(job));
    }

    @Test
    void waiting_showsWhatItsTypeSays() {
        JobId job = scene().waiting("sealed-view", "q-view");
        SealedScene.show("sealed-view", job)
                .then()
                .body("shares.needed", equalTo(2))
                .body("shares.posted", equalTo(0))
                .body("shares.note", equalTo("HOLDERS_OFFLINE"));
        assertTrue(awaits(job));
    }

    private boolean awaits(JobId job) {
        return jdbi.inTransaction(tx -> sealed.awaits(tx, job));
    }

    private SealedScene scene() {
        return new SealedScene(jdbi);
    }
}
