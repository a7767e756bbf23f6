/**
 * The command line of merchants, platforms, officers and policy authors, and the offline verifier.
 *
 * <p>Uses core and speaks HTTP; no class of the server is here. Begin with {@link io.tamis.cli.TamisCli}.
 */
package io.tamis.cli;
