package io.tamis.jobs;

import io.tamis.data.Charge;
import io.tamis.data.CollaborationId;
import io.tamis.data.DeltaE18;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.PartyId;
import io.tamis.ledger.Events;
import io.tamis.ledger.Ledger;
import io.tamis.log.BudgetRow;
import io.tamis.log.EventType;
import io.tamis.policy.Budgets;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

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

    private final BudgetRows rows;
    private final Ledger ledger;
    private final Events events;
    private final InstantSource clock;
    private final Tick tick;

    BudgetBook(BudgetRows rows, Ledger ledger, Events events, InstantSource clock, Tick tick) {
        this.rows = rows;
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
        this.tick = tick;
    }

    /**
     * Reserves the bill on all its rows or on none. False when one of them does not cover it, or is spent by the other
     * mechanism; which one is not told, as the rows of all merchants and of a collaboration show rivals' spending.
     */
    boolean reserve(Handle tx, Bill bill, Budgets caps) {
        YearMonth month = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC));
        Map<BudgetRowKey, Charge> lines = bill.lines(month);
        tx.savepoint(SAVEPOINT);
        for (var line : lines.entrySet()) {
            if (!reserve(tx, bill, line.getKey(), line.getValue(), caps)) {
                tx.rollbackToSavepoint(SAVEPOINT);
                return false;
            }
        }
        tx.releaseSavepoint(SAVEPOINT);
        var moved = new ArrayList<BudgetRow>();
        lines.forEach((row, charge) -> moved.add(row.moved(charge)));
        append(tx, EventType.BUDGET_RESERVED, new Payer(bill.job(), bill.merchant(), bill.collaboration()), moved);
        return true;
    }

    private boolean reserve(Handle tx, Bill bill, BudgetRowKey row, Charge charge, Budgets caps) {
        BudgetMode mode = BudgetMode.of(bill.loss());
        Charge cap = row.cap(caps);
        if (rows.open(tx, row, cap, mode)) {
            capSet(tx, row, cap);
        }
        if (!rows.reserve(tx, row, charge, mode)) {
            return false;
        }
        insertCharge(tx, bill, row, charge);
        return true;
    }

    /** RESERVED → SCANNING: commit this before a file is opened. False when there is nothing reserved. */
    boolean start(Handle tx, JobId job, PartyId merchant) {
        return move(tx, job, merchant, Move.START).isPresent();
    }

    /** What a charge moved, and the entry that says so. */
    record Spent(EventId event, List<BudgetRow> rows) {
        Spent {
            rows = List.copyOf(rows);
        }
    }

    /** SCANNING → SPENT, with the result in the same transaction, or with the failure that ended the scan. */
    boolean spend(Handle tx, JobId job, PartyId merchant) {
        return charge(tx, job, merchant).isPresent();
    }

    /** The same, with its entry as evidence. */
    Optional<Spent> charge(Handle tx, JobId job, PartyId merchant) {
        return move(tx, job, merchant, Move.SPEND);
    }

    /** RESERVED → REFUNDED: only of a job whose scan has not begun. */
    boolean refund(Handle tx, JobId job, PartyId merchant) {
        return move(tx, job, merchant, Move.REFUND).isPresent();
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

    /** Whom an entry is about. */
    private record Payer(JobId job, PartyId merchant, Optional<CollaborationId> collaboration) {}

    private Optional<Spent> move(Handle tx, JobId job, PartyId merchant, Move move) {
        List<ChargeRow> charges = charges(tx, job, move.from);
        if (charges.isEmpty()) {
            return Optional.empty();
        }
        for (ChargeRow charge : charges) {
            if (move.freesReserve()) {
                rows.free(tx, charge.row(), charge.amount(), move == Move.SPEND ? charge.amount() : Charge.ZERO);
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
        var collaboration = charges.stream()
                .flatMap(charge -> charge.row().collaboration().stream())
                .findFirst();
        return Optional.of(new Spent(append(tx, move.event, new Payer(job, merchant, collaboration), moved), moved));
    }

    /** Ordered by id, which is the order in which the rows were first locked. */
    private static List<ChargeRow> charges(Handle tx, JobId job, String state) {
        return tx.createQuery("select id, collaboration, dataset, merchant, period, rho_micro, delta_e18,"
                        + " pure_epsilon_micro from privacy_charge where job_id = :job and state = :state"
                        + " order by id for update")
                .bind("job", job.value())
                .bind("state", state)
                .map((row, context) -> new ChargeRow(
                        row.getLong("id"),
                        BudgetRowKey.read(row),
                        new Charge(
                                new MicroRho(row.getLong("rho_micro")),
                                new DeltaE18(row.getLong("delta_e18")),
                                new MicroEpsilon(row.getLong("pure_epsilon_micro")))))
                .list();
    }

    private void capSet(Handle tx, BudgetRowKey row, Charge cap) {
        var event = events.bySystem(EventType.BUDGET_CAP_SET, row.merchant().orElse(Events.SERVICE))
                .budgetRows(List.of(row.moved(cap)));
        row.dataset().ifPresent(event::dataset);
        row.collaboration().ifPresent(event::collaboration);
        ledger.append(tx, event.build());
    }

    private void insertCharge(Handle tx, Bill bill, BudgetRowKey row, Charge charge) {
        BudgetRows.bound(
                        tx.createUpdate("insert into privacy_charge (job_id, collaboration, dataset, merchant, period,"
                                + " rho_micro, delta_e18, pure_epsilon_micro, state, plan_digest, snapshot, created_at)"
                                + " values (:job, :collaboration, :dataset, :merchant, :period, :rho, :delta, :epsilon,"
                                + " 'RESERVED', :plan, :snapshot, :at)"),
                        row,
                        charge)
                .bind("job", bill.job().value())
                .bind("plan", bill.planDigest())
                .bind("snapshot", bill.snapshot(row).map(Hash::hex).orElse(null))
                .bind("at", clock.instant())
                .execute();
    }

    private EventId append(Handle tx, EventType type, Payer payer, List<BudgetRow> moved) {
        // Merchants read these entries: a time finer than the tick would tell how long their scan took.
        var event = events.bySystem(type, payer.merchant())
                .at(tick.after(clock.instant()))
                .job(payer.job())
                .budgetRows(moved);
        payer.collaboration().ifPresent(event::collaboration);
        return ledger.append(tx, event.build());
    }
}
