package io.tamis.ledger;

import io.tamis.log.Retention;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The living keys of one target, told apart by duty and hold. */
final class KeyCandidates {
    private static final String ON_DUTY = """
            k.month > CASE k.retention WHEN 'access' THEN :access WHEN 'decisions' THEN :decisions ELSE :accounts END""";

    private static final String ON_HOLD = """
            EXISTS (SELECT 1 FROM ledger_hold AS h WHERE h.lifted_at IS NULL AND (h.kind = 'WHOLE'
                OR (h.kind = 'SUBJECT' AND h.subject = k.subject)
                OR (h.kind = 'MONTH' AND h.retention = k.retention AND h.month = k.month)))""";

    private final Handle tx;
    private final RetentionRules rules;
    private final KeyTarget target;

    KeyCandidates(Handle tx, RetentionRules rules, KeyTarget target) {
        this.tx = tx;
        this.rules = rules;
        this.target = target;
    }

    /** Those that may be erased, at most so many. */
    List<UUID> erasable(int max) {
        return query("SELECT key_id", " AND NOT (" + ON_DUTY + ") AND NOT " + ON_HOLD + " ORDER BY key_id LIMIT :max")
                .bind("max", max)
                .mapTo(UUID.class)
                .list();
    }

    /** Some could be erased but for a hold. */
    boolean anyOnHold() {
        return any(" AND NOT (" + ON_DUTY + ") AND " + ON_HOLD);
    }

    /** Some have to be kept still. */
    boolean anyOnDuty() {
        return any(" AND " + ON_DUTY);
    }

    private boolean any(String condition) {
        return query("SELECT 1", condition + " LIMIT 1")
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private Query query(String select, String condition) {
        String of = target instanceof KeyTarget.OfSubject
                ? " AND k.subject = decode(:subject, 'hex')"
                : " AND k.retention = :retention AND k.month = :month";
        var query = tx.createQuery(select
                        + " FROM ledger_key AS k WHERE k.wrapped IS NOT NULL"
                        + " AND k.retention IN ('access', 'decisions', 'accounts')" + of + condition)
                .bind("access", rules.erasableThrough(Retention.ACCESS).toString())
                .bind("decisions", rules.erasableThrough(Retention.DECISIONS).toString())
                .bind("accounts", rules.erasableThrough(Retention.ACCOUNTS).toString());
        return target instanceof KeyTarget.OfSubject
                ? query.bind("subject", target.subjectHex())
                : query.bind("retention", target.retentionText()).bind("month", target.monthText());
    }

    /** A class and month whose time is over. */
    record Due(Retention retention, String month, long keys, boolean onHold) {}

    /** What should be gone and is not, at most so many. */
    static List<Due> due(Handle handle, RetentionRules rules, int max) {
        return handle.createQuery("SELECT k.retention, k.month, count(*) AS keys, bool_or(" + ON_HOLD + """
                ) AS on_hold FROM ledger_key AS k
                WHERE k.wrapped IS NOT NULL AND k.retention IN ('access', 'decisions', 'accounts') AND NOT (
                """ + ON_DUTY
                        + ") GROUP BY k.retention, k.month ORDER BY k.month, k.retention LIMIT :max")
                .bind("access", rules.dueThrough(Retention.ACCESS).toString())
                .bind("decisions", rules.dueThrough(Retention.DECISIONS).toString())
                .bind("accounts", rules.dueThrough(Retention.ACCOUNTS).toString())
                .bind("max", max)
                .map((row, context) -> new Due(
                        Retention.fromWire(row.getString("retention")).orElseThrow(),
                        row.getString("month"),
                        row.getLong("keys"),
                        row.getBoolean("on_hold")))
                .list();
    }
}
