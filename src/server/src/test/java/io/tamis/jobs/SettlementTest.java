package io.tamis.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.catalog.Catalog;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.collaboration.Collaborations;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.DatasetId;
import io.tamis.data.DepartmentId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.MicroRho;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Purpose;
import io.tamis.data.Role;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.Region;
import io.tamis.privacy.Loss;
import io.tamis.privacy.PartialSums;
import io.tamis.privacy.Release;
import io.tamis.privacy.Releaser;
import io.tamis.server.TamisTest;
import io.tamis.server.TestApi;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Where the money is after every way a job can end, and after a crash at each step. */
@TamisTest
class SettlementTest {
    private static final String LAB = "lab-3";
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final long RHO = 100;
    private static final Actor OFFICER = new Actor(
            new PartyId("authority"), new PersonId("u-9"), Role.COMPLIANCE_OFFICER, new DepartmentId("audit"));

    @Inject
    Jdbi jdbi;

    @Inject
    JobRows rows;

    @Inject
    BudgetBook budget;

    @Inject
    Settlement settlement;

    @Inject
    SealedJobs sealedJobs;

    @Inject
    Approvals approvals;

    @Inject
    Recovery recovery;

    @Inject
    Catalog catalog;

    @Inject
    Collaborations collaborations;

    @Inject
    Runner runner;

    @Inject
    WitnessGate witnesses;

    @Inject
    JobTypes types;

    @Inject
    InstantSource clock;

    @Inject
    Tick tick;

    @Test
    void cancel_beforeTheScan_refunds() {
        JobId job = inTransaction(tx -> {
            JobRow queued = reserved(tx, "m-cancel-queued");
            rows.move(tx, queued.id(), JobState.QUEUED, Optional.empty());
            assertTrue(settlement.cancel(tx, queued.actor(), queued.id()));
            return queued.id();
        });
        assertEquals(List.of("REFUNDED", "REFUNDED", "REFUNDED", "REFUNDED"), charges(job));
        assertEquals(List.of(0L, 0L), row("m-cancel-queued"));
        assertEquals(JobState.CANCELLED, state(job));
    }

    @Test
    void cancel_inTheScan_charges() {
        JobId job = running("m-cancel-running");
        assertTrue(this.<Boolean>inTransaction(tx -> settlement.cancel(tx, OFFICER, job)));
        assertEquals(List.of("SPENT", "SPENT", "SPENT", "SPENT"), charges(job));
        assertEquals(List.of(0L, RHO), row("m-cancel-running"));
        assertFalse(this.<Boolean>inTransaction(tx -> settlement.cancel(tx, OFFICER, job)));
    }

    @Test
    void fail_inTheScan_charges_andASecondTimeChangesNothing() {
        JobId job = running("m-fail");
        jdbi.useTransaction(tx -> settlement.fail(tx, job, Code.JOB_FAILED));
        jdbi.useTransaction(tx -> settlement.fail(tx, job, Code.JOB_FAILED));
        assertEquals(List.of(0L, RHO), row("m-fail"));
        assertEquals(JobState.FAILED, state(job));
    }

    @Test
    void timeout_inTheScan_chargesAndSaysSo() {
        JobId job = running("m-timeout");
        jdbi.useTransaction(tx -> settlement.fail(tx, job, Code.TIMED_OUT));
        assertEquals(JobState.TIMED_OUT, state(job));
        assertEquals(List.of(0L, RHO), row("m-timeout"));
    }

    @Test
    void crashInTheScan_isChargedAtTheNextStart() {
        JobId job = running("m-crash");
        recovery.run();
        assertEquals(JobState.FAILED, state(job));
        assertEquals(List.of("SPENT", "SPENT", "SPENT", "SPENT"), charges(job));
        recovery.run();
        assertEquals(List.of(0L, RHO), row("m-crash"));
    }

    @Test
    void reservationOfAnEndedJob_goesBackAtTheNextStart() {
        JobId job = inTransaction(tx -> {
            JobRow row = reserved(tx, "m-orphan");
            rows.move(tx, row.id(), JobState.REFUSED, Optional.of(Code.POLICY_DENIED));
            return row.id();
        });
        recovery.run();
        assertEquals(List.of("REFUNDED", "REFUNDED", "REFUNDED", "REFUNDED"), charges(job));
        assertEquals(List.of(0L, 0L), row("m-orphan"));
    }

