/**
 * Brings the log's checkpoints onto a chain whose contract refuses forks, and notices when the chain says otherwise.
 *
 * <p>Uses the log by its public doors, and core. Begin with {@link io.tamis.ledger.anchor.Notary}, then {@code Anchorer}.
 */
package io.tamis.ledger.anchor;
