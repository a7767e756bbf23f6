package io.tamis.holder.ticket;

import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.ColumnName;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.Purpose;
import io.tamis.holder.TagName;
import io.tamis.privacy.Loss;
import io.tamis.privacy.Mechanism;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * An {@code AUDIENCE_AGGREGATE} request as far as a key holder can hold a ticket against it. Read strictly: a request with a
 * member that is not known here may ask something that the ticket does not show, and no ticket fits it.
 *
 * <p>NOT covered: {@code where}. The holder sees masks, not the columns they were made of; what they say is the server's word.
 *
 * @param sources dataset, version, purpose and tag; each dataset once
 * @param kind BUCKETS when the request names {@code buckets} and not {@code tags}
 * @param groupBy the column whose values are the segments; without it there is one
 * @param resultKey the merchant's key that alone reads the sums; without one the service reads them
 * @param loss what each dataset is to be charged
 * @param minUsers least number of persons that the submitter asked for
 */
public record AskedAudience(
        CollaborationId collaboration,
        Set<Source> sources,
        Metric metric,
        QueryKind kind,
        Optional<ColumnName> groupBy,
        Optional<Hash> resultKey,
        Loss loss,
        OptionalInt minUsers) {
    private static final String TYPE = "AUDIENCE_AGGREGATE";
    private static final int TEXT_LENGTH_MAX = 64;
    private static final int COLUMN_LENGTH_MAX = 128;
    private static final int REASON_LENGTH_MAX = 500;
    private static final long AMOUNT_MAX = Math.min(MicroRho.VALUE_MAX, MicroEpsilon.VALUE_MAX);

    public AskedAudience {
        Objects.requireNonNull(collaboration);
        Objects.requireNonNull(metric);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(groupBy);
        Objects.requireNonNull(resultKey);
        Objects.requireNonNull(loss);
        Objects.requireNonNull(minUsers);
        sources = Set.copyOf(sources);
    }

    /** One platform's part of what is asked. */
    public record Source(DatasetId dataset, int version, Purpose purpose, TagName tag) {
        public Source {
            Objects.requireNonNull(dataset);
            Objects.requireNonNull(purpose);
            Objects.requireNonNull(tag);
        }

        static Source of(TicketSource source) {
            return new Source(source.dataset(), source.version(), source.purpose(), new TagName(source.tag()));
        }
    }

    /** The sources of a ticket in these terms; one that stands there twice is one here. */
    public static Set<Source> sources(DecryptionTicket ticket) {
        var sources = new HashSet<Source>();
        ticket.sources().forEach(source -> sources.add(Source.of(source)));
        return Set.copyOf(sources);
    }

    /** Reads a job request; {@code INVALID_REQUEST}, {@code UNKNOWN_FIELD} or {@code TOO_LARGE} when it is not one of these. */
    public static AskedAudience parse(Json.Obj request) {
        var fields = new JsonFields(request);
        if (!fields.string("type", TEXT_LENGTH_MAX).equals(TYPE)) {
            throw invalid();
        }
        // Names, words and forms of the answer: nothing that a ticket depends on.
        fields.string("jobRequestId", TEXT_LENGTH_MAX);
        fields.string("reason", REASON_LENGTH_MAX);
        fields.optionalObject("output");
        fields.optionalInteger("assumedUsers", 1, Integer.MAX_VALUE);
        fields.flag("acceptLowUtility");
        var collaboration = new CollaborationId(fields.string("collaborationId", TEXT_LENGTH_MAX));
        JsonFields privacy = fields.object("privacy");
        Loss loss = loss(privacy);
        var minUsers = privacy.optionalInteger("minUsers", 1, Integer.MAX_VALUE);
        privacy.end();
        JsonFields params = fields.object("params");
        Metric metric = params.constant("metric", Metric.class);
        boolean counts = params.optionalObject("buckets").isPresent();
        Map<DatasetId, TagName> tags = tags(params.value(counts ? "buckets" : "tags"));
        Optional<ColumnName> groupBy = counts ? Optional.empty() : groupBy(params);
        Optional<Hash> resultKey = counts
                ? Optional.empty()
                : params.optionalString("resultKey", 2 * Hash.LENGTH).map(Hash::parse);
        params.end();
        Set<Source> sources = sources(fields, tags);
        fields.end();
        return new AskedAudience(
                collaboration,
                sources,
                metric,
                counts ? QueryKind.BUCKETS : QueryKind.MASKED,
                groupBy,
                resultKey,
                loss,
                minUsers.isPresent() ? OptionalInt.of((int) minUsers.getAsLong()) : OptionalInt.empty());
    }

    /** What only a question to tags has: of counts there is nothing to choose. */
    private static Optional<ColumnName> groupBy(JsonFields params) {
        params.optionalObject("where");
        return params.optionalString("groupBy", COLUMN_LENGTH_MAX).map(ColumnName::new);
    }

    private static Loss loss(JsonFields privacy) {
        var mechanism = privacy.optionalConstant("mechanism", Mechanism.class).orElse(Mechanism.ZCDP_GAUSSIAN);
        return mechanism.loss(privacy.integer(mechanism.amount(), 1, AMOUNT_MAX));
    }

    private static Map<DatasetId, TagName> tags(Json json) {
        if (!(json instanceof Json.Obj(Map<String, Json> members))) {
            throw invalid();
        }
        var tags = new HashMap<DatasetId, TagName>();
        members.forEach((dataset, tag) ->
                tags.put(new DatasetId(dataset), new TagName(JsonFields.text(tag, TagName.LENGTH_MAX))));
        return tags;
    }

    /** A tag for every dataset, and no other. */
    private static Set<Source> sources(JsonFields fields, Map<DatasetId, TagName> tags) {
        List<Source> sources =
                fields.list("datasets", DecryptionTicket.SOURCES_MAX, item -> source(new JsonFields(item), tags));
        Set<DatasetId> datasets = new HashSet<>();
        boolean once = sources.stream().allMatch(source -> datasets.add(source.dataset()));
        if (!once || !datasets.equals(tags.keySet())) {
            throw invalid();
        }
        return Set.copyOf(sources);
    }

    private static Source source(JsonFields fields, Map<DatasetId, TagName> tags) {
        var dataset = new DatasetId(fields.string("id", TEXT_LENGTH_MAX));
        int version = (int) fields.integer("version", 1, Integer.MAX_VALUE);
        Purpose purpose = fields.constant("purpose", Purpose.class);
        fields.end();
        return new Source(
                dataset,
                version,
                purpose,
                Optional.ofNullable(tags.get(dataset)).orElseThrow(AskedAudience::invalid));
    }

    private static DataException invalid() {
        return new DataException(Code.INVALID_REQUEST);
    }
}
