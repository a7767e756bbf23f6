package io.tamis.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.JobId;
import io.tamis.ledger.EntryFacets.Facet;
import io.tamis.log.EventType;
import io.tamis.server.TamisTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** How long a rare job takes in a log of so many entries: {@code -Dtamis.search.size=1000000}; prints, judges nothing. */
@TamisTest
@EnabledIfSystemProperty(named = "tamis.search.size", matches = "[0-9]{4,8}")
class SearchAtSizeTest {
    private static final int BATCH = 4096;

    @Test
    void search_rareJob_isTimed() {
        long size = Long.getLong("tamis.search.size");
        var node = new LedgerNode(LedgerDatabase.create().jdbi());
        var office = new Office(node);
        for (long first = 0; first < size; first += BATCH) {
            long at = first;
            var events = LongStream.range(first, Math.min(size, first + BATCH))
                    .mapToObj(i -> node.events
                            .of(EventType.JOB_SUBMITTED, LedgerContract.MERCHANT)
                            .job(job(i))
                            .build())
                    .toList();
            var sealed = node.vault.sealAll(events);
            node.jdbi.useTransaction(tx -> EntryRows.insertAll(tx, at, sealed));
        }
        node.jdbi.useHandle(handle -> handle.execute("UPDATE ledger_head SET size = ?", size));
        long started = System.nanoTime();
        int blocks = 0;
        while (office.filters.buildNext()) {
            blocks++;
        }
        System.out.printf("search at %d: %d blocks built in %d ms%n", size, blocks, millis(started));
        node.jdbi.useHandle(handle -> handle.execute("ANALYZE ledger_block_filter"));
        var times = new ArrayList<Long>();
        for (long i = 0; i < 20; i++) {
            var query = new EntryQuery(
                    Map.of(Facet.JOB, job(i * (size / 20)).toString()), Optional.empty(), Optional.empty());
            long asked = System.nanoTime();
            assertEquals(
                    10,
                    office.search.search(EntryRows.LOG_ID, query, 0, 50).items().size());
            times.add(millis(asked));
        }
        System.out.printf("search at %d: a rare job in ms %s%n", size, times);
        System.out.printf("search at %d: %s%n", size, sizes(node));
    }

    private static List<String> sizes(LedgerNode node) {
        return node.jdbi.withHandle(
                handle -> handle.createQuery("""
                SELECT pg_size_pretty(pg_total_relation_size('ledger_block_filter')) || ' of '
                    || pg_size_pretty(pg_total_relation_size('ledger_event'))""").mapTo(String.class).list());
    }

    /** Ten entries each. */
    private static JobId job(long entry) {
        return new JobId(new UUID(0x0190_163d_8694_7000L, 0x8000_0000_0000_0000L + entry / 10));
    }

    private static long millis(long since) {
        return (System.nanoTime() - since) / 1_000_000;
    }
}
