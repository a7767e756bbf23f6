/**
 * A made-up population on three platforms and a merchant's list, with its truth: what tests, benches and demonstrations
 * join, measure and model. No person in it exists.
 *
 * <p>Uses {@code data} only. Begin with {@link io.tamis.synthetic.World}, then {@link io.tamis.synthetic.WorldFiles}.
 */
package io.tamis.synthetic;
