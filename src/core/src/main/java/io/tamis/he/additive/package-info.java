/**
 * Sums under one owner's key by either additive scheme, behind one interface: BFV for many values, Paillier for a few sums
 * of money with classical proofs. Threshold keys and masks are not here.
 *
 * <p>May use {@code io.tamis.data} and the rest of {@code io.tamis.he}; the JDK only. Begin with
 * {@link io.tamis.he.additive.AggregationScheme}.
 */
package io.tamis.he.additive;
