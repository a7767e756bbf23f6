package io.tamis.jobs;

import io.tamis.data.Charge;
import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.PartyId;
import io.tamis.privacy.Loss;
import java.time.YearMonth;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who is charged for what: one job over some dataset families, each in full, and their sum on the collaboration, since one
 * person may be in all of them.
 *
 * @param snapshots the content read of each family
 */
record Bill(
        JobId job,
        PartyId merchant,
        Optional<CollaborationId> collaboration,
        NavigableMap<DatasetId, Hash> snapshots,
        Loss loss,
        String planDigest) {
    Bill {
        snapshots = Collections.unmodifiableNavigableMap(new TreeMap<>(snapshots));
        if (snapshots.isEmpty()) {
            throw new IllegalArgumentException("a bill without datasets");
        }
    }

    /**
     * Every row and what it is charged, in the one order in which every transaction locks rows: the collaboration, then
     * families by id. Two jobs over the same families therefore never wait for each other in a circle.
     */
    Map<BudgetRowKey, Charge> lines(YearMonth month) {
        var lines = new LinkedHashMap<BudgetRowKey, Charge>();
        collaboration.ifPresent(id -> lines.put(BudgetRowKey.of(id), sum()));
        for (DatasetId dataset : snapshots.keySet()) {
            BudgetRowKey.touchedBy(dataset, merchant, month).forEach(row -> lines.put(row, loss.charge()));
        }
        return Collections.unmodifiableMap(lines);
    }

    private Charge sum() {
        Charge sum = Charge.ZERO;
        for (int family = 0; family < snapshots.size(); family++) {
            sum = sum.plus(loss.charge());
        }
        return sum;
    }

    /** The content a row's charge was for; none for the collaboration's. */
    Optional<Hash> snapshot(BudgetRowKey row) {
        return row.dataset().map(snapshots::get);
    }
}
