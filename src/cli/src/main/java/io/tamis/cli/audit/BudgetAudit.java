package io.tamis.cli.audit;

import io.tamis.data.Charge;
import io.tamis.data.DeltaE18;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.log.BudgetRow;
import io.tamis.log.EventType;
import io.tamis.policy.Budgets;
import io.tamis.policy.PolicyBundle;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Adds the budgets up again. A charge moves reserved, scanning, charged, or reserved, returned, and keeps its rows; what
 * has begun to scan counts as spent, as it can never come back. No row is spent beyond the caps of the bundles that
 * permitted its jobs, a collaboration's row no less than a family's; and a merchant's month on a family is spent by one
 * mechanism.
 */
final class BudgetAudit {
    private static final int ROWS_MAX = 1000;

    /** A row of the budget table; the collaboration names only the row over all datasets. */
    record RowKey(BudgetRow row, Optional<String> collaboration) {
        static RowKey of(BudgetRow moved, Seen entry) {
            var bare = new BudgetRow(moved.dataset(), moved.merchant(), moved.period(), Charge.ZERO);
            return new RowKey(bare, moved.dataset().isPresent() ? Optional.empty() : entry.collaboration());
        }

        /** True of a merchant's month on a family with both kinds of spending; other rows have a cap for each. */
        boolean mixes(Charge sum) {
            return row.merchant().isPresent()
                    && row.period().isPresent()
                    && sum.rho().value() > 0
                    && sum.pureEpsilon().value() > 0;
        }
    }

    private enum State {
        RESERVED,
        SCANNING,
        CHARGED,
        RETURNED
    }

    /** A charge: what was reserved, on which rows. */
    private static final class Account {
        private final List<BudgetRow> rows;
        private final List<RowKey> keys;
        private State state = State.RESERVED;

        Account(List<BudgetRow> rows, List<RowKey> keys) {
            this.rows = List.copyOf(rows);
            this.keys = List.copyOf(keys);
        }

        void forEach(BiConsumer<RowKey, Charge> action) {
            for (int i = 0; i < rows.size(); i++) {
                action.accept(keys.get(i), rows.get(i).amount());
            }
        }
    }

    /** What is known of a row. */
    static final class Row {
        private Charge spent = Charge.ZERO;
        private Charge open = Charge.ZERO;
        private String lastReserved = "";
        private final Set<Hash> bundles = new HashSet<>();

        Charge spent() {
            return spent;
        }
    }

    private final Map<Hash, PolicyBundle> bundles;
    private final Jobs jobs;
    private final Findings findings;
    private final Map<JobId, Account> accounts = new HashMap<>();
    private final Map<RowKey, Row> rows = new HashMap<>();

    BudgetAudit(Map<Hash, PolicyBundle> bundles, Jobs jobs, Findings findings) {
        this.bundles = bundles;
        this.jobs = jobs;
        this.findings = findings;
    }

    Map<RowKey, Row> rows() {
        return Map.copyOf(rows);
    }

    /** How many charges have moved. */
    long charges() {
        return accounts.size();
    }

    /** True when the job's budget is spent for good. */
    boolean paid(JobId job) {
        Account account = accounts.get(job);
        return account != null && account.state == State.CHARGED;
    }

    /** A {@code budget.*} entry that moves a charge. */
    void moved(Seen entry, EventType type) {
        List<BudgetRow> moved = entry.fields().list("rows", ROWS_MAX, BudgetRow::fromJson);
        JobId job = entry.job();
        if (type == EventType.BUDGET_RESERVED) {
            reserve(entry, job, moved);
            return;
        }
        Account account = accounts.get(job);
        if (account == null) {
            findings.missing(entry.where(), Finding.Kind.BUDGET_MOVE_ILLEGAL, type.wire() + " without a reservation");
            return;
        }
        if (!Set.copyOf(account.rows).equals(Set.copyOf(moved)) || account.rows.size() != moved.size()) {
            findings.wrong(entry.where(), Finding.Kind.BUDGET_ROWS_WRONG, "is not the charge that was reserved");
        }
        State before = type == EventType.BUDGET_CHARGED ? State.SCANNING : State.RESERVED;
        if (account.state != before) {
            illegal(entry, account.state, type);
            return;
        }
        switch (type) {
            case BUDGET_SCANNING -> {
                account.state = State.SCANNING;
                account.forEach((key, amount) -> spend(entry, key, amount));
            }
            case BUDGET_CHARGED -> account.state = State.CHARGED;
            default -> {
                account.state = State.RETURNED;
                account.forEach(this::close);
            }
        }
    }

    /** A cap is what a bundle of the log says, or lower. */
    void capSet(Seen entry) {
        for (BudgetRow row : entry.fields().list("rows", ROWS_MAX, BudgetRow::fromJson)) {
            RowKey key = RowKey.of(row, entry);
            if (!allowed(key, bundles.keySet(), row.amount())) {
                findings.wrong(
                        entry.where(), Finding.Kind.BUDGET_OVER_CAP, "sets a cap above every bundle's of " + name(key));
            }
        }
    }

    /** After the last entry: what is still reserved fits too. */
    void end() {
        rows.forEach((key, row) -> {
            if (!row.open.equals(Charge.ZERO) && !fits(key, row, row.spent.plus(row.open))) {
                overCap(row.lastReserved, row, "reserves more than is left of " + name(key));
            }
            if (!key.mixes(row.spent) && key.mixes(row.spent.plus(row.open))) {
                mixed(row.lastReserved, key);
            }
        });
    }

