package io.tamis.cli.soak;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.JsonView;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * One gateway that never gives up: what is not acknowledged is sent again, to either server, until it is. So at the end each
 * of its events must be in the log exactly once.
 */
final class Gateway implements Runnable {
    private static final String PATH = "/v1/ledger/access-events";
    private static final int EVENTS_MAX = 12;
    private static final long PAUSE_MILLIS_MAX = 25;
    private static final long AGAIN_MILLIS = 40;

    private final List<ApiClient> servers;
    private final Promises promises;
    private final SplittableRandom random;
    private volatile boolean running = true;

    /** A gateway that may use any of these servers. */
    Gateway(List<ApiClient> servers, Promises promises, SplittableRandom random) {
        this.servers = List.copyOf(servers);
        this.promises = promises;
        this.random = random;
    }

    /** Lets it end once its last request is acknowledged. */
    void stop() {
        running = false;
    }

    @Override
    public void run() {
        try {
            while (running) {
                untilAcknowledged(batch());
                TimeUnit.MILLISECONDS.sleep(random.nextLong(PAUSE_MILLIS_MAX));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void untilAcknowledged(byte[] body) throws InterruptedException {
        Optional<JsonView> answer = send(body);
        while (answer.isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
            answer = send(body);
        }
        for (JsonView item : answer.get().at("items").items()) {
            promises.promised(
                    EventId.parse(item.at("eventId").text()), item.at("index").integerOrZero());
        }
    }

    private Optional<JsonView> send(byte[] body) {
        ApiClient server = servers.get(random.nextInt(servers.size()));
        try {
            return switch (server.post(PATH, body)) {
                case Answer.Ok ok -> Optional.of(ok.view());
                case Answer.Refused refused -> {
                    promises.refused(refused.problem().code());
                    yield Optional.empty();
                }
            };
        } catch (ClientException gone) {
            promises.unanswered();
            return Optional.empty();
        }
    }

    private byte[] batch() {
        var events = new ArrayList<Json>();
        int count = 1 + random.nextInt(EVENTS_MAX);
        for (int i = 0; i < count; i++) {
            events.add(Json.object()
                    .put("id", id().toString())
                    .put("at", promises.now())
                    .put("action", "READ")
                    .put("decision", i % 5 == 0 ? "DENY" : "PERMIT")
                    .put("purpose", "SUBJECT_RIGHTS")
                    .put("dataset", "crm-customers")
                    .put("rows", i)
                    .build());
        }
        return Json.object().put("events", Json.array(events)).build().canonicalBytes();
    }

    /** UUIDv7 of the soak's own seed: 48 bits that rise with time, 74 random ones. */
    private UUID id() {
        long high = (System.currentTimeMillis() << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