    @Test
    void transactionThatDoesNotCommit_movesNothing() {
        JobId job = running("m-rollback");
        assertThrows(
                IllegalStateException.class,
                () -> jdbi.useTransaction(tx -> {
                    settlement.fail(tx, job, Code.JOB_FAILED);
                    throw new IllegalStateException("the power fails before COMMIT");
                }));
        assertEquals(JobState.RUNNING, state(job));
        assertEquals(List.of("SCANNING", "SCANNING", "SCANNING", "SCANNING"), charges(job));
        assertEquals(List.of(RHO, 0L), row("m-rollback"));
        recovery.run();
    }

    @Test
    void scanning_isNeverRefunded() {
        JobId job = running("m-no-refund");
        assertFalse(this.<Boolean>inTransaction(tx -> budget.refund(tx, job, new PartyId("m-no-refund"))));
        assertEquals(List.of(RHO, 0L), row("m-no-refund"));
        recovery.run();
    }

    @Test
    void queuedJobWhosePreparationThrows_endsWithItsMoneyBack() {
        var damaged = new Catalog() {
            @Override
            public PolicyBundle policy() {
                return catalog.policy();
            }

            @Override
            public Optional<Snapshot> snapshot(DatasetId id, int version) {
                throw new IllegalStateException("damaged");
            }

            @Override
            public Map<String, Integer> codesOf(Snapshot snapshot, ColumnName column, Set<String> values) {
                throw new IllegalStateException("damaged");
            }
        };
        var worker = new Runner(
                jdbi,
                rows,
                new Planning(damaged, types, new Standing(damaged, collaborations), clock, tick),
                settlement,
                sealedJobs,
                approvals,
                collaborations,
                spread -> 0,
                witnesses);
        jdbi.useTransaction(tx -> assertEndsWithItsMoneyBack(tx, worker, reserved(tx, "m-damaged")));
    }

    @Test
    void queuedJobThatANewBundlePlansOtherwise_endsWithItsMoneyBack() {
        TestApi.load("lab-6", 1, "person,arm,spend\np1,alpha,1.00\n").then().statusCode(201);
        String people = "{\"measures\":[{\"id\":\"people\",\"kind\":\"COUNT_USERS\"}]}";
        var request =
                JobRequest.parse(Json.parse(TestApi.job("s-replanned", "lab-6", 1, people, "{\"rhoMicro\":100}")));
        Hash otherPlan = Hash.sha256(new byte[] {1});
        jdbi.useTransaction(tx -> {
            JobRow row = rows.insert(
                    tx,
                    actor("m-replanned"),
                    request,
                    new Prepared.Key(otherPlan, otherPlan, otherPlan, Region.DOMESTIC));
            rows.keepQuestion(tx, row);
            assertTrue(budget.reserve(tx, bill(row, RHO), catalog.policy().budgets()));
            assertEndsWithItsMoneyBack(tx, runner, row);
        });
    }

    @Test
    void release_withoutACharge_isRolledBack() {
        JobId job = running("m-unpaid");
        jdbi.useTransaction(tx -> budget.spend(tx, job, new PartyId("m-unpaid")));
        Plan plan = AdmissionTest.plan(50, RHO, List.of());
        var snapshot = new Snapshot(
                new DatasetId("cdnow"),
                1,
                Hash.sha256(new byte[] {2}),
                catalog.policy().datasets().get(new DatasetId("cdnow")),
                100_000,
                Path.of("."),
                List.of());
        var source =
                new Asked.Source(new DatasetRef(snapshot.id(), 1, Purpose.CLV_MODELLING), snapshot, Optional.empty());
        var prepared = new Prepared(types.named("AGGREGATE"), plan, new Asked(List.of(source), Optional.empty()));
        Release release =
                Releaser.release(plan.release(), PartialSums.zero(plan.release().kernel()), spread -> 0);
        assertThrows(
                IllegalStateException.class,
                () -> jdbi.useTransaction(tx -> settlement.release(tx, job, prepared, release)));
        assertEquals(JobState.RUNNING, state(job));
        jdbi.useTransaction(tx -> settlement.fail(tx, job, Code.JOB_FAILED));
    }

