package io.tamis.jobs;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.JobId;
import io.tamis.data.Role;
import io.tamis.privacy.Release;
import io.tamis.server.TamisTest;
import io.tamis.server.TestApi;
import io.tamis.server.TestTokens;
import jakarta.inject.Inject;
import java.time.InstantSource;
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

    @Inject
    JobRows rows;

    @Inject
    Settlement settlement;

    @Inject
    InstantSource clock;

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
        SealedScene.approve("seal-a", job);
        TestApi.await("sealed-fails", job.toString()).then().body("state", equalTo("FAILED"));
        assertEquals(List.of("SPENT"), scene().charges(job));
    }

    @Test
    void waiting_showsWhatItsTypeSays() {
        JobId job = scene().waiting("sealed-view", "q-view");
        SealedScene.await(
                () -> SealedScene.show("sealed-view", job).path("state").equals("AWAITING_SHARES"));
        SealedScene.show("sealed-view", job)
                .then()
                .body("deadline", notNullValue())
                .body("approvals.given", equalTo(1))
                .body("shares.needed", equalTo(2))
                .body("shares.posted", equalTo(0))
                .body("shares.note", equalTo("HOLDERS_OFFLINE"));
        assertTrue(awaits(job));
    }

    @Test
    void nobodyInThreeDays_timesTheJobOut_charged_andItsTypeIsTold() {
        JobId job = scene().waiting("sealed-late", "q-late");
        new Deadlines(
                        jdbi,
                        rows,
                        settlement,
                        () -> clock.instant().plus(SealedJobs.PATIENCE).minusSeconds(60))
                .sweep();
        assertEquals("AWAITING_SHARES", scene().stored(job));
        new Deadlines(jdbi, rows, settlement, () -> clock.instant().plus(SealedJobs.PATIENCE)).sweep();
        TestApi.await("sealed-late", job.toString())
                .then()
                .body("state", equalTo("TIMED_OUT"))
                .body("cause", equalTo("TIMED_OUT"));
        assertEquals(List.of("SPENT"), scene().charges(job));
        assertTrue(type.ended.contains(job));
    }

    @Test
    void cancelled_whileItWaits_staysCharged_andItsTypeIsTold() {
        JobId job = scene().waiting("sealed-cancel", "q-cancel");
        TestApi.request()
                .auth()
                .oauth2(TestTokens.of(Role.MERCHANT, "sealed-cancel"))
                .contentType("application/json")
                .body("{\"reason\":\"no longer needed\"}")
                .post("/v1/jobs/" + job + "/cancellation")
                .then()
                .statusCode(202);
        assertEquals("CANCELLED", scene().stored(job));
        assertEquals(List.of("SPENT"), scene().charges(job));
        assertTrue(type.ended.contains(job));
        assertFalse(awaits(job));
        jdbi.useTransaction(tx -> sealed.opened(tx, job, opened(job)));
        jdbi.useTransaction(tx -> sealed.refused(tx, job));
        assertEquals("CANCELLED", scene().stored(job));
    }

    @Test
    void holderRefuses_theJobEnds_charged() {
        JobId job = scene().waiting("sealed-refused", "q-refused");
        jdbi.useTransaction(tx -> sealed.refused(tx, job));
        TestApi.await("sealed-refused", job.toString())
                .then()
                .body("state", equalTo("REFUSED"))
                .body("cause", equalTo("HOLDER_REFUSED"));
        assertEquals(List.of("SPENT"), scene().charges(job));
    }

    @Test
    void notToBeOpened_theJobFails_charged() {
        JobId job = scene().waiting("sealed-broken", "q-broken");
        jdbi.useTransaction(tx -> sealed.failed(tx, job));
        TestApi.await("sealed-broken", job.toString()).then().body("cause", equalTo("JOB_FAILED"));
        assertEquals(List.of("SPENT"), scene().charges(job));
    }

    /** The power fails in the transaction that stores the sealed state: neither that, nor AWAITING_SHARES; charged. */
    @Test
    void crashWhileItIsStored_failsTheJob_charged_onceOnly() {
        type.failingStores.add("q-store-fails");
        JobId job = scene().submitted("sealed-store", "q-store-fails");
        SealedScene.approve("seal-a", job);
        TestApi.await("sealed-store", job.toString()).then().body("state", equalTo("FAILED"));
        assertEquals(List.of("SPENT"), scene().charges(job));
        recovery.run();
        assertEquals("FAILED", scene().stored(job));
    }

    /** The power fails in the transaction of the answer: the job waits on, and opened again it is answered, once. */
    @Test
    void crashWhileItIsOpened_leavesItWaiting_andItIsOpenedAgain() {
        JobId job = scene().waiting("sealed-reopen", "q-reopen");
        assertThrows(
                IllegalStateException.class,
                () -> jdbi.useTransaction(tx -> {
                    sealed.opened(tx, job, opened(job));
                    throw new IllegalStateException("the power fails before COMMIT");
                }));
        recovery.run();
        assertTrue(awaits(job));
        jdbi.useTransaction(tx -> sealed.opened(tx, job, opened(job)));
        jdbi.useTransaction(tx -> sealed.opened(tx, job, opened(job)));
        assertEquals("SUCCEEDED", scene().stored(job));
        SealedScene.await(() -> entries(job, "release.published") > 0);
        assertEquals(1, entries(job, "release.published"));
        assertEquals(1, entries(job, "budget.charged"));
    }

    /** Held back by the agreement or the policy at the release check; here the dataset's version is gone from the plan. */
    @Test
    void planThatIsNoLongerTheSame_isRefusedAtTheRelease_charged() {
        JobId job = scene().waiting("sealed-gone", "q-gone");
        jdbi.useHandle(
                handle -> handle.execute("update job set cache_key = ? where job_id = ?", new byte[32], job.value()));
        jdbi.useTransaction(tx -> sealed.opened(tx, job, opened(job)));
        TestApi.await("sealed-gone", job.toString())
                .then()
                .body("state", equalTo("REFUSED"))
                .body("cause", equalTo("RELEASE_DENIED"))
                .body("stateHistory.state", hasItems("AWAITING_SHARES", "RELEASE_CHECK"));
        assertEquals(List.of("SPENT"), scene().charges(job));
    }

    private Release opened(JobId job) {
        return SealedTestJob.opened(type.stored.get(job).plan(), 500, 900);
    }

    private long entries(JobId job, String wanted) {
        List<String> types = TestApi.request()
                .auth()
                .oauth2(TestTokens.of(Role.COMPLIANCE_OFFICER, "authority"))
                .get("/v1/ledger/entries?job=" + job)
                .then()
                .statusCode(200)
                .extract()
                .path("items.event.type");
        return types.stream().filter(wanted::equals).count();
    }

    private boolean awaits(JobId job) {
        return jdbi.inTransaction(tx -> sealed.awaits(tx, job));
    }

    private SealedScene scene() {
        return new SealedScene(jdbi);
    }
}
