package io.tamis.jobs;

import io.tamis.catalog.Snapshot;
import io.tamis.data.Clamp;
import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.JsonFields;
import io.tamis.data.PartyId;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.privacy.KernelSpec;
import io.tamis.privacy.Layout;
import io.tamis.privacy.Measure;
import io.tamis.privacy.PartialSums;
import io.tamis.privacy.Query;
import io.tamis.privacy.Release;
import io.tamis.privacy.ReleaseSpec;
import io.tamis.privacy.Releaser;
import io.tamis.privacy.Statistic;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** NO ENCRYPTION: a job type that says it works under encryption, and adds nothing up. Exists in tests only. */
@Singleton
class SealedTestJob implements SealedJobType {
    static final String NAME = "SEALED_TEST";

    /** By the merchant, so that tests do not meet. */
    final Map<PartyId, Code> obstacles = new ConcurrentHashMap<>();

    final Set<String> failingSeals = ConcurrentHashMap.newKeySet();
    final Set<String> failingStores = ConcurrentHashMap.newKeySet();
    final Map<JobId, ChargedJob> stored = new ConcurrentHashMap<>();
    final Map<JobId, Shares> progress = new ConcurrentHashMap<>();
    final Set<JobId> ended = ConcurrentHashMap.newKeySet();

    /** A question with a name, so that each test asks its own. */
    private record Named(String name) implements Query {
        @Override
        public Hash digest() {
            return Hash.sha256(name.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Planned plan(PlanRequest request) {
        var fields = new JsonFields(request.params());
        String question = fields.string("question", 64);
        String column = fields.optionalString("column", 64).orElse("tag");
        fields.end();
        var sum = new Measure.Sum(new Clamp(0, 10));
        var release = new ReleaseSpec(
                new KernelSpec(1, 1, List.of(new Measure.Users(), sum)),
                request.loss().split(2),
                request.minUsers(),
                List.of(),
                List.of(new Statistic.Users(), new Statistic.Sum(1)),
                new Layout(List.of(), List.of(new Layout.Named("users", 0), new Layout.Named("sum", 1))));
        var uses = request.inputs().stream()
                .map(input -> input.dataset().id())
                .flatMap(id -> Stream.of(
                        new ColumnUse(id, new ColumnName(column), Context.SANDBOX_INPUT, Action.COMPUTE_ENCRYPTED),
                        new ColumnUse(id, new ColumnName(column), Context.SANDBOX_OUTPUT, Action.AGGREGATE)))
                .toList();
        return new Plan(new Named(question), release, uses);
    }

    @Override
    public Optional<Code> obstacle(Handle tx, PartyId submitter, Plan plan, List<Snapshot> inputs) {
        return Optional.ofNullable(obstacles.get(submitter));
    }

    @Override
    public Sealed seal(Plan plan, ScanInputs inputs) {
        String question = ((Named) plan.query()).name();
        if (failingSeals.contains(question)) {
            throw new IllegalStateException("the power fails in the seal");
        }
        return (tx, job) -> {
            stored.put(job.id(), job);
            progress.put(job.id(), new Shares(2, 0, 0, true));
            if (failingStores.contains(question)) {
                throw new IllegalStateException("the power fails before COMMIT");
            }
        };
    }

    @Override
    public Shares shares(Handle tx, JobId job) {
        return progress.getOrDefault(job, new Shares(2, 0, 2, false));
    }

    @Override
    public void ended(Handle tx, JobId job) {
        ended.add(job);
    }

    /** What key holders would have opened. */
    static Release opened(Plan plan, long users, long sum) {
        var spec = plan.release();
        var sums = PartialSums.of(spec.kernel(), new long[][] {{users}, {sum}});
        return Releaser.release(spec, sums, spread -> 0);
    }
}
