/**
 * Datasets: their declarations (the active policy bundle), their immutable versions, the import of new ones.
 *
 * <p>May use core and {@code io.tamis.ledger}; of it, only {@code load} uses DuckDB. Begin with
 * {@link io.tamis.catalog.Catalog}, then {@code DatasetVersions}.
 */
package io.tamis.catalog;