    private void illegal(Seen entry, State state, EventType type) {
        String detail = type.wire() + " of a charge that is " + state;
        boolean maybeErased = type == EventType.BUDGET_CHARGED && state == State.RESERVED;
        if (maybeErased) {
            findings.missing(entry.where(), Finding.Kind.BUDGET_MOVE_ILLEGAL, detail);
        } else {
            findings.wrong(entry.where(), Finding.Kind.BUDGET_MOVE_ILLEGAL, detail);
        }
    }

    private void reserve(Seen entry, JobId job, List<BudgetRow> moved) {
        if (accounts.containsKey(job)) {
            findings.wrong(entry.where(), Finding.Kind.BUDGET_MOVE_ILLEGAL, "reserves for " + job + " again");
            return;
        }
        List<RowKey> keys = moved.stream().map(row -> RowKey.of(row, entry)).toList();
        accounts.put(job, new Account(moved, keys));
        Jobs.Job decided = jobs.job(job);
        check(entry, new Bill(moved, entry.collaboration()), decided);
        for (BudgetRow each : moved) {
            RowKey key = RowKey.of(each, entry);
            Row row = rows.computeIfAbsent(key, _ -> new Row());
            row.bundles.addAll(decided.bundles());
            row.open = row.open.plus(each.amount());
            row.lastReserved = entry.where();
        }
    }

    /** Held against itself and against what was decided. */
    private void check(Seen entry, Bill bill, Jobs.Job decided) {
        bill.flaw(entry.tenant(), entry.event().at())
                .ifPresent(flaw -> findings.wrong(entry.where(), Finding.Kind.BUDGET_ROWS_WRONG, flaw));
        if (!decided.permitted()) {
            findings.missing(entry.where(), Finding.Kind.PERMIT_MISSING, "reserves for a job that nothing permitted");
            return;
        }
        if (!bill.covers(decided.askedRho(), decided.askedEpsilon())) {
            findings.wrong(
                    entry.where(), Finding.Kind.BUDGET_ROWS_WRONG, "reserves less than the decision was asked for");
        }
        if (!decided.decidedIn(bill.collaboration())) {
            findings.wrong(
                    entry.where(),
                    Finding.Kind.BUDGET_ROWS_WRONG,
                    "does not reserve inside the collaboration it was decided in");
        }
        if (!bill.families().containsAll(decided.families())) {
            findings.wrong(entry.where(), Finding.Kind.BUDGET_ROWS_WRONG, "leaves out a dataset that was decided on");
        }
        if (!decided.families().containsAll(bill.families())) {
            findings.missing(
                    entry.where(), Finding.Kind.PERMIT_MISSING, "reserves on a dataset that nothing permitted");
        }
    }

    private void spend(Seen entry, RowKey key, Charge amount) {
        close(key, amount);
        Row row = rows.get(key);
        row.spent = row.spent.plus(amount);
        if (!fits(key, row, row.spent)) {
            overCap(entry.where(), row, "spends more than the bundle's cap of " + name(key));
        }
        if (key.mixes(row.spent)) {
            mixed(entry.where(), key);
        }
    }

    private void close(RowKey key, Charge amount) {
        Row row = rows.get(key);
        row.open = new Charge(
                new MicroRho(row.open.rho().value() - amount.rho().value()),
                new DeltaE18(row.open.delta().value() - amount.delta().value()),
                new MicroEpsilon(
                        row.open.pureEpsilon().value() - amount.pureEpsilon().value()));
    }

    private void mixed(String where, RowKey key) {
        findings.wrong(where, Finding.Kind.BUDGET_MODE_MIXED, "spends " + name(key) + " by two mechanisms");
    }

    private void overCap(String where, Row row, String detail) {
        if (row.bundles.isEmpty()) {
            findings.missing(where, Finding.Kind.BUDGET_OVER_CAP, detail);
        } else {
            findings.wrong(where, Finding.Kind.BUDGET_OVER_CAP, detail);
        }
    }

    /** True when a bundle that permitted one of the row's jobs allows that much. */
    private boolean fits(RowKey key, Row row, Charge sum) {
        return sum.equals(Charge.ZERO) || allowed(key, row.bundles, sum);
    }

    private boolean allowed(RowKey key, Set<Hash> by, Charge amount) {
        return by.stream()
                .filter(bundles::containsKey)
                .anyMatch(hash -> cap(key, bundles.get(hash).budgets())
                        .filter(amount::within)
                        .isPresent());
    }

    private static Optional<Charge> cap(RowKey key, Budgets budgets) {
        BudgetRow row = key.row;
        if (row.dataset().isEmpty()) {
            boolean collaboration = row.merchant().isEmpty() && row.period().isEmpty();
            return collaboration ? Optional.of(budgets.collaborationLifetime()) : Optional.empty();
        }
        if (row.merchant().isPresent()) {
            return Optional.of(row.period().isPresent() ? budgets.merchantMonth() : budgets.merchantLifetime());
        }
        return Optional.of(row.period().isPresent() ? budgets.allMonth() : budgets.allLifetime());
    }

    static String name(RowKey key) {
        BudgetRow row = key.row;
        return key.collaboration.map(id -> id + " ").orElse("") + "("
                + row.dataset().map(Object::toString).orElse("*") + ", "
                + row.merchant().map(Object::toString).orElse("*") + ", "
                + row.period().map(Object::toString).orElse("LIFETIME") + ")";
    }
}
