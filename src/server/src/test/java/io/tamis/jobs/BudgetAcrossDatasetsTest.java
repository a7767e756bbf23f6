package io.tamis.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.catalog.Catalog;
import io.tamis.data.Actor;
import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.DepartmentId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Role;
import io.tamis.policy.Region;
import io.tamis.privacy.Loss;
import io.tamis.privacy.Mechanism;
import io.tamis.server.TamisTest;
import io.tamis.server.TestApi;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/**
 * A job over several datasets pays on each in full and their sum on its collaboration. The families here exist in no
 * policy: the book knows names and caps only.
 */
@TamisTest
class BudgetAcrossDatasetsTest {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final int CLIENTS = 16;

    @Inject
    Jdbi jdbi;

    @Inject
    JobRows rows;

    @Inject
    BudgetBook budget;

    @Inject
    BudgetReader reader;

    @Inject
    Catalog catalog;

    @Test
    void reserve_overThreeFamilies_chargesEachInFullAndTheirSumOnTheCollaboration() {
        JobId job = reserved("m-three", "col-three", families("three", 3), zcdp(100))
                .orElseThrow();
        assertEquals(
                List.of(
                        "col-three */*/LIFETIME 300",
                        "* f-three-0/*/LIFETIME 100",
                        "* f-three-1/*/LIFETIME 100",
                        "* f-three-2/*/LIFETIME 100"),
                lifetimes(job));
        assertEquals(13, count("select count(*) from privacy_charge where job_id = '" + job.value() + "'"));
    }

    @Test
    void spend_overThreeFamilies_freesEveryReservation() {
        JobId job = reserved("m-spend", "col-spend", families("spend", 3), zcdp(100))
                .orElseThrow();
        var merchant = new PartyId("m-spend");
        jdbi.useTransaction(tx -> assertTrue(budget.start(tx, job, merchant)));
        jdbi.useTransaction(tx -> assertTrue(budget.spend(tx, job, merchant)));
        assertEquals(
                0,
                count("select sum(rho_micro_reserved) from privacy_budget where dataset like 'f-spend-%'"
                        + " or collaboration = 'col-spend'"));
        assertEquals(300, count("select rho_micro_spent from privacy_budget where collaboration = 'col-spend'"));
    }

    /** 311,064 micro-rho for the collaboration: 12 jobs of 3 x 8,000 fit, the 13th does not, though every family would pay. */
    @Test
    void reserve_overTheCollaborationsCap_isRefusedAndChangesNothing() {
        for (int i = 0; i < 12; i++) {
            assertTrue(reserved("m-sum-" + i, "col-sum", families("sum" + i, 3), zcdp(8_000))
                    .isPresent());
        }
        assertTrue(reserved("m-sum-12", "col-sum", families("sum12", 3), zcdp(8_000))
                .isEmpty());
        assertEquals(0, count("select count(*) from privacy_budget where dataset like 'f-sum12-%'"));
        assertEquals(288_000, count("select rho_micro_reserved from privacy_budget where collaboration = 'col-sum'"));
    }

    @Test
    void reserve_inAnotherCollaboration_stillMeetsTheFamilysRow() {
        assertTrue(
                reserved("m-two", "col-first", families("two", 1), zcdp(24_355)).isPresent());
        assertTrue(reserved("m-two", "col-second", families("two", 1), zcdp(1)).isEmpty(), "one family, one budget");
    }

    @Test
    void oneShot_afterAZcdpCharge_isRefusedInThatMonth_andTheOtherWayRound() {
        assertTrue(
                reserved("m-mode-a", "col-mode", families("mode", 1), zcdp(10)).isPresent());
        assertTrue(
                reserved("m-mode-a", "col-mode", families("mode", 1), pure(10)).isEmpty());
        assertTrue(
                reserved("m-mode-b", "col-mode", families("mode", 1), pure(10)).isPresent());
        assertTrue(
                reserved("m-mode-b", "col-mode", families("mode", 1), zcdp(10)).isEmpty());
        assertTrue(
                reserved("m-mode-b", "col-mode", families("mode", 1), pure(10)).isPresent(), "pure epsilons add up");
        var family = new DatasetId("f-mode-0");
        assertEquals(0, reader.left(new PartyId("m-mode-a"), family, Mechanism.PURE_LAPLACE));
        assertEquals(24_345, reader.left(new PartyId("m-mode-a"), family, Mechanism.ZCDP_GAUSSIAN));
        assertEquals(999_980, reader.left(new PartyId("m-mode-b"), family, Mechanism.PURE_LAPLACE));
    }

