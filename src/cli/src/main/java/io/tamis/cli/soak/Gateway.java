package io.tamis.cli.soak;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.JsonView;
import io.tamis.data.EventId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
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
    private final GatewayRequests requests;
    private volatile boolean running = true;

    /** A gateway that may use any of these servers. */
    Gateway(List<ApiClient> servers, Promises promises, InstantSource clock, SplittableRandom random) {
        this.servers = List.copyOf(servers);
        this.promises = promises;
        this.random = random;
        this.requests = new GatewayRequests(clock, random.split());
    }

    /** Lets it end once its last request is acknowledged. */
    void stop() {
        running = false;
    }

    @Override
    public void run() {
        try {
            while (running) {
                untilAcknowledged(requests.body(1 + random.nextInt(EVENTS_MAX)));
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
}
