package io.tamis.ledger;

import org.jdbi.v3.core.Handle;

/**
 * One turn at a time for what decides about keys: erasures, holds and a change of the key-encryption key take it for
 * themselves; who makes keys or builds the search's filters shares it. It ends with its transaction.
 */
final class ErasureLock {
    /** "tamis" and "er". */
    private static final long LOCK = 0x7461_6d69_7365L << 8 | 'r';

    private ErasureLock() {}

    static void exclusively(Handle tx) {
        take(tx, "SELECT pg_advisory_xact_lock(:lock)");
    }

    static void shared(Handle tx) {
        take(tx, "SELECT pg_advisory_xact_lock_shared(:lock)");
    }

    private static void take(Handle tx, String sql) {
        if (!tx.isInTransaction()) {
            throw new IllegalStateException("the lock lives with a transaction");
        }
        tx.createQuery(sql).bind("lock", LOCK).mapTo(String.class).findOne();
    }
}
