/**
 * A real EVM node beside a demonstration or a bench, so that a log can be anchored without anybody's chain.
 *
 * <p>Uses {@code client} only. Begin with {@link io.tamis.cli.devnet.Devnet}.
 */
package io.tamis.cli.devnet;
