package io.tamis.holder.check;

import io.tamis.data.Column;
import io.tamis.data.Dataset;
import io.tamis.holder.TagSpec;
import io.tamis.holder.ticket.TicketSource;
import java.util.Objects;

/**
 * A source as the holder knows it: declared in its own bundle, passed in a round of its own.
 *
 * @param column what the tag is made of
 * @param spec as the platform signed it
 */
record TicketTag(TicketSource source, Dataset dataset, Column column, PassedRound round, TagSpec spec) {
    TicketTag {
        Objects.requireNonNull(source);
        Objects.requireNonNull(dataset);
        Objects.requireNonNull(column);
        Objects.requireNonNull(round);
        Objects.requireNonNull(spec);
    }

    /** Greatest magnitude of a value: of the clamp, or 1. */
    long maxAbs() {
        return spec.maxAbs();
    }
}
