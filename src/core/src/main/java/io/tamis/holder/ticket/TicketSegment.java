package io.tamis.holder.ticket;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.holder.TagSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One sum to be opened: the masked sum of one group of persons, of which coefficient 0 is opened; or the sum of the platforms'
 * own counts, which has no mask and of which there is one coefficient a bucket.
 *
 * @param label the group's declared key; empty when the job has no groups
 * @param masks hash of the mask of each source, in the sources' order; none of counts
 * @param buckets of counts, the values that are counted, in the order of coefficients; else none
 * @param aggregate {@link io.tamis.he.Aggregate#hash} of the sum that is to be opened
 */
public record TicketSegment(Optional<String> label, List<Hash> masks, List<String> buckets, Hash aggregate) {
    /** Longest label. */
    public static final int LABEL_LENGTH_MAX = 256;

    public TicketSegment {
        masks = List.copyOf(masks);
        buckets = List.copyOf(buckets);
        Objects.requireNonNull(aggregate);
        boolean labelled = label.map(text -> !text.isEmpty() && text.length() <= LABEL_LENGTH_MAX)
                .orElse(true);
        boolean named = buckets.stream().allMatch(value -> !value.isEmpty() && value.length() <= LABEL_LENGTH_MAX)
                && buckets.stream().distinct().count() == buckets.size();
        if (!labelled
                || !named
                || masks.isEmpty() == buckets.isEmpty()
                || masks.size() > DecryptionTicket.SOURCES_MAX
                || buckets.size() > TagSpec.BUCKETS_MAX
                || (label.isPresent() && masks.isEmpty())) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** The sum of one group of persons. */
    public TicketSegment(Optional<String> label, List<Hash> masks, Hash aggregate) {
        this(label, masks, List.of(), aggregate);
    }

    /** The sum of counts of these values. */
    public static TicketSegment counts(List<String> buckets, Hash aggregate) {
        return new TicketSegment(Optional.empty(), List.of(), buckets, aggregate);
    }

    /** How the sum comes about. */
    public QueryKind kind() {
        return buckets.isEmpty() ? QueryKind.MASKED : QueryKind.BUCKETS;
    }

    /** How many coefficients of the sum are opened, from the first on; all others are blinded. */
    public int outputs() {
        return Math.max(1, buckets.size());
    }

    Json.Obj toJson() {
        var json = Json.object().putIfPresent("label", label).put("aggregate", aggregate.hex());
        return switch (kind()) {
            case MASKED -> json.put("masks", TicketJson.hashes(masks)).build();
            case BUCKETS -> json.put("buckets", Json.strings(buckets)).build();
        };
    }

    static TicketSegment fromJson(Json json) {
        var fields = new JsonFields(json);
        var segment = new TicketSegment(
                fields.optionalString("label", LABEL_LENGTH_MAX),
                fields.optionalList("masks", DecryptionTicket.SOURCES_MAX, TicketJson::hash),
                fields.optionalList("buckets", TagSpec.BUCKETS_MAX, item -> JsonFields.text(item, LABEL_LENGTH_MAX)),
                TicketJson.hash(fields.value("aggregate")));
        fields.end();
        return segment;
    }
}
