package io.tamis.audience;

import io.tamis.audience.tickets.SealedTerms;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.TagSpec;
import io.tamis.holder.ticket.Metric;
import io.tamis.privacy.DpPlan;
import io.tamis.privacy.Query;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A question to encrypted tags in canonical form. One release answers COUNT, SUM and MEAN alike, and a new key changes no
 * answer: neither is part of {@link #digest}. How many holders add noise is, and who alone can read the sums.
 *
 * @param sources by dataset id
 * @param labels of the segments, in order; one that is not shown when there are no segments
 * @param epoch under which key the tags are there
 * @param resultKey the merchant's key to which the sums are opened; without one this service reads them
 * @param magnitudeMax greatest magnitude of a right opening, noise included
 */
record AudienceQuery(
        List<Source> sources,
        List<String> labels,
        SealedTerms terms,
        Metric metric,
        KeyEpoch epoch,
        Optional<Hash> resultKey,
        long magnitudeMax)
        implements Query {
    private static final byte[] DOMAIN = "tamis/audience/v1\0".getBytes(StandardCharsets.UTF_8);

    /**
     * One platform's part.
     *
     * @param tag as the platform signed it
     * @param rows which persons, and their segments
     */
    record Source(DatasetId dataset, TagSpec tag, DpPlan rows) {
        Source {
            Objects.requireNonNull(tag);
            if (!dataset.equals(rows.dataset())) {
                throw new IllegalArgumentException("rows of another dataset");
            }
        }
    }

    AudienceQuery {
        sources = List.copyOf(sources);
        labels = List.copyOf(labels);
        Objects.requireNonNull(metric);
        Objects.requireNonNull(epoch);
        Objects.requireNonNull(resultKey);
        boolean sorted = sources.stream()
                .map(Source::dataset)
                .toList()
                .equals(sources.stream()
                        .map(Source::dataset)
                        .sorted()
                        .distinct()
                        .toList());
        if (!sorted || sources.size() != terms.parties() || labels.size() != terms.groups()) {
            throw new IllegalArgumentException("sources that do not fit the terms");
        }
    }

    /** True when the audience is cut into segments. */
    boolean segmented() {
        return !sources.getFirst().rows().groupBy().isEmpty();
    }

    @Override
    public Hash digest() {
        var json = Json.object()
                .put("holders", terms.holders())
                .putIfPresent("resultKey", resultKey.map(Hash::hex))
                .put(
                        "sources",
                        Json.array(sources.stream()
                                .map(source -> Json.object()
                                        .put("dataset", source.dataset().value())
                                        .put("tag", source.tag().json())
                                        .put("rows", source.rows().toJson())
                                        .build())
                                .toList()))
                .build();
        return Hash.sha256(DOMAIN, json.canonicalBytes());
    }
}
