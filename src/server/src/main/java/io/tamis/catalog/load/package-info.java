/**
 * From an upload to the immutable folder of a version, and back to its files. Plain Java on files and key objects.
 *
 * <p>Uses core, {@code catalog.parquet}, FastCSV and DuckDB; the catalog uses it. Begin with {@link io.tamis.catalog.load.CsvImport}.
 */
package io.tamis.catalog.load;
