/**
 * Wiring: start-up, identity, problem+json, health, limits that hold for every resource.
 *
 * <p>Uses core, ledger, catalog and jobs; no feature imports it. Begin with {@link io.tamis.server.Main}.
 */
package io.tamis.server;
