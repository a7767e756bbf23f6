/**
 * What a key holder makes sure of before its share of a ticket leaves, and the share itself.
 *
 * <p>Uses data, crypto, he, privacy, policy, log, holder and its tickets and slots. Begin with
 * {@link io.tamis.holder.check.TicketCheck}.
 */
package io.tamis.holder.check;
