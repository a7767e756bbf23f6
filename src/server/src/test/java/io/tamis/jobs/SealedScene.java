package io.tamis.jobs;

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
        var csv = new StringBuilder("person,arm,tag\n");
        for (int i = 0; i < 120; i++) {
            csv.append("139").append(String.format("%08d", i)).append(i % 2 == 0 ? ",alpha,1\n" : ",beta,2\n");
        }
        TestApi.upload(TestTokens.of(Role.PLATFORM, dataset), dataset, 1, csv.toString())
                .then()
                .statusCode(201);
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
        return JobId.parse(TestApi.submit(merchant, body(question, "seal-a"))
                .then()
                .statusCode(202)
                .extract()
                .path("jobId"));
    }

    /** One that has been sealed. */
    JobId waiting(String merchant, String question) {
        JobId job = submitted(merchant, question);
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
