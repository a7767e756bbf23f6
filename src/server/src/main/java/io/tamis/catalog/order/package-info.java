/**
 * Where the persons of a version stand in its encrypted tags: positions by a keyed order, computed once from the sealed
 * identifiers and kept on disk.
 *
 * <p>May use core, {@code io.tamis.catalog} and {@code io.tamis.catalog.load}; no other part of the catalog uses it. Begin
 * with {@link io.tamis.catalog.order.Positions}.
 */
package io.tamis.catalog.order;
