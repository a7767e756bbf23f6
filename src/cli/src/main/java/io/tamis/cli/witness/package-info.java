/**
 * A witness as a process of its own: it cosigns checkpoints of the logs it was told of, over HTTP.
 *
 * <p>Uses core's {@code log.witness}, which has the rules. Begin with {@link io.tamis.cli.witness.WitnessServer}.
 */
package io.tamis.cli.witness;
