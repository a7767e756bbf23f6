package io.tamis.sandbox.audiences;

import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.privacy.DpPlan;
import io.tamis.privacy.Query;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * In which of the audiences is each person, and in which segment.
 *
 * @param segment a plan of all rows of one dataset, with one key
 */
record OverlapQuery(Audiences audiences, Optional<DpPlan> segment) implements Query {
    /** The segment of persons whom the segment's dataset does not have, or without a declared value there. */
    static final String NO_SEGMENT = "(none)";

    private static final byte[] DOMAIN = "tamis/overlap/v1\0".getBytes(StandardCharsets.UTF_8);

    OverlapQuery {
        Objects.requireNonNull(audiences);
        Objects.requireNonNull(segment);
    }

    /** The labels of the segments, the last for nobody's; one without a name when persons are not segmented. */
    List<String> segments() {
        if (segment.isEmpty()) {
            return List.of(NO_SEGMENT);
        }
        var labels = new ArrayList<>(segment.get().groupBy().getFirst().labels());
        labels.add(NO_SEGMENT);
        return List.copyOf(labels);
    }

    @Override
    public Hash digest() {
        var json = Json.object().put("audiences", audiences.toJson());
        segment.ifPresent(rows -> json.put("segment", rows.toJson()));
        return Hash.sha256(DOMAIN, json.build().canonicalBytes());
    }
}