    @Test
    void monthWhoseOnlyChargeWasRefunded_choosesAnew() {
        JobId job =
                reserved("m-anew", "col-anew", families("anew", 1), zcdp(10)).orElseThrow();
        jdbi.useTransaction(tx -> assertTrue(budget.refund(tx, job, new PartyId("m-anew"))));
        assertTrue(reserved("m-anew", "col-anew", families("anew", 1), pure(1_000_000))
                .isPresent());
        assertTrue(
                reserved("m-anew", "col-anew", families("anew", 1), pure(1)).isEmpty(), "the cap holds in either mode");
    }

    /**
     * 16 clients take and give back charges on overlapping sets of five families, named in random orders. A circle of waits
     * would be ended by PostgreSQL with an error, which fails the test; an overrun would break the rows' CHECKs.
     */
    @Test
    void racingClients_overOverlappingFamilies_neverDeadlockAndNeverOverrun() throws Exception {
        var granted = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            var clients = new ArrayList<Callable<Void>>();
            for (int client = 0; client < CLIENTS; client++) {
                clients.add(client(client, granted));
            }
            for (var done : threads.invokeAll(clients)) {
                done.get();
            }
        }
        long spent = count("select sum(rho_micro_spent) from privacy_budget where dataset like 'f-race-%'"
                + " and merchant = '*' and period = 'LIFETIME'");
        assertEquals(spent, count("select rho_micro_spent from privacy_budget where collaboration = 'col-race'"));
        assertEquals(0, count("select sum(rho_micro_reserved) from privacy_budget where dataset like 'f-race-%'"));
        assertTrue(granted.get() > CLIENTS, "most of them got something");
    }

    private Callable<Void> client(int client, AtomicInteger granted) {
        var random = new Random(2026 + client);
        return () -> {
            var merchant = "m-race-" + client;
            for (int round = 0; round < 6; round++) {
                var families = new ArrayList<>(families("race", 5));
                Collections.shuffle(families, random);
                var job = reserved(merchant, "col-race", families.subList(0, 2 + random.nextInt(3)), zcdp(50));
                job.ifPresent(id -> granted.incrementAndGet());
                boolean back = random.nextInt(4) == 0;
                job.ifPresent(id -> end(id, new PartyId(merchant), back));
            }
            return null;
        };
    }

    private void end(JobId job, PartyId merchant, boolean back) {
        if (back) {
            jdbi.useTransaction(tx -> assertTrue(budget.refund(tx, job, merchant)));
            return;
        }
        jdbi.useTransaction(tx -> assertTrue(budget.start(tx, job, merchant)));
        jdbi.useTransaction(tx -> assertTrue(budget.spend(tx, job, merchant)));
        jdbi.useTransaction(tx -> assertFalse(budget.refund(tx, job, merchant), "no refund after a scan began"));
    }

    private Optional<JobId> reserved(String merchant, String collaboration, List<DatasetId> families, Loss loss) {
        return jdbi.inTransaction(tx -> reserved(tx, merchant, collaboration, families, loss));
    }

    private Optional<JobId> reserved(
            Handle tx, String merchant, String collaboration, List<DatasetId> families, Loss loss) {
        var request = JobRequest.parse(
                Json.parse(TestApi.job("b-" + NAMES.incrementAndGet(), "lab-1", 1, "{}", "{\"rhoMicro\":1}")));
        Hash any = Hash.sha256(new byte[] {1});
        var actor = new Actor(new PartyId(merchant), new PersonId("u-1"), Role.MERCHANT, new DepartmentId("marketing"));
        JobId job = rows.insert(tx, actor, request, new Prepared.Key(any, any, any, Region.DOMESTIC))
                .id();
        var contents = new TreeMap<DatasetId, Hash>();
        families.forEach(family -> contents.put(family, any));
        var bill =
                new Bill(job, actor.party(), Optional.of(new CollaborationId(collaboration)), contents, loss, "plan");
        boolean paid = budget.reserve(tx, bill, catalog.policy().budgets());
        // Ended, so that no worker of this test's service takes a job that has no plan.
        rows.move(tx, job, JobState.CANCELLED, Optional.empty());
        return paid ? Optional.of(job) : Optional.empty();
    }

    private static List<DatasetId> families(String name, int count) {
        var families = new ArrayList<DatasetId>();
        for (int i = 0; i < count; i++) {
            families.add(new DatasetId("f-" + name + "-" + i));
        }
        return families;
    }

    private static Loss zcdp(long rho) {
        return new Loss.Zcdp(new MicroRho(rho));
    }

    private static Loss pure(long epsilon) {
        return new Loss.Pure(new MicroEpsilon(epsilon));
    }

    private List<String> lifetimes(JobId job) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select collaboration || ' ' || dataset || '/' || merchant || '/' || period || ' ' || rho_micro"
                                + " from privacy_charge where job_id = :job and merchant = '*' and period = 'LIFETIME'"
                                + " order by id")
                .bind("job", job.value())
                .mapTo(String.class)
                .list());
    }

    private long count(String query) {
        return jdbi.withHandle(
                handle -> handle.createQuery(query).mapTo(Long.class).one());
    }
}
