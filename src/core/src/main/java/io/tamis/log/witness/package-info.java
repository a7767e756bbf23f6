/**
 * A witness of logs: it cosigns a checkpoint only when that continues the one it cosigned before (C2SP tlog-witness).
 *
 * <p>Uses {@code data} and {@code log}. Begin with {@link io.tamis.log.witness.Witness}.
 */
package io.tamis.log.witness;
