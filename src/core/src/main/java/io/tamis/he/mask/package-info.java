/**
 * Masks over positions of an alignment and sums of ciphertexts under them: the server's part of the work, which the holders
 * do again.
 *
 * <p>May use {@code io.tamis.data} and {@code io.tamis.he}; the JDK only. Begin with {@link io.tamis.he.mask.MaskSums}.
 */
package io.tamis.he.mask;
