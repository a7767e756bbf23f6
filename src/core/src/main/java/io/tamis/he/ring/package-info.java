/**
 * Arithmetic in Z_Q[X]/(X^n+1): transforms, polynomials, samplers, packing. Knows nothing of encryption.
 *
 * <p>Uses {@code data} and the JDK. Begin with {@link io.tamis.he.ring.Ring}.
 */
package io.tamis.he.ring;
