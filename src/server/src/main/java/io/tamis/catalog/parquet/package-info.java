/**
 * Reads flat tables out of Parquet files that nobody vouches for: a strict subset, in bounded memory, one thread.
 *
 * <p>Uses core's data and zstd-jni; {@code catalog.load} uses it. Begin with {@link io.tamis.catalog.parquet.ParquetFile}.
 */
package io.tamis.catalog.parquet;
