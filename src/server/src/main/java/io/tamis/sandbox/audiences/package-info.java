/**
 * Job types that put the persons of several datasets together: OVERLAP and REACH_FREQUENCY. Each person adds one to one or
 * two cells, however many rows they have.
 *
 * <p>May use what {@code sandbox} may. Begin with {@link io.tamis.sandbox.audiences.OverlapJob}, then {@code PersonJoin}.
 */
package io.tamis.sandbox.audiences;