    private void assertEndsWithItsMoneyBack(Handle tx, Runner worker, JobRow job) {
        rows.move(tx, job.id(), JobState.QUEUED, Optional.empty());
        assertEquals(Optional.of(job.id()), worker.begin(tx, Optional.of(job.id())));
        assertEquals(JobState.FAILED, rows.byId(tx, job.id()).orElseThrow().state());
        assertEquals(List.of("REFUNDED", "REFUNDED", "REFUNDED", "REFUNDED"), charges(tx, job.id()));
    }

    @Test
    void reserve_overTheCap_leavesNoRowChanged() {
        jdbi.useTransaction(tx -> {
            JobRow job = job(tx, "m-over");
            assertFalse(budget.reserve(tx, bill(job, 24_356), catalog.policy().budgets()));
            assertEquals(List.of(), charges(tx, job.id()));
        });
        assertEquals(List.of(), row("m-over"));
    }

    @Test
    void reserve_ofTheWholeCap_fitsOnce() {
        jdbi.useTransaction(tx -> {
            JobRow first = job(tx, "m-exact");
            assertTrue(budget.reserve(tx, bill(first, 24_355), catalog.policy().budgets()));
            JobRow second = job(tx, "m-exact");
            assertFalse(budget.reserve(tx, bill(second, 1), catalog.policy().budgets()));
            tx.rollback();
        });
    }

    private JobId running(String merchant) {
        return inTransaction(tx -> {
            JobRow row = reserved(tx, merchant);
            settlement.start(tx, row);
            return row.id();
        });
    }

    private JobRow reserved(Handle tx, String merchant) {
        JobRow row = job(tx, merchant);
        assertTrue(budget.reserve(tx, bill(row, RHO), catalog.policy().budgets()));
        return row;
    }

    private JobRow job(Handle tx, String merchant) {
        var request = JobRequest.parse(
                Json.parse(TestApi.job("s-" + NAMES.incrementAndGet(), LAB, 1, "{}", "{\"rhoMicro\":" + RHO + "}")));
        Hash bundle = catalog.policy().contentHash();
        return rows.insert(tx, actor(merchant), request, new Prepared.Key(bundle, bundle, bundle, Region.DOMESTIC));
    }

    private static Actor actor(String merchant) {
        return new Actor(new PartyId(merchant), new PersonId("u-1"), Role.MERCHANT, new DepartmentId("marketing"));
    }

    private static Bill bill(JobRow job, long rho) {
        return new Bill(
                job.id(),
                job.actor().party(),
                Optional.empty(),
                new TreeMap<>(Map.of(new DatasetId(LAB), job.cacheKey())),
                new Loss.Zcdp(new MicroRho(rho)),
                "plan");
    }

    private List<String> charges(JobId job) {
        return inTransaction(tx -> charges(tx, job));
    }

    private static List<String> charges(Handle tx, JobId job) {
        return tx.createQuery("select state from privacy_charge where job_id = :job order by id")
                .bind("job", job.value())
                .mapTo(String.class)
                .list();
    }

    /** Reserved and spent of the merchant's lifetime row. */
    private List<Long> row(String merchant) {
        return inTransaction(tx -> tx.createQuery("select rho_micro_reserved, rho_micro_spent from privacy_budget"
                        + " where dataset = :dataset and merchant = :merchant and period = 'LIFETIME'")
                .bind("dataset", LAB)
                .bind("merchant", merchant)
                .map((row, context) -> List.of(row.getLong(1), row.getLong(2)))
                .findOne()
                .orElse(List.of()));
    }

    private JobState state(JobId job) {
        return inTransaction(tx -> rows.byId(tx, job).orElseThrow().state());
    }

    private <T> T inTransaction(org.jdbi.v3.core.HandleCallback<T, RuntimeException> work) {
        return jdbi.inTransaction(work);
    }
}
