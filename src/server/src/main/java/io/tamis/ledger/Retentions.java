package io.tamis.ledger;

import io.tamis.data.Json;
import io.tamis.log.Retention;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

/** Tells how long each class is kept and what of it is due. */
@Singleton
final class Retentions {
    private final Jdbi jdbi;
    private final RetentionRules rules;

    Retentions(Jdbi jdbi, RetentionRules rules) {
        this.jdbi = jdbi;
        this.rules = rules;
    }

    /** The classes, and what is due, oldest first, at most so many. */
    Json.Obj told(int max) {
        var due = jdbi.withHandle(handle -> KeyCandidates.due(handle, rules, max));
        return Json.object()
                .put(
                        "classes",
                        Json.array(rules.erasable().stream().map(this::told).toList()))
                .put("due", Json.array(due.stream().map(Retentions::told).toList()))
                .build();
    }

    private Json.Obj told(Retention retention) {
        var rule = rules.rule(retention).orElseThrow();
        return Json.object()
                .put("retention", retention.wire())
                .put("duty", rule.duty().toString())
                .put("keep", rule.keep().toString())
                .put("erasableThrough", rules.erasableThrough(retention).toString())
                .put("dueThrough", rules.dueThrough(retention).toString())
                .build();
    }

    private static Json.Obj told(KeyCandidates.Due due) {
        return Json.object()
                .put("retention", due.retention().wire())
                .put("month", due.month())
                .put("keys", due.keys())
                .put("onHold", due.onHold())
                .build();
    }
}
