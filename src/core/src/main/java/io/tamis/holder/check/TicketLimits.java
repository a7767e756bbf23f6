package io.tamis.holder.check;

import java.time.Duration;

/** Numbers that every holder holds a ticket against, whatever the ticket says. */
final class TicketLimits {
    /** No number rests on fewer persons a platform, whatever anybody declares. */
    static final int COHORT_MIN = 50;

    /** The same when a tag is of level 4. */
    static final int COHORT_MIN_L4 = 100;

    /** Longest validity: the time a job waits for shares. */
    static final Duration VALIDITY_MAX = Duration.ofDays(3);

    /**
     * Longest time between a job's reservation, which names the month, and its charge: queue and scan. A scan takes minutes, the
     * queue has no limit of its own; a service that stood still as long as a job may wait for people (7 days) and for shares (72
     * hours) is still believed. Later than that in a month, a charge on the month before is refused.
     */
    static final Duration RESERVED_MAX = Duration.ofDays(10);

    /** How far the server's clock may be ahead of the holder's. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** The plaintext's room for noise, in standard deviations of each active holder: passed with a chance under 2^-100. */
    static final int SIGMAS = 12;

    private TicketLimits() {}
}
