package io.tamis.jobs;

import io.tamis.data.Charge;
import io.tamis.data.DatasetId;
import io.tamis.data.DeltaE18;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.PartyId;
import io.tamis.ledger.Events;
import io.tamis.ledger.Ledger;
import io.tamis.log.EventType;
import io.tamis.policy.Budgets;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * The money of the privacy budget. Each move happens in the caller's transaction together with its ledger entry.
 *
 * <p>RESERVED → SCANNING → SPENT, or RESERVED → REFUNDED; there is no way back from SCANNING, because whoever saw a scan
 * end could learn from it: refunding it would be a free oracle. Two jobs racing for the last budget meet in the
 * conditional UPDATE: the second sees the first one's committed sum, whatever the isolation of their reads.
 *
 * <p>A crash before the commit of a move leaves the row as it was; a crash after it leaves money moved and entry written.
 * After a restart {@link Recovery} spends what was SCANNING and refunds what was RESERVED without a live job.
 */
@Singleton
class BudgetBook {
    private static final String SAVEPOINT = "reserve";

    private final Ledger ledger;
    private final Events events;
    private final InstantSource clock;
    private final Tick tick;

    BudgetBook(Ledger ledger, Events events, InstantSource clock, Tick tick) {
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
        this.tick = tick;
    }

    /** Who is charged for what: one job over one dataset family. */
    record Bill(JobId job, PartyId merchant, DatasetId dataset, Charge charge, String planDigest, Hash snapshot) {}

