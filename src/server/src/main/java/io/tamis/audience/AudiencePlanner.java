package io.tamis.audience;

import io.tamis.audience.tags.UploadedTag;
import io.tamis.audience.tickets.SealedTerms;
import io.tamis.catalog.scan.StoredForm;
import io.tamis.data.Clamp;
import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.DataException;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Level;
import io.tamis.data.Use;
import io.tamis.he.HeParams;
import io.tamis.he.NoiseBounds;
import io.tamis.holder.TagSpec;
import io.tamis.holder.ticket.Metric;
import io.tamis.holder.ticket.QueryKind;
import io.tamis.jobs.ColumnUse;
import io.tamis.jobs.Plan;
import io.tamis.jobs.PlanRequest;
import io.tamis.jobs.Planned;
import io.tamis.jobs.selection.KeyAsk;
import io.tamis.jobs.selection.Selection;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.privacy.DpPlan;
import io.tamis.privacy.GroupKey;
import io.tamis.privacy.Layout;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes the plan of an AUDIENCE_AGGREGATE job from its parameters, the declarations and what the platforms signed of their
 * tags; sees no row and no ciphertext.
 */
final class AudiencePlanner {
    /** No number rests on fewer persons of a platform when a tag is of level 4. */
    static final int USERS_MIN_L4 = 100;

    /** The plaintext's room for noise, in standard deviations of each holder: passed with a chance under 2^-100. */
    private static final int SIGMAS = 12;

    private static final int ROWS_MAX = 1;

    /** Name of the key of counts: platforms may name their columns as they like. */
    private static final String BUCKET = "bucket";

    private final PlanRequest request;
    private final AudienceParams params;

