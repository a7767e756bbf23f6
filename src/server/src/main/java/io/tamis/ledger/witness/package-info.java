/**
 * The client of witnesses: it has published checkpoints cosigned by those the operator named, and knows which have a quorum.
 *
 * <p>Uses the log through its doors. Begin with {@link io.tamis.ledger.witness.WitnessedLog}.
 */
package io.tamis.ledger.witness;
