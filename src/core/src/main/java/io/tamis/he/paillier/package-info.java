/**
 * Paillier with 3,072 bits for single sums of money and for what classical proofs are asked for; some hundred times slower a
 * value than {@link io.tamis.he.Bfv}. One key owner, who opens noised sums only.
 *
 * <p>May use {@code io.tamis.data} and {@code io.tamis.he}; the JDK only. Begin with {@link
 * io.tamis.he.paillier.PaillierPublicKey} and {@link io.tamis.he.paillier.PackedSum}.
 */
package io.tamis.he.paillier;