    private AudiencePlanner(PlanRequest request) {
        this.request = request;
        this.params = AudienceParams.parse(request.params());
        boolean exactly = request.collaborating()
                && request.inputs().size() == params.tags().size()
                && request.inputs().stream()
                        .allMatch(input ->
                                params.tags().containsKey(input.dataset().id()));
        if (!exactly) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** The plan, or the code of the first thing that stands against it; malformed parameters throw. */
    static Planned plan(PlanRequest request, Function<List<EncryptedTags.Wanted>, EncryptedTags.Standing> tags) {
        var planner = new AudiencePlanner(request);
        Optional<Code> refusal = planner.rowsRefusal();
        if (refusal.isPresent()) {
            return new Planned.Refused(refusal.get());
        }
        return switch (tags.apply(planner.wanted())) {
            case EncryptedTags.Standing.Missing(Code code) -> new Planned.Refused(code);
            case EncryptedTags.Standing.There there ->
                planner.tagRefusal(there).<Planned>map(Planned.Refused::new).orElseGet(() -> planner.sized(there));
        };
    }

    private List<EncryptedTags.Wanted> wanted() {
        return params.tags().keySet().stream()
                .map(id -> new EncryptedTags.Wanted(
                        id, input(id).version(), params.tags().get(id)))
                .toList();
    }

    private PlanRequest.Input input(DatasetId id) {
        return request.input(id).orElseThrow(() -> new DataException(Code.INVALID_REQUEST));
    }

    private Dataset declared(DatasetId id) {
        return input(id).dataset();
    }

    private Selection selection(DatasetId id) {
        return Selection.of(id, params.where(id), params.groupBy().map(column -> new KeyAsk(column, Optional.empty())));
    }

    /** One row a person, so that a person has one tag and one segment; segments of one declared domain everywhere. */
    private Optional<Code> rowsRefusal() {
        for (DatasetId id : params.tags().keySet()) {
            Dataset dataset = declared(id);
            Optional<Code> refusal = selection(id).refusal(dataset);
            if (refusal.isPresent()) {
                return refusal;
            }
            if (dataset.unit().orElseThrow().rowsMax() != ROWS_MAX) {
                return Optional.of(Code.OP_NOT_ALLOWED);
            }
        }
        long domains =
                params.tags().keySet().stream().map(this::labels).distinct().count();
        boolean dated = params.groupBy().isPresent()
                && params.tags().keySet().stream()
                        .anyMatch(id -> StoredForm.of(keyColumn(id)).dated());
        if (domains > 1 || dated) {
            return Optional.of(Code.NEEDS_PUBLIC_GROUPS);
        }
        return labels(params.tags().firstKey()).size() > SealedTerms.GROUPS_MAX
                        || literals() > Selection.PRIVATE_LITERALS_MAX
                ? Optional.of(Code.PLAN_TOO_LARGE)
                : Optional.empty();
    }

    private Column keyColumn(DatasetId id) {
        return declared(id).column(params.groupBy().orElseThrow()).orElseThrow();
    }

    private List<String> labels(DatasetId id) {
        return params.groupBy().isPresent() ? StoredForm.domain(keyColumn(id)) : List.of("");
    }

    private long literals() {
        return params.tags().keySet().stream()
                .flatMap(id -> rows(id).where().stream())
                .flatMap(filter -> filter.literals().stream())
                .filter(DpPlan.Literal.Text.class::isInstance)
                .count();
    }

    private DpPlan rows(DatasetId id) {
        return selection(id).plan(declared(id), List.of());
    }

    /** What a tag is made of must be open to sums, below level 5, and bounded. */
    private Optional<Code> tagRefusal(EncryptedTags.Standing.There there) {
        boolean oneDomain = there.tags().values().stream()
                        .map(tag -> tag.spec().buckets())
                        .distinct()
                        .count()
                == 1;
        if (counts() && !oneDomain) {
            return Optional.of(Code.NEEDS_PUBLIC_GROUPS);
        }
        for (DatasetId id : params.tags().keySet()) {
            TagSpec spec = there.tags().get(id).spec();
            Optional<Column> column = declared(id).column(spec.column());
            if (column.isEmpty() || column.get().level().atLeast(Level.L5)) {
                return Optional.of(Code.LABEL_L5_USE);
            }
            boolean open =
                    column.get().allows(Use.ENCRYPTED_ONLY) || column.get().allows(Use.AGGREGATE_ONLY);
            if (!open) {
                return Optional.of(Code.AGG_NOT_ALLOWED);
            }
            // One person's number and a platform's counts are summed and opened in different ways.
            if (spec.isBuckets() != counts()) {
                return Optional.of(Code.AGG_NOT_ALLOWED);
            }
            Clamp clamp = clamp(id, spec);
            if (clamp.magnitude() < 1) {
                return Optional.of(Code.NO_BOUNDS);
            }
            // Encrypted under an earlier declaration: every holder would refuse, so nobody is charged for it.
            if (!spec.isOf(column.get())) {
                return Optional.of(Code.TAGS_MISSING);
            }
            if (params.metric() == Metric.COUNT && !clamp.equals(new Clamp(0, 1))) {
                return Optional.of(Code.AGG_NOT_ALLOWED);
            }
        }
        return Optional.empty();
    }

    private boolean counts() {
        return params.kind() == QueryKind.BUCKETS;
    }

    /** What a person adds at this platform; of a column without bounds, nothing. */
    private Clamp clamp(DatasetId id, TagSpec spec) {
        Clamp none = new Clamp(0, 0);
        return switch (spec.kind()) {
            case VALUE ->
                declared(id).column(spec.column()).flatMap(Column::clamp).orElse(none);
            case AT_LEAST, BUCKETS -> new Clamp(0, 1);
        };
    }

    private Planned sized(EncryptedTags.Standing.There there) {
        List<Clamp> clamps = params.tags().keySet().stream()
                .map(id -> clamp(id, there.tags().get(id).spec()))
                .toList();
        int platforms = clamps.size();
        long maxAbs = clamps.stream().mapToLong(Clamp::magnitude).max().orElseThrow();
        boolean signed = clamps.stream().anyMatch(clamp -> clamp.min() < 0);
        if (maxAbs > io.tamis.data.Json.Int.MAGNITUDE_MAX / platforms) {
            return new Planned.Refused(Code.MAY_FAIL_AT_RUNTIME);
        }
        long bound = maxAbs * platforms;
        List<String> labels = counts()
                ? there.tags().firstEntry().getValue().spec().buckets()
                : labels(params.tags().firstKey());
        int threshold = there.key().roster().threshold();
        var terms = new SealedTerms(
                params.kind(),
                labels.size(),
                platforms,
                new Clamp(signed ? -bound : 0, bound),
                threshold,
                request.loss(),
                minUsers(there));
        if (request.loss().micro() < terms.measures().size()) {
            return new Planned.Refused(Code.BELOW_UTILITY_FLOOR);
        }
        if (!terms.affordable()) {
            return new Planned.Refused(Code.MAY_FAIL_AT_RUNTIME);
        }
        BigInteger magnitude = magnitude(there, terms);
        if (!opens(there, magnitude)) {
            return new Planned.Refused(Code.MAY_FAIL_AT_RUNTIME);
        }
        var sources = params.tags().keySet().stream()
                .map(id -> new AudienceQuery.Source(id, there.tags().get(id).spec(), rows(id)))
                .toList();
        var query = new AudienceQuery(
                sources,
                labels,
                terms,
                params.metric(),
                there.key().epoch(),
                params.resultKey(),
                magnitude.longValueExact());
        return new Plan(query, terms.spec(keys(labels), layout()), uses(there));
    }

    private int minUsers(EncryptedTags.Standing.There there) {
        boolean identifying = params.tags().keySet().stream()
                .anyMatch(id -> tagColumn(id, there).level().atLeast(Level.L4));
        return identifying ? Math.max(USERS_MIN_L4, request.minUsers()) : request.minUsers();
    }

    private Column tagColumn(DatasetId id, EncryptedTags.Standing.There there) {
        return declared(id).column(there.tags().get(id).spec().column()).orElseThrow();
    }

    private static HeParams scheme(EncryptedTags.Standing.There there) {
        return HeParams.named(there.key().roster().profile().value())
                .orElseThrow(() -> new DataException(Code.KEY_EPOCH_MISSING));
    }

    /** By blocks or declared rows, not by persons: what holders compute from the same tickets, a little less, is then admitted too. */
    private BigInteger magnitude(EncryptedTags.Standing.There there, SealedTerms terms) {
        int n = scheme(there).n();
        BigInteger sum = BigInteger.ZERO;
        for (DatasetId id : params.tags().keySet()) {
            UploadedTag tag = there.tags().get(id);
            long positions = counts()
                    ? declared(id).rowCapacity()
                    : (long) tag.ciphertexts().size() * n;
            sum = sum.add(BigInteger.valueOf(positions)
                    .multiply(BigInteger.valueOf(clamp(id, tag.spec()).magnitude())));
        }
        var own = terms.sumLoss().spread(terms.measures().getLast(), 1);
        BigInteger noise = own.sigma()
                .multiply(BigDecimal.valueOf((long) SIGMAS * terms.holders()))
                .setScale(0, RoundingMode.CEILING)
                .toBigIntegerExact();
        return sum.add(noise);
    }

    /** Neither the sum with all noise nor the flooding of the shares may pass what the parameters hold. */
    private boolean opens(EncryptedTags.Standing.There there, BigInteger magnitude) {
        HeParams scheme = scheme(there);
        int summed = there.tags().values().stream()
                .mapToInt(tag -> tag.ciphertexts().size())
                .sum();
        int contributors = there.key().roster().holders().size();
        return NoiseBounds.plaintextFits(scheme, magnitude)
                && (counts()
                                ? NoiseBounds.ofPlain(scheme, contributors, summed)
                                : NoiseBounds.ofMasked(scheme, contributors, summed))
                        .admitted();
    }

    private List<GroupKey> keys(List<String> labels) {
        if (counts()) {
            return List.of(new GroupKey(BUCKET, labels));
        }
        return params.groupBy().stream()
                .map(column -> new GroupKey(column.value(), labels))
                .toList();
    }

    /** The number asked for, then the users of each platform, which are measured and paid anyway. */
    private Layout layout() {
        if (counts()) {
            return new Layout(List.of(0), List.of(new Layout.Named("count", 0)));
        }
        var columns = new ArrayList<Layout.Named>();
        columns.add(
                switch (params.metric()) {
                    case COUNT -> new Layout.Named("count", 0);
                    case SUM -> new Layout.Named("sum", 0);
                    // Of a sum that only the merchant reads, only the merchant can make a mean.
                    case MEAN ->
                        params.resultKey().isPresent() ? new Layout.Named("sum", 0) : new Layout.Named("mean", 1);
                });
        for (DatasetId id : params.tags().keySet()) {
            int party = columns.size() - 1;
            String name = "users:" + id;
            boolean fits = name.length() <= Layout.Named.ID_LENGTH_MAX;
            columns.add(new Layout.Named(fits ? name : "users:" + party, SealedTerms.usersOf(party)));
        }
        return new Layout(params.groupBy().isPresent() ? List.of(0) : List.of(), columns);
    }

    /** A tag goes in encrypted, from level 4 on, and comes out as a noised sum; conditions and key are as AGGREGATE's. */
    private List<ColumnUse> uses(EncryptedTags.Standing.There there) {
        var uses = new LinkedHashSet<ColumnUse>();
        for (DatasetId id : params.tags().keySet()) {
            Column tag = tagColumn(id, there);
            Action action = tag.level().atLeast(Level.L4) ? Action.COMPUTE_ENCRYPTED : Action.COMPUTE;
            uses.add(new ColumnUse(id, tag.name(), Context.SANDBOX_INPUT, action));
            selection(id)
                    .columns()
                    .forEach(column -> uses.add(new ColumnUse(id, column, Context.SANDBOX_INPUT, Action.COMPUTE)));
            Stream.concat(Stream.of(tag.name()), params.groupBy().stream())
                    .forEach(column -> uses.add(new ColumnUse(id, column, Context.SANDBOX_OUTPUT, Action.AGGREGATE)));
        }
        return List.copyOf(uses);
    }
}
