/**
 * How the command line reaches a service: its address, tokens, HTTP exchanges, problems, progress.
 *
 * <p>Uses core only; the commands, the demonstration and the benches use it. Begin with
 * {@link io.tamis.cli.client.ApiClient}.
 */
package io.tamis.cli.client;
