/**
 * Measurements and long checks against a packaged server of their own: benches print numbers, soaks try to break promises.
 *
 * <p>Uses the client and core. Begin with {@link io.tamis.cli.bench.Rig}.
 */
package io.tamis.cli.bench;
