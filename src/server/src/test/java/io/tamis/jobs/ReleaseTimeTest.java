package io.tamis.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.Role;
import io.tamis.server.TamisTest;
import io.tamis.server.TestApi;
import io.tamis.server.TestTokens;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How long a scan took is seen no finer than a tick (50 ms in tests), in no entry a merchant can read. */
@TamisTest
class ReleaseTimeTest {
    private static final long TICK_MILLIS = 50;

    @Test
    void entriesOfAJobsEnd_tellTheTickAndNotTheMoment() {
        TestApi.load("lab-5", 1, "person,arm,spend\np1,alpha,1.00\n").then().statusCode(201);
        String people = "{\"measures\":[{\"id\":\"people\",\"kind\":\"COUNT_USERS\"}]}";
        Json.Obj envelope = TestApi.answer("timer", TestApi.job("t-1", "lab-5", 1, people, "{\"rhoMicro\":10}"));
        String job = new JsonFields(envelope).string("jobId", 64);
        UUID receipt =
                UUID.fromString(new JsonFields(envelope).object("receipt").string("eventId", 64));
        assertEquals(0, (receipt.getMostSignificantBits() >>> 16) % TICK_MILLIS);
        List<String> times = TestApi.request()
                .auth()
                .oauth2(TestTokens.of(Role.COMPLIANCE_OFFICER, "authority"))
                .get("/v1/ledger/entries?limit=200&cursor=" + start(envelope))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList(
                        "items.findAll { it.event.job == '" + job + "' && it.event.type in ['budget.scanning',"
                                + " 'budget.charged', 'release.published', 'job.finished'] }.event.at",
                        String.class);
        assertEquals(4, times.size());
        times.forEach(at -> assertEquals(0, Instant.parse(at).toEpochMilli() % TICK_MILLIS, at));
    }

    private static long start(Json.Obj envelope) {
        long index = new JsonFields(envelope).object("receipt").integer("index", 0, Long.MAX_VALUE);
        return Math.max(0, index - 100);
    }
}
