/**
 * A merchant's own side of sealed results: a key pair of its own, and opening what was released to it.
 *
 * <p>May use core and {@code io.tamis.cli.client}. Begin with {@link io.tamis.cli.merchant.SealedResults}.
 */
package io.tamis.cli.merchant;
