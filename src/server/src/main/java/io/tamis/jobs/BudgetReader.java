package io.tamis.jobs;

import io.tamis.catalog.Catalog;
import io.tamis.data.Actor;
import io.tamis.data.Charge;
import io.tamis.data.DatasetId;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What is left of the budget, and who spent it. A merchant sees its own rows only: the row of all merchants would tell it
 * what its rivals ask.
 */
@Singleton
class BudgetReader {
    private static final int SPENT_BY_MAX = 200;
    private static final int ROWS_MAX = 200;

    /** What a row holds as far as it shows: an end shows on its tick, until then the charge counts as reserved. */
    private static final String SHOWN = "select"
            + " sum(rho_micro) filter (where ended_at is null or ended_at > :shown) as reserved,"
            + " sum(rho_micro) filter (where state = 'SPENT' and ended_at <= :shown) as spent"
            + " from privacy_charge p where p.dataset = b.dataset and p.merchant = b.merchant and p.period = b.period";

    private final Jdbi jdbi;
    private final Catalog catalog;
    private final InstantSource clock;
    private final Tick tick;

    BudgetReader(Jdbi jdbi, Catalog catalog, InstantSource clock, Tick tick) {
        this.jdbi = jdbi;
        this.catalog = catalog;
        this.clock = clock;
        this.tick = tick;
    }

    private record Row(String dataset, String merchant, String period, long cap, long reserved, long spent) {
        Json.Obj toJson(List<Json.Obj> spentBy) {
            return Json.object()
                    .put("dataset", dataset)
                    .put("merchant", merchant)
                    .put("period", period)
                    .put(
                            "rhoMicro",
                            Json.object()
                                    .put("cap", cap)
                                    .put("reserved", reserved)
                                    .put("spent", spent)
                                    .build())
                    .put("spentBy", Json.array(spentBy))
                    .build();
        }
    }

    /** The caller's own month on this family: the {@code remaining} of a result. */
    Json.Arr remaining(PartyId merchant, DatasetId dataset) {
        return remainingAfter(merchant, dataset, Charge.ZERO);
    }

    /** The same, were {@code planned} spent. */
    Json.Arr remainingAfter(PartyId merchant, DatasetId dataset, Charge planned) {
        String month = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC)).toString();
        return Json.array(List.of(Json.object()
                .put("dataset", dataset.value())
                .put("period", month)
                .put("rhoMicro", left(merchant, dataset, planned))
                .build()));
    }

    /** Micro-rho this merchant could still spend this month after {@code planned}, never below zero. */
    long left(PartyId merchant, DatasetId dataset, Charge planned) {
        String month = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC)).toString();
        var caps = catalog.policy().budgets();
        long smallest = jdbi.inTransaction(tx -> Math.min(
                free(tx, merchant, dataset, month, caps.merchantMonth()),
                free(tx, merchant, dataset, BudgetRowKey.LIFETIME, caps.merchantLifetime())));
        return Math.max(0, smallest - planned.rho().value());
    }

    private static long free(Handle tx, PartyId merchant, DatasetId dataset, String period, Charge cap) {
        long committed = tx.createQuery("select rho_micro_reserved + rho_micro_spent from privacy_budget"
                        + " where collaboration = '*' and dataset = :dataset and merchant = :merchant"
                        + " and period = :period")
                .bind("dataset", dataset.value())
                .bind("merchant", merchant.value())
                .bind("period", period)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
        return cap.rho().value() - committed;
    }

    /** The rows this caller may see, with the jobs that spent them. */
    Json.Obj rows(Actor actor, Optional<DatasetId> dataset) {
        return jdbi.inTransaction(tx -> {
            var items = visible(tx, actor, dataset).stream()
                    .map(row -> row.toJson(spentBy(tx, row)))
                    .toList();
            return Json.object().put("items", Json.array(items)).build();
        });
    }

    private List<Row> visible(Handle tx, Actor actor, Optional<DatasetId> dataset) {
        var owned = catalog.policy().datasets().values().stream()
                .filter(declared -> declared.owner().equals(actor.party()))
                .map(declared -> declared.id().value())
                .toList();
        String own = actor.role() == Role.MERCHANT ? actor.party().value() : null;
        String[] owns = actor.role() == Role.PLATFORM ? owned.toArray(String[]::new) : null;
        return tx.createQuery("select dataset, merchant, period, rho_micro_cap, coalesce(reserved, 0) as reserved,"
                        + " coalesce(spent, 0) as spent from privacy_budget b left join lateral (" + SHOWN
                        + ") c on true where (:dataset::text is null or dataset = :dataset)"
                        + " and (:own::text is null or merchant = :own)"
                        + " and (:owns::text[] is null or dataset = any(:owns::text[]))"
                        + " order by dataset, merchant, period limit :limit")
                .bind("dataset", dataset.map(DatasetId::value).orElse(null))
                .bind("own", own)
                .bindBySqlType("owns", owns, java.sql.Types.ARRAY)
                .bind("shown", tick.last(clock.instant()))
                .bind("limit", ROWS_MAX)
                .map((row, context) -> new Row(
                        row.getString("dataset"),
                        row.getString("merchant"),
                        row.getString("period"),
                        row.getLong("rho_micro_cap"),
                        row.getLong("reserved"),
                        row.getLong("spent")))
                .list();
    }

    private List<Json.Obj> spentBy(Handle tx, Row row) {
        return tx.createQuery("select job_id, ended_at, rho_micro from privacy_charge where dataset = :dataset"
                        + " and merchant = :merchant and period = :period and state = 'SPENT'"
                        + " and ended_at <= :shown order by id desc limit :limit")
                .bind("dataset", row.dataset())
                .bind("merchant", row.merchant())
                .bind("period", row.period())
                .bind("shown", tick.last(clock.instant()))
                .bind("limit", SPENT_BY_MAX)
                .map((charge, context) -> Json.object()
                        .put("jobId", new JobId(charge.getObject("job_id", UUID.class)).toString())
                        .put(
                                "at",
                                tick.after(charge.getObject("ended_at", OffsetDateTime.class)
                                                .toInstant())
                                        .toString())
                        .put("rhoMicro", charge.getLong("rho_micro"))
                        .build())
                .list();
    }
}
