package io.tamis.he.additive;

/**
 * What a scheme can hold under its key.
 *
 * @param slots values of a ciphertext
 * @param sumMax greatest sum of declared greatest values of a slot: beyond it {@link AggregationScheme#add} refuses
 * @param noiseMax greatest magnitude of the noise of a slot
 * @param addedMax greatest number of vectors in a sum, by the scheme's own noise; {@link Integer#MAX_VALUE} without such
 * @param ciphertextBytes of a vector or a sum on the wire
 */
public record Limits(int slots, long sumMax, long noiseMax, int addedMax, int ciphertextBytes) {}
