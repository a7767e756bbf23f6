/**
 * The tamper-evident log: entries, leaves, tree, proofs, checkpoints, receipts, exports and how to verify them.
 *
 * <p>Uses {@code data} and {@code crypto}. Begin with {@link io.tamis.log.LedgerEvent}; bytes are in ledger/format.md.
 */
package io.tamis.log;
