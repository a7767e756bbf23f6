/**
 * Threshold keys: contributions from seeds, Shamir sharing over R_Q, shares that open one aggregate with noise, blinding and
 * flooding inside, the combiner, the switch to a merchant's key.
 *
 * <p>May use {@code io.tamis.data} and {@code io.tamis.he}; the JDK only. Begin with
 * {@link io.tamis.he.threshold.ShareMaker} and {@link io.tamis.he.threshold.Combiner}.
 */
package io.tamis.he.threshold;
