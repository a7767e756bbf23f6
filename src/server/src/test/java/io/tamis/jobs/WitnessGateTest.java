package io.tamis.jobs;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.EventId;
import io.tamis.data.JobId;
import io.tamis.data.Role;
import io.tamis.ledger.Cosignatures;
import io.tamis.ledger.PublishedLog.Published;
import io.tamis.ledger.witness.SwitchedCosignatures;
import io.tamis.log.Origin;
import io.tamis.log.SignedNote;
import io.tamis.server.TamisTest;
import io.tamis.server.TestApi;
import io.tamis.server.TestTokens;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A question about identifying columns without witnesses, with witnesses, and with witnesses that fall silent between. */
@TamisTest
class WitnessGateTest {
    private static final String LAB = "lab-11";
    private static final String PEOPLE = """
            {"measures":[{"id":"people","kind":"COUNT_USERS"}]}""";
    private static final String PRICE = "{\"rhoMicro\":100}";

    @Inject
    Jdbi jdbi;

    @Inject
    SwitchedCosignatures cosignatures;

    /** Witnesses that have cosigned what the predicate says; nobody waits for them. */
    private static final class Said implements Cosignatures {
        final List<EventId> asked = new CopyOnWriteArrayList<>();
        private final boolean attainable;
        private volatile Predicate<EventId> covered;

        Said(boolean attainable, Predicate<EventId> covered) {
            this.attainable = attainable;
            this.covered = covered;
        }

        @Override
        public int quorum() {
            return 1;
        }

        @Override
        public boolean attainable() {
            return attainable;
        }

        @Override
        public Optional<Published> newest(Origin origin) {
            return Optional.empty();
        }

        @Override
        public SignedNote cosigned(SignedNote note) {
            return note;
        }

        @Override
        public boolean covers(EventId event) {
            asked.add(event);
            return covered.test(event);
        }

        @Override
        public boolean awaitQuorum(EventId event, Duration max) {
            assertTrue(max.compareTo(Duration.ofSeconds(2)) <= 0);
            return covers(event);
        }
    }

    @BeforeAll
    static void load() {
        var csv = new StringBuilder("person,arm,spend\n");
        for (int i = 0; i < 120; i++) {
            csv.append("p").append(i).append(i % 2 == 0 ? ",alpha,1.50\n" : ",beta,2.50\n");
        }
        TestApi.load(LAB, 1, csv.toString()).then().statusCode(201);
    }

    @AfterEach
    void restore() {
        cosignatures.useOwn();
    }

    @Test
    void witnessesDown_endTheJobBeforeItsScan_andNothingIsCharged() {
        cosignatures.use(new Said(true, event -> false));
        String job = submitted("gate-down");
        TestApi.await("gate-down", job)
                .then()
                .body("state", equalTo("REFUSED"))
                .body("cause", equalTo("WITNESS_UNAVAILABLE"))
                .body("stateHistory.state", not(hasItem("RUNNING")));
        assertEquals(List.of("REFUNDED"), charges(job));
        TestApi.result("gate-down", job).then().statusCode(409);
    }

    @Test
    void noWitnessConfigured_isRefusedAtOnce_andADryRunSaysSo() {
        cosignatures.use(new Said(false, event -> false));
        TestApi.submit("gate-none", TestApi.job("j-1", LAB, 1, PEOPLE, PRICE))
                .then()
                .statusCode(503)
                .body("code", equalTo("WITNESS_UNAVAILABLE"))
                .body("jobId", notNullValue())
                .body("eventId", notNullValue());
        TestApi.request()
                .auth()
                .oauth2(TestTokens.of(Role.MERCHANT, "gate-none"))
                .contentType("application/json")
                .body(TestApi.job("j-2", LAB, 1, PEOPLE, PRICE))
                .post("/v1/dry-runs")
                .then()
                .statusCode(200)
                .body("verdict", equalTo("DENY"))
                .body("reasonCodes", hasItem("WITNESS_UNAVAILABLE"));
        assertEquals(
                0,
                jdbi.<Integer, RuntimeException>withHandle(
                        handle -> handle.createQuery("select count(*) from privacy_charge where merchant = 'gate-none'")
                                .mapTo(Integer.class)
                                .one()));
    }

    @Test
    void witnessesOfTheDecision_letItBeRead_andThoseOfTheReleaseShowIt() {
        var said = new Said(true, this::isDecision);
        cosignatures.use(said);
        String job = submitted("gate-held");
        await(() -> "SUCCEEDED".equals(stored(job)));
        await(() -> TestApi.result("gate-held", job).statusCode() == 503);
        TestApi.result("gate-held", job).then().body("code", equalTo("WITNESS_UNAVAILABLE"));
        TestApi.request()
                .auth()
                .oauth2(TestTokens.of(Role.MERCHANT, "gate-held"))
                .get("/v1/jobs/" + job)
                .then()
                .body("state", not(equalTo("SUCCEEDED")));
        assertEquals(List.of("SPENT"), charges(job));
        said.covered = event -> true;
        TestApi.await("gate-held", job).then().body("state", equalTo("SUCCEEDED"));
        TestApi.result("gate-held", job).then().statusCode(200);
    }

