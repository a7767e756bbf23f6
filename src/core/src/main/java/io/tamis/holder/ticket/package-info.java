/**
 * Decryption tickets: what a server asks key holders to open, and the shares and refusals they answer with.
 *
 * <p>Uses data, crypto, he, privacy, policy, log and holder. Begin with {@link io.tamis.holder.ticket.DecryptionTicket}; the
 * holders' checks are in {@code io.tamis.holder.check}.
 */
package io.tamis.holder.ticket;
