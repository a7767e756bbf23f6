/**
 * A key holder's process: its sealed store, its own log, its cache of inputs, and the work on ceremonies, slot rounds and
 * tickets. It believes nothing the service says; the checks are core's ({@code io.tamis.holder}).
 *
 * <p>Uses core and {@code io.tamis.cli.client}. Begin with {@link io.tamis.cli.holder.HolderAgent}.
 */
package io.tamis.cli.holder;
