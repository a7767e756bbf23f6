package io.tamis.jobs;

import io.tamis.data.Code;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Puts right what the last worker left. Runs once a replica holds the workers' lease, when no other worker can exist: a
 * job that is RUNNING then was interrupted. It is charged and fails; its scan is not resumed, as half a scan repeated with
 * new noise would be a second look for one price. A reservation whose job has ended goes back.
 */
@Singleton
class Recovery {
    private final Jdbi jdbi;
    private final JobRows rows;
    private final Settlement settlement;
    private final BudgetBook budget;

    Recovery(Jdbi jdbi, JobRows rows, Settlement settlement, BudgetBook budget) {
        this.jdbi = jdbi;
        this.rows = rows;
        this.settlement = settlement;
        this.budget = budget;
    }

    void run() {
        jdbi.useTransaction(this::recover);
    }

    private void recover(Handle tx) {
        rows.interrupted(tx).forEach(job -> settlement.fail(tx, job.id(), Code.JOB_FAILED));
        rows.endedButReserved(tx)
                .forEach(job -> budget.refund(tx, job.id(), job.actor().party()));
    }
}
