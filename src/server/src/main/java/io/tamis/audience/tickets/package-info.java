/**
 * From a sealed audience to its numbers: tickets that ask key holders to open masked sums, their shares and refusals, and the
 * release when all are in.
 *
 * <p>May use core, {@code io.tamis.ledger}, {@code io.tamis.jobs}, {@code io.tamis.audience.board}, {@code
 * io.tamis.audience.keys} and {@code io.tamis.audience.tags}. Begin with {@link io.tamis.audience.tickets.SealedAudiences}, then
 * {@code Tickets} and {@code Answers}.
 */
package io.tamis.audience.tickets;
