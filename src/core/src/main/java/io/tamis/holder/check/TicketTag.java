package io.tamis.holder.check;

import io.tamis.data.Column;
import io.tamis.data.Dataset;
import io.tamis.holder.ticket.TicketSource;
import java.util.Objects;

/**
 * A source as the holder knows it: declared in its own bundle, passed in a round of its own.
 *
 * @param column what the tag is made of
 * @param maxAbs greatest magnitude of a value: of the clamp, or 1
 */
record TicketTag(TicketSource source, Dataset dataset, Column column, PassedRound round, long maxAbs) {
    TicketTag {
        Objects.requireNonNull(source);
        Objects.requireNonNull(dataset);
        Objects.requireNonNull(column);
        Objects.requireNonNull(round);
    }
}
