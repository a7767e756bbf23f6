/**
 * The demonstration: a service of its own, real purchases, and the merchant's, platform's and officer's parts over HTTP.
 *
 * <p>Uses the client and core. Begin with {@link io.tamis.cli.demo.Demo}.
 */
package io.tamis.cli.demo;