    /**
     * Reserves the bill on all its rows or on none. False when one of them does not cover it; which one is not told, as
     * the row of all merchants shows rivals' spending.
     */
    boolean reserve(Handle tx, Bill bill, Budgets caps) {
        YearMonth month = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC));
        var rows = BudgetRowKey.touchedBy(bill.dataset(), bill.merchant(), month);
        tx.savepoint(SAVEPOINT);
        for (BudgetRowKey row : rows) {
            open(tx, row, row.cap(caps));
            if (!reserveRow(tx, row, bill.charge())) {
                tx.rollbackToSavepoint(SAVEPOINT);
                return false;
            }
            insertCharge(tx, bill, row);
        }
        tx.releaseSavepoint(SAVEPOINT);
        append(tx, EventType.BUDGET_RESERVED, bill.job(), bill.merchant(), moved(rows, bill.charge()));
        return true;
    }

    /** RESERVED → SCANNING: commit this before a file is opened. False when there is nothing reserved. */
    boolean start(Handle tx, JobId job, PartyId merchant) {
        return move(tx, job, merchant, Move.START);
    }

    /** SCANNING → SPENT, with the result in the same transaction, or with the failure that ended the scan. */
    boolean spend(Handle tx, JobId job, PartyId merchant) {
        return move(tx, job, merchant, Move.SPEND);
    }

    /** RESERVED → REFUNDED: only of a job whose scan has not begun. */
    boolean refund(Handle tx, JobId job, PartyId merchant) {
        return move(tx, job, merchant, Move.REFUND);
    }

    private enum Move {
        START("RESERVED", "SCANNING", EventType.BUDGET_SCANNING),
        SPEND("SCANNING", "SPENT", EventType.BUDGET_CHARGED),
        REFUND("RESERVED", "REFUNDED", EventType.BUDGET_RETURNED);

        final String from;
        final String to;
        final EventType event;

        Move(String from, String to, EventType event) {
            this.from = from;
            this.to = to;
            this.event = event;
        }

        boolean freesReserve() {
            return this != START;
        }
    }

    /** A row of {@code privacy_charge}. */
    private record ChargeRow(long id, BudgetRowKey row, Charge amount) {}

    private boolean move(Handle tx, JobId job, PartyId merchant, Move move) {
        List<ChargeRow> charges = charges(tx, job, move.from);
        if (charges.isEmpty()) {
            return false;
        }
        for (ChargeRow charge : charges) {
            if (move.freesReserve()) {
                freeReserve(tx, charge, move == Move.SPEND ? charge.amount() : Charge.ZERO);
            }
            tx.createUpdate("update privacy_charge set state = :to, ended_at = cast(:at as timestamptz) where id = :id")
                    .bind("to", move.to)
                    .bind("at", move.freesReserve() ? clock.instant() : null)
                    .bind("id", charge.id())
                    .execute();
        }
        var moved = charges.stream()
                .map(charge -> charge.row().moved(charge.amount()))
                .toList();
        append(tx, move.event, job, merchant, moved);
        return true;
    }

    /** Ordered by id, which is the order in which the rows were first locked. */
    private static List<ChargeRow> charges(Handle tx, JobId job, String state) {
        return tx.createQuery("select id, dataset, merchant, period, rho_micro, delta_e18, pure_epsilon_micro"
                        + " from privacy_charge where job_id = :job and state = :state order by id for update")
                .bind("job", job.value())
                .bind("state", state)
                .map((row, context) -> new ChargeRow(
                        row.getLong("id"),
                        new BudgetRowKey(
                                new DatasetId(row.getString("dataset")),
                                merchant(row.getString("merchant")),
                                period(row.getString("period"))),
                        new Charge(
                                new MicroRho(row.getLong("rho_micro")),
                                new DeltaE18(row.getLong("delta_e18")),
                                new MicroEpsilon(row.getLong("pure_epsilon_micro")))))
                .list();
    }

    /** Makes the row when it is new, and follows the bundle's cap, though never below what is already committed. */
    private void open(Handle tx, BudgetRowKey row, Charge cap) {
        int changed = bound(
                        tx.createUpdate(
                                "insert into privacy_budget as b (collaboration, dataset, merchant, period, mode,"
                                        + " rho_micro_cap, delta_e18_cap, pure_epsilon_micro_cap)"
                                        + " values ('*', :dataset, :merchant, :period, 'ZCDP', :rho, :delta, :epsilon)"
                                        + " on conflict (collaboration, dataset, merchant, period) do update set"
                                        + " rho_micro_cap = greatest(:rho, b.rho_micro_reserved + b.rho_micro_spent),"
                                        + " delta_e18_cap = greatest(:delta, b.delta_e18_reserved + b.delta_e18_spent),"
                                        + " pure_epsilon_micro_cap ="
                                        + " greatest(:epsilon, b.pure_epsilon_micro_reserved + b.pure_epsilon_micro_spent)"
                                        + " where b.rho_micro_cap <> :rho or b.delta_e18_cap <> :delta"
                                        + " or b.pure_epsilon_micro_cap <> :epsilon"),
                        row,
                        cap)
                .execute();
        if (changed > 0) {
            ledger.append(
                    tx,
                    events.bySystem(EventType.BUDGET_CAP_SET, row.merchant().orElse(Events.SERVICE))
                            .dataset(row.dataset())
                            .budgetRows(List.of(row.moved(cap)))
                            .build());
        }
    }

    private static boolean reserveRow(Handle tx, BudgetRowKey row, Charge amount) {
        return bound(
                                tx.createUpdate(
                                        "update privacy_budget set rho_micro_reserved = rho_micro_reserved + :rho,"
                                                + " delta_e18_reserved = delta_e18_reserved + :delta,"
                                                + " pure_epsilon_micro_reserved = pure_epsilon_micro_reserved + :epsilon"
                                                + " where collaboration = '*' and dataset = :dataset and merchant = :merchant"
                                                + " and period = :period"
                                                + " and rho_micro_reserved + rho_micro_spent + :rho <= rho_micro_cap"
                                                + " and delta_e18_reserved + delta_e18_spent + :delta <= delta_e18_cap"
                                                + " and pure_epsilon_micro_reserved + pure_epsilon_micro_spent + :epsilon"
                                                + " <= pure_epsilon_micro_cap"),
                                row,
                                amount)
                        .execute()
                == 1;
    }

    private static void freeReserve(Handle tx, ChargeRow charge, Charge spent) {
        int hit = bound(
                        tx.createUpdate("update privacy_budget set rho_micro_reserved = rho_micro_reserved - :rho,"
                                + " rho_micro_spent = rho_micro_spent + :spentRho,"
                                + " delta_e18_reserved = delta_e18_reserved - :delta,"
                                + " delta_e18_spent = delta_e18_spent + :spentDelta,"
                                + " pure_epsilon_micro_reserved = pure_epsilon_micro_reserved - :epsilon,"
                                + " pure_epsilon_micro_spent = pure_epsilon_micro_spent + :spentEpsilon"
                                + " where collaboration = '*' and dataset = :dataset and merchant = :merchant"
                                + " and period = :period"),
                        charge.row(),
                        charge.amount())
                .bind("spentRho", spent.rho().value())
                .bind("spentDelta", spent.delta().value())
                .bind("spentEpsilon", spent.pureEpsilon().value())
                .execute();
        if (hit != 1) {
            throw new IllegalStateException("a charge without its budget row");
        }
    }

    private void insertCharge(Handle tx, Bill bill, BudgetRowKey row) {
        bound(
                        tx.createUpdate("insert into privacy_charge (job_id, collaboration, dataset, merchant, period,"
                                + " rho_micro, delta_e18, pure_epsilon_micro, state, plan_digest, snapshot, created_at)"
                                + " values (:job, '*', :dataset, :merchant, :period, :rho, :delta, :epsilon,"
                                + " 'RESERVED', :plan, :snapshot, :at)"),
                        row,
                        bill.charge())
                .bind("job", bill.job().value())
                .bind("plan", bill.planDigest())
                .bind("snapshot", bill.snapshot().hex())
                .bind("at", clock.instant())
                .execute();
    }

    private static Update bound(Update update, BudgetRowKey row, Charge amount) {
        return update.bind("dataset", row.dataset().value())
                .bind("merchant", row.merchantText())
                .bind("period", row.periodText())
                .bind("rho", amount.rho().value())
                .bind("delta", amount.delta().value())
                .bind("epsilon", amount.pureEpsilon().value());
    }

    private void append(Handle tx, EventType type, JobId job, PartyId merchant, List<io.tamis.log.BudgetRow> moved) {
        // Merchants read these entries: a time finer than the tick would tell how long their scan took.
        ledger.append(
                tx,
                events.bySystem(type, merchant)
                        .at(tick.after(clock.instant()))
                        .job(job)
                        .budgetRows(moved)
                        .build());
    }

    private static List<io.tamis.log.BudgetRow> moved(List<BudgetRowKey> rows, Charge amount) {
        return rows.stream().map(row -> row.moved(amount)).toList();
    }

    private static Optional<PartyId> merchant(String text) {
        return text.equals(BudgetRowKey.ALL) ? Optional.empty() : Optional.of(new PartyId(text));
    }

    private static Optional<YearMonth> period(String text) {
        return text.equals(BudgetRowKey.LIFETIME) ? Optional.empty() : Optional.of(YearMonth.parse(text));
    }
}
