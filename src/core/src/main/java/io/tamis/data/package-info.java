/**
 * The words everything else is said in: levels, roles, ids, datasets, budget amounts, hashes, canonical JSON.
 *
 * <p>Uses nothing but the JDK; everything else may use it. Begin with {@link io.tamis.data.Dataset} and
 * {@link io.tamis.data.Json}.
 */
package io.tamis.data;
