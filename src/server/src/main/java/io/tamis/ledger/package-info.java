/**
 * The service's log: appends in the caller's transaction, sequences, signs, answers receipts, exports.
 *
 * <p>Uses core. Begin with {@link io.tamis.ledger.Ledger}, then {@code Sequencer}.
 */
package io.tamis.ledger;
