package io.tamis.holder.ticket;

/** How inputs become the sums of a ticket, and which coefficients of the sums are opened. */
public enum QueryKind {
    /** Tags of persons, summed under masks: one sum a segment, of which coefficient 0 is opened. */
    MASKED,
    /** Counts of buckets, added up as they are: one sum, of which as many coefficients are opened as there are buckets. */
    BUCKETS
}
