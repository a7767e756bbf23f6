/**
 * Job types that scan rows: AGGREGATE. Plans are made from declarations, rows are summed by core's bounding kernel.
 *
 * <p>May use core, {@code ledger}, {@code catalog} and {@code jobs}. Begin with
 * {@link io.tamis.sandbox.AggregateJob}.
 */
package io.tamis.sandbox;
