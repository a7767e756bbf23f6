/**
 * Reading the scan files of a version: which rows a plan's conditions choose, row by row, in shards and within a deadline.
 *
 * <p>May use core and {@code io.tamis.catalog}; a user of DuckDB. Begin with {@link io.tamis.catalog.scan.UnitScan} and
 * {@link io.tamis.catalog.scan.FileScans}.
 */
package io.tamis.catalog.scan;
