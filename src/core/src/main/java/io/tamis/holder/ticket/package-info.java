/**
 * Decryption tickets: what a server asks key holders to open, and every check a holder makes before its share leaves.
 *
 * <p>Uses data, crypto, he, privacy, policy, log and holder. Begin with {@link io.tamis.holder.ticket.DecryptionTicket},
 * then {@link io.tamis.holder.ticket.TicketCheck}.
 */
package io.tamis.holder.ticket;
