package io.tamis.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The filters' rows: what blocks of 1,024 entries can be asked for without being read. */
final class BlockFilters {
    /** Entries of a block. */
    static final int BLOCK = 1024;

    private BlockFilters() {}

    /** What a block's entries say. */
    record Filter(long block, Set<Long> tokens, Set<UUID> keys, Instant earliest, Instant latest) {
        Filter {
            tokens = Set.copyOf(tokens);
            keys = Set.copyOf(keys);
        }
    }

    /** Writes a block, also over one that was emptied. */
    static void write(Handle tx, short log, Filter filter) {
        tx.createUpdate("""
                INSERT INTO ledger_block_filter (log_id, block, built, tokens, keys, earliest, latest)
                VALUES (:log, :block, TRUE, :tokens, :keys, :earliest, :latest)
                ON CONFLICT (log_id, block) DO UPDATE SET built = TRUE, tokens = EXCLUDED.tokens, keys = EXCLUDED.keys,
                    earliest = EXCLUDED.earliest, latest = EXCLUDED.latest""")
                .bind("log", log)
                .bind("block", filter.block())
                .bindArray("tokens", Long.class, List.copyOf(filter.tokens()))
                .bindArray("keys", UUID.class, List.copyOf(filter.keys()))
                .bind("earliest", filter.earliest())
                .bind("latest", filter.latest())
                .execute();
    }

    /** Empties every block that has an entry under one of these keys: it is built again without what was erased. */
    static void empty(Handle tx, Collection<UUID> keys) {
        tx.createUpdate("""
                UPDATE ledger_block_filter SET built = FALSE, tokens = '{}', keys = '{}'
                WHERE keys && :keys""").bindArray("keys", UUID.class, List.copyOf(keys)).execute();
    }

    /** The block to build now: one that was emptied, else the first one without a row. */
    static long next(Handle handle, short log) {
        return first(
                        handle,
                        log,
                        "SELECT block FROM ledger_block_filter WHERE log_id = :log AND NOT built ORDER BY block LIMIT 1")
                .orElseGet(() -> indexed(handle, log));
    }

    /** How many blocks have a row. Rows are contiguous from block 0 on. */
    static long indexed(Handle handle, short log) {
        return first(
                        handle,
                        log,
                        "SELECT block + 1 FROM ledger_block_filter WHERE log_id = :log ORDER BY block DESC LIMIT 1")
                .orElse(0L);
    }

    /** Blocks from this one on that may have entries with all of these tokens and between these times, in order. */
    static List<Long> candidates(
            Handle handle, short log, long from, Collection<Long> tokens, EntryQuery query, int max) {
        // Materialised, so that the plan is by tokens and never a walk over all blocks for the sake of their order.
        String byTokens = tokens.isEmpty() ? "" : " AND tokens @> :tokens";
        var select = handle.createQuery("""
                WITH hit AS MATERIALIZED (
                    SELECT block FROM ledger_block_filter WHERE log_id = :log AND block >= :from AND built
                        AND latest >= :earliest AND earliest < :latest""" + byTokens + """
                ), unbuilt AS MATERIALIZED (
                    SELECT block FROM ledger_block_filter WHERE log_id = :log AND block >= :from AND NOT built)
                SELECT block FROM hit UNION ALL SELECT block FROM unbuilt ORDER BY block LIMIT :max""");
        if (!tokens.isEmpty()) {
            select.bindArray("tokens", Long.class, List.copyOf(tokens));
        }
        return select.bind("log", log)
                .bind("from", from)
                .bind("earliest", query.from().orElse(Instant.EPOCH))
                .bind("latest", query.to().orElse(Instant.parse("9999-12-31T00:00:00Z")))
                .bind("max", max)
                .mapTo(Long.class)
                .list();
    }

    private static Optional<Long> first(Handle handle, short log, String sql) {
        return handle.createQuery(sql).bind("log", log).mapTo(Long.class).findOne();
    }
}