    /** Whoever administers the database makes the job name another job's decision, which witnesses have seen. */
    @Test
    void decisionOfAnotherJob_opensNothing() {
        cosignatures.use(new Said(true, event -> true));
        String earlier = submitted("gate-other");
        TestApi.await("gate-other", earlier).then().body("state", equalTo("SUCCEEDED"));
        EventId other = witnessed(earlier).orElseThrow();
        cosignatures.use(new Said(true, event -> event.equals(other) || exchanged(event, other)));
        String job = submitted("gate-swapped");
        TestApi.await("gate-swapped", job)
                .then()
                .body("state", equalTo("REFUSED"))
                .body("cause", equalTo("WITNESS_UNAVAILABLE"));
        assertEquals(Optional.of(other), witnessed(job));
        assertEquals(List.of("REFUNDED"), charges(job));
    }

    /** Nor does it help to make it name none, or another job's release, once its scan is over. */
    @Test
    void namesErasedOrExchangedAfterTheScan_showNothing() {
        cosignatures.use(new Said(true, event -> true));
        String earlier = submitted("gate-first");
        TestApi.await("gate-first", earlier).then().body("state", equalTo("SUCCEEDED"));
        cosignatures.use(new Said(true, this::isDecision));
        String job = submitted("gate-null");
        await(() -> "SUCCEEDED".equals(stored(job)));
        await(() -> TestApi.result("gate-null", job).statusCode() == 503);
        change("update job set witnessed_event = null where job_id = :job", job, earlier);
        TestApi.result("gate-null", job).then().statusCode(503);
        cosignatures.use(new Said(true, event -> true));
        TestApi.result("gate-null", job).then().statusCode(200);
        change(
                "update job set release_event = (select release_event from job where job_id = :other) where job_id = :job",
                job,
                earlier);
        TestApi.result("gate-null", job).then().statusCode(503);
    }

    private void change(String statement, String job, String other) {
        jdbi.useHandle(handle -> {
            try (var update = handle.createUpdate(statement)) {
                update.bind("job", JobId.parse(job).value());
                if (statement.contains(":other")) {
                    update.bind("other", JobId.parse(other).value());
                }
                assertEquals(1, update.execute());
            }
        });
    }

    /** Not while the job's row is locked: the thread that asks may be the one that holds it. */
    private boolean exchanged(EventId decision, EventId other) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                update job set witnessed_event = :other where job_id in
                    (select job_id from job where witnessed_event = :decision for update skip locked)""")
                .bind("other", other.value())
                .bind("decision", decision.value())
                .execute());
        return false;
    }

    @Test
    void answerFromTheCache_isHeldToo() {
        cosignatures.useOwn();
        TestApi.answer("gate-cache", TestApi.job("j-1", LAB, 1, PEOPLE, PRICE));
        cosignatures.use(new Said(true, event -> false));
        String again = TestApi.submit("gate-cache", TestApi.job("j-2", LAB, 1, PEOPLE, PRICE))
                .then()
                .statusCode(202)
                .extract()
                .path("jobId");
        await(() -> TestApi.result("gate-cache", again).statusCode() == 503);
        cosignatures.useOwn();
        TestApi.await("gate-cache", again).then().body("state", equalTo("SUCCEEDED"));
    }

    @Test
    void decision_isWhatIsAskedAbout_andIsInTheLog() {
        var said = new Said(true, event -> true);
        cosignatures.use(said);
        String job = submitted("gate-decision");
        TestApi.await("gate-decision", job).then().body("state", equalTo("SUCCEEDED"));
        EventId decision = witnessed(job).orElseThrow();
        assertTrue(said.asked.contains(decision));
        TestApi.request()
                .auth()
                .oauth2(TestTokens.of(Role.COMPLIANCE_OFFICER, "authority"))
                .get("/v1/ledger/entries/" + decision)
                .then()
                .statusCode(200)
                .body("event.type", equalTo("access.decided"))
                .body("event.job", equalTo(job));
    }

    private String submitted(String merchant) {
        return TestApi.submit(merchant, TestApi.job("j-1", LAB, 1, PEOPLE, PRICE))
                .then()
                .statusCode(202)
                .extract()
                .path("jobId");
    }

    private boolean isDecision(EventId event) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select exists (select 1 from job where witnessed_event = :event)")
                        .bind("event", event.value())
                        .mapTo(Boolean.class)
                        .one());
    }

    private Optional<EventId> witnessed(String job) {
        return jdbi.withHandle(handle -> handle.createQuery("select witnessed_event from job where job_id = :id")
                .bind("id", JobId.parse(job).value())
                .mapTo(java.util.UUID.class)
                .findOne()
                .map(EventId::new));
    }

    private String stored(String job) {
        return jdbi.withHandle(handle -> handle.createQuery("select state from job where job_id = :id")
                .bind("id", JobId.parse(job).value())
                .mapTo(String.class)
                .one());
    }

    private List<String> charges(String job) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select distinct state from privacy_charge where job_id = :id")
                        .bind("id", JobId.parse(job).value())
                        .mapTo(String.class)
                        .list());
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "did not come about");
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }
}
