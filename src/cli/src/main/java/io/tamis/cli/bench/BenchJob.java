package io.tamis.cli.bench;

import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.Level;
import io.tamis.data.MicroRho;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.log.EventType;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.policy.DecidedColumn;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.Question;
import io.tamis.policy.Region;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** The entries of paid jobs in a bench's log, each decided under a real bundle and paid within its caps. */
final class BenchJob {
    private static final DatasetId DATASET = new DatasetId("cdnow");
    private static final LocalDate DAY = LocalDate.of(2026, 1, 1);
    private static final String MONTH = "2026-01";
    private static final MicroRho PRICE = new MicroRho(1);

    /** Merchants share what a dataset may spend in all. */
    private static final int MERCHANTS = 5;

    /** As many jobs as the caps of the shipped bundle pay for at this price, with some to spare. */
    private static final long JOBS_MAX = 80_000;

    private static final List<EventType> STEPS = List.of(
            EventType.JOB_SUBMITTED,
            EventType.ACCESS_DECIDED,
            EventType.BUDGET_RESERVED,
            EventType.BUDGET_SCANNING,
            EventType.BUDGET_CHARGED,
            EventType.RELEASE_PUBLISHED,
            EventType.RELEASE_DELIVERED);
    private static final String RESULT =
            Hash.sha256("bench".getBytes(StandardCharsets.UTF_8)).hex();

    private final PolicyBundle bundle;
    private final Json columns;

    BenchJob(PolicyBundle bundle) {
        this.bundle = bundle;
        Dataset dataset = bundle.datasets().get(DATASET);
        this.columns = Json.array(List.of(
                        input(dataset, "customer_id", Action.MATCH),
                        input(dataset, "amount_usd", Action.COMPUTE),
                        output(dataset, "customer_id"),
                        output(dataset, "amount_usd"))
                .stream()
                .map(DecidedColumn::toJson)
                .toList());
    }

    PolicyBundle bundle() {
        return bundle;
    }

    /** True when this entry after a job's begin is the job's. */
    boolean covers(long job, int step) {
        return job < JOBS_MAX && step < STEPS.size();
    }

    /** Canonical. */
    String event(long job, int step, UUID id, String at) {
        EventType type = STEPS.get(step);
        String merchant = "brand-" + job % MERCHANTS;
        var event = Json.object()
                .put("v", 1)
                .put("id", id.toString())
                .put("at", at)
                .put("type", type.wire())
                .put("tenant", merchant)
                .put(
                        "actor",
                        Json.object()
                                .put("id", "u-" + job % MERCHANTS)
                                .put("role", "merchant")
                                .put("department", "marketing")
                                .build())
                .put("job", new JobId(new UUID(0x0190163d_0000_7000L, 0x8000_0000_0000_0000L | job)).toString());
        switch (type) {
            case ACCESS_DECIDED ->
                event.put("dataset", DATASET.value())
                        .put("purpose", Purpose.CLV_MODELLING.name())
                        .put("decision", "PERMIT")
                        .put("bundleHash", bundle.contentHash().hex())
                        .put("columns", columns);
            case BUDGET_RESERVED, BUDGET_SCANNING, BUDGET_CHARGED ->
                event.put(
                        "rows",
                        Json.array(List.of(
                                row("*", "LIFETIME"),
                                row("*", MONTH),
                                row(merchant, "LIFETIME"),
                                row(merchant, MONTH))));
            case RELEASE_PUBLISHED -> release(event);
            case RELEASE_DELIVERED -> release(event).put("receiver", merchant).put("format", "JSON");
            default -> {}
        }
        return event.build().canonical();
    }

    private static Json.Builder release(Json.Builder event) {
        return event.put("dataset", DATASET.value())
                .put("purpose", Purpose.CLV_MODELLING.name())
                .put("resultHash", RESULT);
    }

    private static Json.Obj row(String merchant, String period) {
        return Json.object()
                .put("dataset", DATASET.value())
                .put("merchant", merchant)
                .put("period", period)
                .put("rhoMicro", PRICE.value())
                .put("deltaE18", 0)
                .put("pureEpsilonMicro", 0)
                .build();
    }

    private DecidedColumn input(Dataset dataset, String column, Action action) {
        return decided(
                column, about(dataset, column).context(Context.SANDBOX_INPUT).action(action));
    }

    private DecidedColumn output(Dataset dataset, String column) {
        var question = about(dataset, column)
                .context(Context.SANDBOX_OUTPUT)
                .action(Action.AGGREGATE)
                .cohort(50)
                .rho(PRICE);
        return decided(column, column.equals("customer_id") ? question.level(Level.L3) : question);
    }

    private static Question.Builder about(Dataset dataset, String column) {
        Column declared = dataset.column(new ColumnName(column)).orElseThrow();
        return Question.about(dataset, declared, Purpose.CLV_MODELLING, DAY)
                .role(PolicyRole.MERCHANT)
                .region(Region.DOMESTIC);
    }

    private DecidedColumn decided(String column, Question.Builder question) {
        Question asked = question.build();
        return new DecidedColumn(new ColumnName(column), asked, bundle.decide(asked));
    }
}
