package io.tamis.cli.bench;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.JobWatch;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Problem;
import io.tamis.data.EventId;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.MicroRho;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One merchant at work: jobs, dry runs, refusals and results without pause, until the service is gone. */
final class MerchantStream implements Runnable {
    private static final MicroRho PRICE = new MicroRho(20);
    private static final MicroRho TOO_MUCH = new MicroRho(1_000_000);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int BURST = 3;

    /** Jobs under way before the oldest one's result is awaited: enough that each kill meets some in every state. */
    private static final int OPEN_MAX = 9;

    private final ApiClient merchant;
    private final SignedAgreement agreement;
    private final InstantSource clock;
    private final Acknowledged acknowledged;
    private final AtomicInteger number;
    private final Deque<JobId> open = new ArrayDeque<>();

    MerchantStream(
            ApiClient merchant,
            SignedAgreement agreement,
            InstantSource clock,
            Acknowledged acknowledged,
            AtomicInteger number) {
        this.merchant = merchant;
        this.agreement = agreement;
        this.clock = clock;
        this.acknowledged = acknowledged;
        this.number = number;
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                round();
            }
        } catch (ClientException killed) {
            // The service is gone, as intended: what it had not answered by now it has not promised.
        }
    }

    private void round() {
        for (int i = 0; i < BURST; i++) {
            submit(PRICE);
        }
        submit(TOO_MUCH);
        overlap();
        int next = number.getAndIncrement();
        note(merchant.post("/v1/dry-runs", TinyJob.body("soak-" + next, next, PRICE)));
        while (open.size() > OPEN_MAX) {
            fetch(open.removeFirst());
        }
    }

    private void submit(MicroRho price) {
        int next = number.getAndIncrement();
        submit(TinyJob.body("soak-" + next, next, price));
    }

    /** Over two datasets, named in either order. */
    private void overlap() {
        int next = number.getAndIncrement();
        var least = new OverlapQuestion.Condition("watch_minutes_30d", "GE", Json.of(next));
        var audiences = List.of(
                OverlapQuestion.Audience.everybody(Crowd.SHOP.dataset()),
                OverlapQuestion.Audience.where(Crowd.VIDEO.dataset(), least));
        submit(new OverlapQuestion(agreement.id(), next % 2 == 0 ? audiences : audiences.reversed())
                .body(
                        "soak-" + next,
                        Json.object().put("rhoMicro", PRICE.value()).build()));
    }

    private void submit(Json body) {
        Answer answer = merchant.post("/v1/jobs", body);
        note(answer);
        if (answer instanceof Answer.Ok ok) {
            open.addLast(JobId.parse(ok.view().at("jobId").text()));
        }
    }

    private void fetch(JobId job) {
        var end = new JobWatch(merchant, clock).untilEnd(job, PATIENCE, state -> {});
        if (end.at("state").text().equals("SUCCEEDED")
                && merchant.get("/v1/jobs/" + job + "/result") instanceof Answer.Ok ok) {
            var receipt = ok.view().at("receipt");
            acknowledged.receipt(
                    EventId.parse(receipt.at("eventId").text()),
                    receipt.at("index").integerOrZero());
        }
    }

    private void note(Answer answer) {
        JsonView told = switch (answer) {
            case Answer.Ok ok -> ok.view();
            case Answer.Refused(Problem problem) -> JsonView.of(problem.body());
        };
        if (answer instanceof Answer.Ok && !told.at("jobId").text().isEmpty()) {
            acknowledged.job(JobId.parse(told.at("jobId").text()));
        }
        if (!told.at("eventId").text().isEmpty()) {
            acknowledged.event(EventId.parse(told.at("eventId").text()));
        }
    }
}
