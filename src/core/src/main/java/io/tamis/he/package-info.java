/**
 * Own BFV for encrypted aggregation: parameters, noise bounds, public-key encryption whose c1 comes from an audited seed,
 * masks and sums, the strict wire format. Nothing here signs, logs or reads a clock.
 *
 * <p>May use {@code io.tamis.data} and {@link io.tamis.he.ring}; the JDK only. Begin with {@link io.tamis.he.HeParams},
 * {@link io.tamis.he.Encryptor} and {@link io.tamis.he.Aggregate}.
 */
package io.tamis.he;
