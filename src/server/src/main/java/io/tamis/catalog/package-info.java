/**
 * Datasets: their declarations (the active policy bundle), their immutable versions, the import of new ones.
 *
 * <p>May use core and {@code io.tamis.ledger}; one of the two packages that may use DuckDB. Begin with
 * {@link io.tamis.catalog.Catalog}, then the importer.
 */
package io.tamis.catalog;
