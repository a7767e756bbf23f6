package io.tamis.cli.soak;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who changes state, so that entries come by the outbox too: proposes collaborations, one after the other. What was
 * answered must be there afterwards; a proposal without an answer may be there or not.
 */
final class Proposer implements Runnable {
    private static final long PAUSE_MILLIS = 100;

    private final List<ApiClient> servers;
    private final Promises promises;
    private final SplittableRandom random;
    private final ConcurrentLinkedQueue<String> made = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<EventId> events = new ConcurrentLinkedQueue<>();
    private volatile boolean running = true;

    Proposer(List<ApiClient> servers, Promises promises, SplittableRandom random) {
        this.servers = List.copyOf(servers);
        this.promises = promises;
        this.random = random;
    }

    void stop() {
        running = false;
    }

    @Override
    public void run() {
        try {
            while (running) {
                propose();
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void propose() {
        try {
            switch (servers.get(random.nextInt(servers.size())).post("/v1/collaborations", terms())) {
                case Answer.Ok ok -> {
                    made.add(ok.view().at("id").text());
                    if (!ok.header("Tamis-Event").isEmpty()) {
                        events.add(EventId.parse(ok.header("Tamis-Event")));
                    }
                }
                case Answer.Refused refused ->
                    promises.refused(refused.problem().code());
            }
        } catch (ClientException gone) {
            promises.unanswered();
        }
    }

    /** The collaborations that were answered. */
    List<String> made() {
        return List.copyOf(made);
    }

    /** The entries that were answered. */
    List<EventId> events() {
        return List.copyOf(events);
    }

    private static Json terms() {
        return Json.object()
                .put("members", Json.array(List.of(member("shop", "platform"), member("brand-k", "merchant"))))
                .put("legalRelation", "JOINT")
                .put("purposes", Json.strings(List.of("AD_MEASUREMENT")))
                .put("region", "DOMESTIC")
                .build();
    }

    private static Json.Obj member(String party, String role) {
        return Json.object()
                .put("party", party)
                .put("roles", Json.strings(List.of(role)))
                .build();
    }
}
