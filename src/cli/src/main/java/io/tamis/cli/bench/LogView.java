package io.tamis.cli.bench;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.log.BudgetRow;
import io.tamis.log.EventType;
import io.tamis.log.ExportEntry;
import io.tamis.log.LedgerEvent;
import java.util.HashMap;
import java.util.Map;

/** What a soak needs of a verified export: where each event is, what happened to each job, what the budgets add up to. */
final class LogView {
    private final Map<EventId, Long> places = new HashMap<>();
    private final Map<String, Integer> submitted = new HashMap<>();
    private final Map<String, Long> reserved = new HashMap<>();
    private final Map<String, Long> spent = new HashMap<>();

    /** Adds the next entry. */
    void add(ExportEntry entry) {
        places.put(entry.id(), entry.index());
        if (entry instanceof ExportEntry.Present present) {
            present.event().type().ifPresent(type -> add(type, present.event()));
        }
    }

    private void add(EventType type, LedgerEvent event) {
        switch (type) {
            case JOB_SUBMITTED -> submitted.merge(new JsonFields(event.body()).string("job", 64), 1, Integer::sum);
            case BUDGET_RESERVED -> move(event, 1, 0);
            case BUDGET_CHARGED -> move(event, -1, 1);
            case BUDGET_RETURNED -> move(event, -1, 0);
            default -> {
                // All other types are of no concern here, and none is a mistake.
            }
        }
    }

    private void move(LedgerEvent event, int toReserved, int toSpent) {
        Json rows = event.body().member("rows").orElseThrow(() -> new DataException(Code.INVALID_REQUEST));
        if (rows instanceof Json.Arr array) {
            for (Json item : array.items()) {
                var row = BudgetRow.fromJson(item);
                long rho = row.amount().rho().value();
                reserved.merge(key(item), toReserved * rho, Long::sum);
                spent.merge(key(item), toSpent * rho, Long::sum);
            }
        }
    }

    /** Dataset, merchant and period of a row, as the log and the API name them. */
    static String key(Json row) {
        var fields = new JsonFields(row);
        return fields.string("dataset", 64) + " " + fields.string("merchant", 64) + " " + fields.string("period", 16);
    }

    Map<EventId, Long> places() {
        return places;
    }

    int submissions(String job) {
        return submitted.getOrDefault(job, 0);
    }

    Map<String, Long> reserved() {
        return reserved;
    }

    Map<String, Long> spent() {
        return spent;
    }
}
