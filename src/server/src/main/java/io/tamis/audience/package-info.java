/**
 * The job type AUDIENCE_AGGREGATE: counts, sums and means of tags that platforms encrypted, by segments that the server knows
 * in plain, over a key that it does not have.
 *
 * <p>May use core, {@code ledger}, {@code catalog} and {@code jobs}. Begin with {@link io.tamis.audience.AudienceJob}, then
 * {@link io.tamis.audience.tickets.SealedAudiences}.
 */
package io.tamis.audience;
