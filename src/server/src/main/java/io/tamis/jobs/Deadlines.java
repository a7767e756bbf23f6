package io.tamis.jobs;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/** Ends jobs that have waited too long for approvals or shares. Run by the worker between jobs, so at most a scan late. */
@Singleton
class Deadlines {
    private static final Logger LOG = Logger.getLogger(Deadlines.class);

    /** Most jobs ended at a time, so that others' turn comes. */
    private static final int SWEEP_MAX = 100;

    private final Jdbi jdbi;
    private final JobRows rows;
    private final Settlement settlement;
    private final InstantSource clock;

    Deadlines(Jdbi jdbi, JobRows rows, Settlement settlement, InstantSource clock) {
        this.jdbi = jdbi;
        this.rows = rows;
        this.settlement = settlement;
        this.clock = clock;
    }

    /** Each in its own transaction, which looks again: it may have been approved, opened or cancelled meanwhile. */
    void sweep() {
        Instant now = clock.instant();
        for (var id : jdbi.inTransaction(tx -> rows.overdue(tx, now, SWEEP_MAX))) {
            try {
                jdbi.useTransaction(tx -> settlement.expire(tx, id, now));
            } catch (RuntimeException failed) {
                // One that cannot be ended must not keep the others from theirs.
                LOG.warnf("job %s cannot be ended: %s", id, failed.getClass().getName());
            }
        }
    }
}
