/**
 * Encrypted tags: the order of a version's persons, rounds of cut and choose before anything is uploaded, ciphertexts by
 * slot. The server checks form, order and signatures; it can read none of it.
 *
 * <p>May use core, {@code io.tamis.ledger}, {@code io.tamis.catalog}, {@code io.tamis.audience.board} and {@code
 * io.tamis.audience.keys}. Begin with {@link io.tamis.audience.tags.Uploads}, then {@code Rounds} and {@code Ciphertexts}.
 */
package io.tamis.audience.tags;
