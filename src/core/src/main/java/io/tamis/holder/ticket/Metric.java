package io.tamis.holder.ticket;

/** What the merchant reads off the opened numbers; holders open the same sums for all of them. */
public enum Metric {
    /** Persons whose tag is 1: a sum of tags of 0 and 1. */
    COUNT,
    /** The sum of the tags. */
    SUM,
    /** The sum over the noised number of persons. */
    MEAN
}
