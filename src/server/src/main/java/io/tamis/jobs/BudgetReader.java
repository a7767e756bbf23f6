package io.tamis.jobs;

import io.tamis.catalog.Catalog;
import io.tamis.data.Actor;
import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import io.tamis.privacy.Mechanism;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
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
            + " sum(rho_micro) filter (where ended_at is null or ended_at > :shown) as rho_reserved,"
            + " sum(rho_micro) filter (where state = 'SPENT' and ended_at <= :shown) as rho_spent,"
            + " sum(pure_epsilon_micro) filter (where ended_at is null or ended_at > :shown) as epsilon_reserved,"
            + " sum(pure_epsilon_micro) filter (where state = 'SPENT' and ended_at <= :shown) as epsilon_spent"
            + " from privacy_charge p where p.collaboration = b.collaboration and p.dataset = b.dataset"
            + " and p.merchant = b.merchant and p.period = b.period";

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

    /** One mechanism's part of a row. */
    private record Amounts(long cap, long reserved, long spent) {
        Json.Obj toJson() {
            return Json.object()
                    .put("cap", cap)
                    .put("reserved", reserved)
                    .put("spent", spent)
                    .build();
        }
    }

    private record Row(BudgetRowKey key, String mode, Amounts rho, Amounts epsilon) {
        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    BudgetRowKey.read(row),
                    row.getString("mode"),
                    new Amounts(row.getLong("rho_micro_cap"), row.getLong("rho_reserved"), row.getLong("rho_spent")),
                    new Amounts(
                            row.getLong("pure_epsilon_micro_cap"),
                            row.getLong("epsilon_reserved"),
                            row.getLong("epsilon_spent")));
        }

        Json.Obj toJson(List<Json.Obj> spentBy) {
            return Json.object()
                    .putIfPresent("collaboration", key.collaboration().map(CollaborationId::value))
                    .put("dataset", key.datasetText())
                    .put("merchant", key.merchantText())
                    .put("period", key.periodText())
                    .put("mode", mode)
                    .put(Mechanism.ZCDP_GAUSSIAN.amount(), rho.toJson())
                    .put(Mechanism.PURE_LAPLACE.amount(), epsilon.toJson())
                    .put("spentBy", Json.array(spentBy))
                    .build();
        }
    }

    /** The merchant's own month on these families, were {@code planned} spent on each: the {@code remaining} of a result. */
    Json.Arr remaining(PartyId merchant, List<DatasetId> datasets, Mechanism mechanism, long planned) {
        String month = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC)).toString();
        return Json.array(datasets.stream()
                .map(dataset -> Json.object()
                        .put("dataset", dataset.value())
                        .put("period", month)
                        .put(mechanism.amount(), Math.max(0, left(merchant, dataset, mechanism) - planned))
                        .build())
                .toList());
    }

    /** What this merchant could still spend this month by this mechanism, in millionths of its unit. */
    long left(PartyId merchant, DatasetId dataset, Mechanism mechanism) {
        YearMonth month = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC));
        return jdbi.inTransaction(tx -> BudgetRowKey.touchedBy(dataset, merchant, month).stream()
                .filter(row -> row.merchant().isPresent())
                .mapToLong(row -> free(tx, row, mechanism))
                .min()
                .orElse(0));
    }

    private long free(Handle tx, BudgetRowKey row, Mechanism mechanism) {
        var cap = mechanism.amountOf(row.cap(catalog.policy().budgets()));
        return tx.createQuery("select mode, rho_micro_reserved + rho_micro_spent as rho,"
                        + " pure_epsilon_micro_reserved + pure_epsilon_micro_spent as epsilon from privacy_budget"
                        + " where collaboration = '*' and dataset = :dataset and merchant = :merchant"
                        + " and period = :period")
                .bind("dataset", row.datasetText())
                .bind("merchant", row.merchantText())
                .bind("period", row.periodText())
                .map((found, context) -> Math.max(0, cap - committed(found, mechanism, cap)))
                .findOne()
                .orElse(cap);
    }

    /** A row that is spent by the other mechanism has nothing left for this one. */
    private static long committed(ResultSet row, Mechanism mechanism, long cap) throws SQLException {
        long rho = row.getLong("rho");
        long epsilon = row.getLong("epsilon");
        var mode = BudgetMode.valueOf(row.getString("mode"));
        return switch (mechanism) {
            case ZCDP_GAUSSIAN -> mode == BudgetMode.PURE && epsilon > 0 ? cap : rho;
            case PURE_LAPLACE -> mode == BudgetMode.ZCDP && rho > 0 ? cap : epsilon;
        };
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

    /** A collaboration's row is for officers: to a member it would show what the others ask. */
    private List<Row> visible(Handle tx, Actor actor, Optional<DatasetId> dataset) {
        var owned = catalog.policy().datasets().values().stream()
                .filter(declared -> declared.owner().equals(actor.party()))
                .map(declared -> declared.id().value())
                .toList();
        String own = actor.role() == Role.MERCHANT ? actor.party().value() : null;
        String[] owns = actor.role() == Role.PLATFORM ? owned.toArray(String[]::new) : null;
        return tx.createQuery(
                        "select b.*, coalesce(rho_reserved, 0) as rho_reserved, coalesce(rho_spent, 0) as rho_spent,"
                                + " coalesce(epsilon_reserved, 0) as epsilon_reserved, coalesce(epsilon_spent, 0) as epsilon_spent"
                                + " from privacy_budget b left join lateral (" + SHOWN
                                + ") c on true where (:dataset::text is null or dataset = :dataset)"
                                + " and (:own::text is null or merchant = :own)"
                                + " and (:owns::text[] is null or dataset = any(:owns::text[]))"
                                + " order by collaboration, dataset, merchant, period limit :limit")
                .bind("dataset", dataset.map(DatasetId::value).orElse(null))
                .bind("own", own)
                .bindBySqlType("owns", owns, java.sql.Types.ARRAY)
                .bind("shown", tick.last(clock.instant()))
                .bind("limit", ROWS_MAX)
                .map((row, context) -> Row.read(row))
                .list();
    }

    private List<Json.Obj> spentBy(Handle tx, Row row) {
        return tx.createQuery("select job_id, ended_at, rho_micro, pure_epsilon_micro from privacy_charge"
                        + " where collaboration = :collaboration and dataset = :dataset"
                        + " and merchant = :merchant and period = :period and state = 'SPENT'"
                        + " and ended_at <= :shown order by id desc limit :limit")
                .bind("collaboration", row.key().collaborationText())
                .bind("dataset", row.key().datasetText())
                .bind("merchant", row.key().merchantText())
                .bind("period", row.key().periodText())
                .bind("shown", tick.last(clock.instant()))
                .bind("limit", SPENT_BY_MAX)
                .map((charge, context) -> spent(charge))
                .list();
    }

    private Json.Obj spent(ResultSet charge) throws SQLException {
        long epsilon = charge.getLong("pure_epsilon_micro");
        var mechanism = epsilon > 0 ? Mechanism.PURE_LAPLACE : Mechanism.ZCDP_GAUSSIAN;
        return Json.object()
                .put("jobId", new JobId(charge.getObject("job_id", UUID.class)).toString())
                .put(
                        "at",
                        tick.after(charge.getObject("ended_at", OffsetDateTime.class)
                                        .toInstant())
                                .toString())
                .put(mechanism.amount(), epsilon > 0 ? epsilon : charge.getLong("rho_micro"))
                .build();
    }
}
