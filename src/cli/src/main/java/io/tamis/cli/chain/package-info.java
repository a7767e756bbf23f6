/**
 * The auditor's own view of the notary contract, through any JSON-RPC node he chooses. Nothing the service says is used.
 *
 * <p>Uses core and the JDK's HTTP client alone. Begin with {@link io.tamis.cli.chain.Notarised}.
 */
package io.tamis.cli.chain;
