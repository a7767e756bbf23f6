/**
 * Every question anyone asks of data: jobs, their states, the privacy budget, the release gate, the answer cache.
 *
 * <p>Uses core, ledger and catalog; job types implement {@link io.tamis.jobs.JobType} and stand above it. Read in this
 * order: {@code JobsResource}, {@code Jobs}, {@code JobType}, {@code Runner}, {@code ReleaseGate}.
 */
package io.tamis.jobs;
