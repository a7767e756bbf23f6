package io.tamis.jobs;

import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import io.tamis.data.JobId;
import io.tamis.data.Role;
import io.tamis.server.TestApi;
import io.tamis.server.TestTokens;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** The calls and looks that tests of jobs under encryption share. */
record SealedScene(Jdbi jdbi) {
    /** A version of a dataset with tags, uploaded by its owner. */
    static void load(String dataset) {
        var csv = new StringBuilder("person,arm,resident_id\n");
        for (int i = 0; i < 120; i++) {
            csv.append("139").append(String.format("%08d", i)).append(i % 2 == 0 ? ",alpha,\n" : ",beta,\n");
        }
        TestApi.upload(TestTokens.of(Role.PLATFORM, dataset), dataset, 1, csv.toString())
                .then()
                .statusCode(anyOf(is(200), is(201)));
    }

    /** A job over these datasets. */
    static String body(String question, String... datasets) {
        String named = Stream.of(datasets)
                .map(id -> "{\"id\":\"" + id + "\",\"version\":1,\"purpose\":\"AUDIENCE_INSIGHT\"}")
                .collect(Collectors.joining(","));
        return """
                {"jobRequestId":"%s","type":"SEALED_TEST","datasets":[%s],"params":{"question":"%s"},\
                "privacy":{"rhoMicro":10},"reason":"a test of the service","acceptLowUtility":true}""".formatted(question, named, question);
    }

    JobId submitted(String merchant, String question) {
        return submitted(merchant, question, "seal-a");
    }

    JobId submitted(String merchant, String question, String... datasets) {
        return JobId.parse(TestApi.submit(merchant, body(question, datasets))
                .then()
                .statusCode(202)
                .extract()
                .path("jobId"));
    }

    /** A platform's person; each is of a department of its own. */
    static String token(String party, String person) {
        return TestTokens.of(Role.PLATFORM, party, person, "dept-" + person);
    }

    static Response approval(String token, JobId job) {
        return TestApi.request().auth().oauth2(token).get("/v1/jobs/" + job + "/approvals");
    }

    /** What the approver reads that it approves. */
    static String subject(String token, JobId job) {
        return approval(token, job).then().statusCode(200).extract().path("subjectHash");
    }

    static Response judge(String token, JobId job, String verdict, String subject) {
        return TestApi.request()
                .auth()
                .oauth2(token)
                .contentType("application/json")
                .body("{\"verdict\":\"%s\",\"reason\":\"we have read what it asks\",\"subjectHash\":\"%s\"}"
                        .formatted(verdict, subject))
                .post("/v1/jobs/" + job + "/approvals");
    }

    static void approve(String party, JobId job) {
        String token = token(party, "u-owner");
        judge(token, job, "APPROVED", subject(token, job)).then().statusCode(201);
    }

    /** One that has been approved and sealed. */
    JobId waiting(String merchant, String question) {
        JobId job = submitted(merchant, question);
        approve("seal-a", job);
        await(() -> "AWAITING_SHARES".equals(stored(job)));
        return job;
    }

    static Response show(String merchant, JobId job) {
        return TestApi.request()
                .auth()
                .oauth2(TestTokens.of(Role.MERCHANT, merchant))
                .get("/v1/jobs/" + job);
    }

    String stored(JobId job) {
        return jdbi.withHandle(handle -> handle.createQuery("select state from job where job_id = :id")
                .bind("id", job.value())
                .mapTo(String.class)
                .one());
    }

    /** The states of its charges, each once. */
    List<String> charges(JobId job) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select distinct state from privacy_charge where job_id = :id")
                        .bind("id", job.value())
                        .mapTo(String.class)
                        .list());
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "did not come about");
            LockSupport.parkNanos(20_000_000);
        }
    }
}
