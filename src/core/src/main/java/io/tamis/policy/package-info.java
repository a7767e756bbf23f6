/**
 * Policy as code: what the access rules say about one question, why, and in which form a value may be seen.
 *
 * <p>Uses {@code io.tamis.data} alone; files are read in {@code io.tamis.policy.load}. Begin with
 * {@link io.tamis.policy.PolicyBundle}, {@link io.tamis.policy.Question} and {@link io.tamis.policy.Decision}.
 */
package io.tamis.policy;
