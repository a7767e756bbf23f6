package io.tamis.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.JsonView;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Json;
import io.tamis.data.TimeOrderedIds;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayBatchTest {
    private static final InstantSource CLOCK = () -> Instant.parse("2026-11-24T09:30:00Z");

    @Test
    void body_events_haveIdsOfTheirOwnAndTheFormatsTime() {
        var events = events(batch(0), 64);
        assertEquals(64, events.size());
        var ids = new HashSet<String>();
        events.forEach(event -> ids.add(event.at("id").text()));
        assertEquals(64, ids.size());
        assertEquals("2026-11-24T09:30:00.000Z", events.getFirst().at("at").text());
        assertTrue(events.getFirst().at("subjectRef").isAbsent());
    }

    @Test
    void body_ofSoManyPersons_goesRoundThem() {
        var batch = batch(3);
        var persons = new HashSet<String>();
        for (int i = 0; i < 10; i++) {
            events(batch, 1).forEach(event -> persons.add(event.at("subjectRef").text()));
        }
        assertEquals(3, persons.size());
        persons.forEach(person -> assertTrue(person.matches("[0-9a-f]{64}")));
    }

    private static GatewayBatch batch(long persons) {
        return new GatewayBatch(new TimeOrderedIds(CLOCK, new SystemRandom()), CLOCK, persons);
    }

    private static List<JsonView> events(GatewayBatch batch, int count) {
        return JsonView.of(Json.parse(batch.body(count))).at("events").items();
    }
}
