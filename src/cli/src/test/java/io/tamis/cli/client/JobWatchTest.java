package io.tamis.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.data.JobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobWatchTest {
    private static final JobId JOB = JobId.parse("job_0190163d-8694-739b-aea5-966c26f8ad90");
    private static final String PATH = "GET /v1/jobs/" + JOB;

    private final FakeService service = new FakeService();
    private final AtomicLong seconds = new AtomicLong();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void untilEnd_severalStates_tellsEachOnce() {
        for (String state : List.of("QUEUED", "QUEUED", "RUNNING", "SUCCEEDED")) {
            service.on(PATH, 200, "{\"state\":\"" + state + "\"}");
        }
        var told = new ArrayList<String>();
        var end = watch(told);
        assertEquals("SUCCEEDED", end.at("state").text());
        assertEquals(List.of("QUEUED", "RUNNING", "SUCCEEDED"), told);
    }

    @Test
    void untilEnd_neverEnds_givesUp() {
        service.on(PATH, 200, "{\"state\":\"RUNNING\"}");
        assertEquals(
                Code.TIMED_OUT,
                assertThrows(ClientException.class, () -> watch(new ArrayList<>()))
                        .code());
    }

    @Test
    void untilEnd_vanished_isTheProblem() {
        assertEquals(
                Code.NOT_FOUND,
                assertThrows(ClientException.class, () -> watch(new ArrayList<>()))
                        .code());
    }

    private JsonView watch(List<String> told) {
        try (var client = ApiClient.of(service.url())) {
            return new JobWatch(client, () -> TestShell.NOW.plusSeconds(seconds.getAndIncrement()))
                    .untilEnd(JOB, Duration.ofSeconds(10), told::add);
        }
    }
}
